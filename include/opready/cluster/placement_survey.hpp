// SPDX-License-Identifier: Apache-2.0
// What is asked of a cluster before a placed run starts.
#pragma once

#include <string>
#include <vector>

#include "opready/cluster/kubeconfig.hpp"
#include "opready/cluster/nodes.hpp"
#include "opready/process/capture.hpp"

namespace opready::cluster {

struct PlacementSurvey {
  std::string unknown;  ///< Why the cluster could not be asked; the rest says nothing then.
  bool serves_policies = false;
  int api_servers = 0;  ///< 0 where they can't be counted.
};

/// Asks by kubectl side by side; returns within 15 seconds.
[[nodiscard]] PlacementSurvey survey_placement(const Target& target, const process::Capture& capture);

/// For a server that doesn't serve MutatingAdmissionPolicy: says so, and names the other ways.
[[nodiscard]] std::string no_policies_text(const std::string& server_version);

/// What tainting Linux nodes would do to others.
struct TaintSurvey {
  std::string unknown;
  /// Pods on Linux nodes outside kube-system and the namespaces of e2e.test ("shop/cart-0 on linux-1"): when they're
  /// started again they find no Linux node while a run lasts. A run that taints is refused where there are any, unless
  /// the user says that the cluster is there for nothing else.
  std::vector<std::string> endangered;
};

/// Reads names of pods and nodes only. Returns within 15 seconds.
[[nodiscard]] TaintSurvey survey_taint_mode(const Target& target, const std::vector<Node>& nodes,
                                            const process::Capture& capture);

}  // namespace opready::cluster
