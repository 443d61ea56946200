// SPDX-License-Identifier: Apache-2.0
// What a plan's reader should know before it starts: its totals, and the cases that aren't as they should be.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "opready/model/event.hpp"
#include "opready/model/plan.hpp"

namespace opready::report {

struct PlanTotals {
  std::size_t categories = 0;
  std::size_t cases = 0;
  std::size_t to_run = 0;
  std::size_t specs_to_run = 0;  ///< Selected by cases that will run; one selected by two counts twice.
  std::size_t credited = 0;      ///< Get the result of a case that runs in their stead.
  std::size_t in_other_shards = 0;
  std::size_t not_run = 0;  ///< For a reason that's no fault of the case.
  std::size_t select_nothing = 0;
  std::size_t unexpected = 0;  ///< Select another number of specs than they mean to.
};

[[nodiscard]] PlanTotals totals_of(const model::Plan& plan);

/// Selects specs, but not as many as the category file says it means to.
[[nodiscard]] bool selects_unexpected(const model::PlannedCase& planned);

/// One sentence for each case of this run that selects nothing or another number of specs than expected.
[[nodiscard]] std::vector<std::string> findings(const model::Plan& plan);

/// Cases that won't be started by reason, without those that select nothing and those of other shards.
[[nodiscard]] std::map<model::NotRun, std::vector<const model::PlannedCase*>> not_run_groups(const model::Plan& plan);

/// "context practice at https://127.0.0.1:6443": all that is known of a cluster that wasn't asked.
[[nodiscard]] std::string server_text(const model::ClusterFacts& cluster);

/// "context practice at https://127.0.0.1:6443: 2 Windows and 2 Linux nodes ready, Kubernetes v1.36.3".
[[nodiscard]] std::string cluster_line(const model::ClusterFacts& cluster);

/// A line a suite: "e2e.test v1.36.3 (./e2e.test)", or the catalogue of names that stands in for a binary.
[[nodiscard]] std::string suite_lines(const model::Plan& plan);

/// What the reader should be warned of before the start, a sentence each: the plan's notes, other versions of suite and
/// cluster.
[[nodiscard]] std::vector<std::string> notices(const model::Plan& plan, const model::ClusterFacts& cluster);

/// How many of the cases to run leave it to the scheduler where their pods run, as a sentence for before the start;
/// empty where none does, where pods are placed (`placement` as in RunStarted), and where no Linux node is known to be
/// open.
[[nodiscard]] std::string scheduler_notice(const model::Plan& plan, const model::ClusterFacts& cluster,
                                           std::string_view placement);

/// That Windows nodes have taints which specs don't tolerate by themselves, for before the start; empty where they have
/// none, or the pods of specs are made to tolerate them.
[[nodiscard]] std::string taint_notice(const model::ClusterFacts& cluster, std::string_view placement);

}  // namespace opready::report
