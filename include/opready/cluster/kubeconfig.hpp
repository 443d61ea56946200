// SPDX-License-Identifier: Apache-2.0
// Which cluster a run is about: resolved once, so that every child gets the same one whatever happens to
// current-context later.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "opready/base/output_directory.hpp"
#include "opready/process/capture.hpp"

namespace opready::cluster {

/// All that the choice of a cluster depends on.
struct TargetRequest {
  std::string kubeconfig_option;    ///< --kubeconfig; empty where it wasn't given.
  std::string context_option;       ///< --context; empty where it wasn't given.
  std::string kubeconfig_variable;  ///< $KUBECONFIG.
  std::string home;                 ///< $HOME.
  std::string pod_server;           ///< The API server's URL, where this process runs in a pod with an account.
};

/// The options and this process's environment.
[[nodiscard]] TargetRequest request_from_environment(std::string kubeconfig_option, std::string context_option);

/// The cluster that was chosen. Nothing in it is secret.
struct Target {
  /// Empty where the pod's own account is used, as is `context`.
  std::filesystem::path kubeconfig;
  std::string context;
  std::string server;       ///< "https://10.0.0.1:6443"
  bool in_cluster = false;  ///< The pod's own account is used: e2e.test finds it when it gets no --kubeconfig.
  /// Holds `kubeconfig` where it was joined from several files; removed with the Target.
  std::unique_ptr<base::TemporaryDirectory> private_directory;
};

/// In this order: --kubeconfig, $KUBECONFIG (of several files `kubectl` makes one, in a private directory), the pod's
/// account, ~/.kube/config. Throws base::Error (exit code 3) that says what is wrong with the first that is there.
[[nodiscard]] Target resolve_target(const TargetRequest& request, const process::Capture& capture);

struct TargetLookup {
  std::optional<Target> target;
  std::string why_not;
};

/// For commands that can do without a cluster: nothing, and the reason, where the user named neither a kubeconfig nor a
/// context. What they named must be right: throws as `resolve_target` does.
[[nodiscard]] TargetLookup find_target(const TargetRequest& request, const process::Capture& capture);

}  // namespace opready::cluster
