// SPDX-License-Identifier: Apache-2.0
// The objects by which `--place` sends pods to Windows nodes, as JSON: a MutatingAdmissionPolicy with its binding, and
// a namespace in which can be tried whether the policy acts.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "opready/cluster/ownership.hpp"
#include "opready/cluster/placement_nodes.hpp"

namespace opready::cluster {

/// What happens to a pod of a test when it's created.
struct PlacementRules {
  /// A pod that chose neither a node nor an operating system goes to Windows; otherwise the policy only adds
  /// tolerations.
  bool to_windows = true;
  NodeSelector node_selector;              ///< And there to nodes with these labels.
  std::vector<Taint> tolerated;            ///< By every pod bound for Windows: the taints of Windows nodes.
  std::vector<std::string> windows_nodes;  ///< A pod that names one of these is bound for Windows.

  /// False where the policy would do nothing.
  [[nodiscard]] bool change_pods() const { return to_windows || !tolerated.empty(); }
};

/// What changes while the policy stands.
struct PolicyScope {
  std::vector<std::string> e2e_runs;  ///< Namespaces with one of these in their label `e2e-run`.
  std::uint64_t generation = 0;       ///< The policy writes it into a probe's annotation.
};

/// The name of all of a run's objects, and the value of its probe namespace's label `e2e-run`.
[[nodiscard]] std::string placement_name(const std::string& run);

[[nodiscard]] std::string policy_manifest(const OwnerRecord& record, const PlacementRules& rules,
                                          const PolicyScope& scope);
/// A merge patch that gives a policy these rules and this scope.
[[nodiscard]] std::string policy_patch(const std::string& run, const PlacementRules& rules, const PolicyScope& scope);
[[nodiscard]] std::string binding_manifest(const OwnerRecord& record);

/// Also holds the run's record, and so is the first that is made and the last that is removed.
[[nodiscard]] std::string probe_namespace_manifest(const OwnerRecord& record);
/// A merge patch with the record's heartbeat and lists, for any object of ours.
[[nodiscard]] std::string record_patch(const OwnerRecord& record);
[[nodiscard]] std::string probe_pod_manifest();

/// What the server made of a probe pod.
struct ProbeAnswer {
  std::uint64_t generation = 0;  ///< Of the policy that acted on it; 0 where none did.
  bool to_windows = false;
};
[[nodiscard]] ProbeAnswer read_probe(std::string_view pod);

}  // namespace opready::cluster
