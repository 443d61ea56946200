// SPDX-License-Identifier: Apache-2.0
// What runs of e2e.test left in the cluster.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "opready/cluster/kubeconfig.hpp"
#include "opready/process/capture.hpp"

namespace opready::cluster {

/// The label of the namespaces that e2e.test makes, with the id of its run.
inline constexpr const char* kE2eRunLabel = "e2e-run";

struct RunNamespace {
  std::string name;
  std::string e2e_run;  ///< Its label `kE2eRunLabel`.

  friend bool operator==(const RunNamespace&, const RunNamespace&) = default;
};

struct NamespacesAnswer {
  std::vector<RunNamespace> namespaces;
  std::string unknown;  ///< Why the cluster could not be asked; empty where it answered.
};

/// Namespaces of the given runs that nobody is removing already.
[[nodiscard]] NamespacesAnswer namespaces_of(const std::vector<std::string>& e2e_runs, const Target& target,
                                             const process::Capture& capture, std::chrono::milliseconds timeout);

}  // namespace opready::cluster
