// SPDX-License-Identifier: Apache-2.0
// Admission policies for people who install them themselves: `generate admission-policy`.
#pragma once

#include <string>
#include <vector>

#include "opready/cluster/placement_nodes.hpp"

namespace opready::cluster {

/// What the cluster enforces them with.
enum class PolicyForm { native, kyverno, gatekeeper };

/// What is sent where.
struct PolicyTextOptions {
  NodeSelector node_selector;    ///< Labels of the Windows nodes that are meant, besides their operating system.
  std::vector<Taint> tolerated;  ///< The taints of these nodes.
};

/// YAML for `kubectl apply -f -`, with a comment that says what it does. It acts in all namespaces with the label
/// e2e-run, whoever's run made them, as long as it's installed.
[[nodiscard]] std::string admission_policy_text(PolicyForm form, const PolicyTextOptions& options);

}  // namespace opready::cluster
