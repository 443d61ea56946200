// SPDX-License-Identifier: Apache-2.0
// What `run` and `list` do alike before they part: from options to a plan.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "opready/cli/options.hpp"
#include "opready/cluster/kubeconfig.hpp"
#include "opready/cluster/nodes.hpp"
#include "opready/model/event.hpp"
#include "opready/model/plan.hpp"
#include "opready/run/resume.hpp"

#include "suites.hpp"

namespace opready::cli {

/// The cluster that the user means. Throws Error (exit code 3).
[[nodiscard]] cluster::Target target_of(const TargetOptions& options);
/// For who can do without one.
[[nodiscard]] cluster::TargetLookup find_target(const TargetOptions& options);

/// The categories that the user means. Throws a usage Error that holds every fault of every file.
[[nodiscard]] std::vector<model::Category> load_categories(const SourceOptions& source);

struct Prepared {
  cluster::Target target;
  model::ClusterFacts cluster;  ///< As far as the kubeconfig tells.
  model::Plan plan;
  std::vector<std::string> categories;  ///< Names of those that have a chosen case.
  bool whole_categories = true;
  std::vector<cluster::Node> nodes;  ///< After `ask_cluster`, as are the following.
  std::string nodes_unknown;         ///< Why the cluster didn't show them.
};

/// Starts nothing but a binary or kubeconfig that has to be asked. Throws Error for whatever makes a run impossible.
/// For a run the absence of any kubeconfig is an Error too.
[[nodiscard]] Prepared prepare(const SelectionOptions& options, Purpose purpose);

/// Leaves of the plan what `part` names.
void keep_only(const run::PlanPart& part, Prepared& prepared);

/// Adds what only the cluster itself can tell: its version and nodes. Throws Error (exit code 3) where it can't be
/// reached; nodes that it doesn't show stay unknown.
void ask_cluster(Prepared& prepared);

/// Throws Error (exit code 4) where the plan leaves nothing to be started, or, with `strict`, where a chosen case
/// selects no spec.
void demand_something_to_run(const model::Plan& plan, bool strict);

}  // namespace opready::cli
