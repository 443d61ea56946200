// SPDX-License-Identifier: Apache-2.0
// `generate`: manifests for people who install them themselves.

#include <fmt/format.h>

#include "opready/base/error.hpp"
#include "opready/base/log.hpp"
#include "opready/cluster/nodes.hpp"
#include "opready/process/capture.hpp"

#include "commands.hpp"
#include "preparation.hpp"
#include "standard_output.hpp"

namespace opready::cli {
namespace {

/// Those of the cluster's Windows nodes. Without a cluster the text is still of use: most have no such taints.
std::vector<cluster::Taint> taints_in_cluster(const AdmissionPolicyOptions& options) {
  const auto unknown = [](const std::string& why) {
    base::log_warning(fmt::format(
        "the Windows nodes' taints are not known, so pods get no tolerations; name them with --taint: {}", why));
    return std::vector<cluster::Taint>();
  };
  const cluster::TargetLookup found = find_target(options.target);
  if (!found.target) {
    return unknown(found.why_not);
  }
  const cluster::NodesAnswer answer = cluster::ask_nodes(*found.target, process::stoppable_capture);
  if (const auto* refused = std::get_if<cluster::NodesUnknown>(&answer)) {
    return unknown(refused->reason);
  }
  return cluster::lasting_taints(
      cluster::windows_nodes(std::get<cluster::NodeSummary>(answer).nodes, options.node_selector));
}

}  // namespace

int perform(const AdmissionPolicyOptions& options) {
  const cluster::PolicyTextOptions text{
      .node_selector = options.node_selector,
      .tolerated = options.taints.empty() ? taints_in_cluster(options) : options.taints};
  answer(cluster::admission_policy_text(options.form, text));
  return static_cast<int>(base::ExitCode::ok);
}

}  // namespace opready::cli
