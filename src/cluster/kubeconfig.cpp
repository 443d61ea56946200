// SPDX-License-Identifier: Apache-2.0
// Decides which cluster a run is about.
#include "opready/cluster/kubeconfig.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "opready/base/error.hpp"
#include "opready/cluster/kubectl.hpp"

#include "kubeconfig_file.hpp"

namespace opready::cluster {

namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds kFlattenTimeout{15};

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : value;
}

std::string pod_server() {
  std::error_code error;
  const std::string host = environment("KUBERNETES_SERVICE_HOST");
  if (host.empty() || !fs::exists("/var/run/secrets/kubernetes.io/serviceaccount/token", error)) {
    return {};
  }
  const bool ipv6 = host.find(':') != std::string::npos;
  return fmt::format("https://{}:{}", ipv6 ? "[" + host + "]" : host, environment("KUBERNETES_SERVICE_PORT"));
}

Target target_of_file(const fs::path& path, const std::string& source, const TargetRequest& request) {
  ContextChoice choice = choose_context(path, source, request.context_option);
  Target target;
  target.kubeconfig = path;
  target.context = std::move(choice.context);
  target.server = std::move(choice.server);
  return target;
}

/// The files of a list as kubectl reads it: those that exist.
std::vector<fs::path> existing_files(std::string_view list) {
  std::vector<fs::path> files;
  while (!list.empty()) {
    const std::string_view name = list.substr(0, list.find(':'));
    std::error_code error;
    if (!name.empty() && fs::exists(name, error)) {
      files.emplace_back(name);
    }
    list.remove_prefix(std::min(list.size(), name.size() + 1));
  }
  return files;
}

/// One file made of all those of $KUBECONFIG, with their secrets, so it's private and short-lived.
Target target_of_list(const TargetRequest& request, const process::Capture& capture) {
  const std::vector<process::Captured> results =
      capture({{"kubectl", "config", "view", "--raw", "--flatten"}}, kFlattenTimeout);
  const process::Captured& flattened = results.at(0);
  if (!flattened.succeeded()) {
    throw base::environment_error(fmt::format("cannot join the files of $KUBECONFIG '{}' by kubectl: {}",
                                              request.kubeconfig_variable, failure_text(flattened)));
  }
  auto directory = std::make_unique<base::TemporaryDirectory>("op-readiness-kubeconfig-");
  base::OutputDirectory::create(directory->path()).write_atomically("config", flattened.out);
  Target target = target_of_file(directory->path() / "config", "the files of $KUBECONFIG", request);
  target.private_directory = std::move(directory);
  return target;
}

Target target_of_variable(const TargetRequest& request, const process::Capture& capture) {
  const std::string& variable = request.kubeconfig_variable;
  const std::vector<fs::path> files = existing_files(variable);
  if (files.size() > 1) {
    return target_of_list(request, capture);
  }
  if (files.empty() && variable.find(':') != std::string::npos) {
    throw base::environment_error(fmt::format("none of the files of $KUBECONFIG exists: '{}'", variable));
  }
  return target_of_file(files.empty() ? fs::path(variable) : files.front(), "$KUBECONFIG", request);
}

Target target_of_pod(const TargetRequest& request) {
  if (!request.context_option.empty()) {
    throw base::environment_error(
        fmt::format("no context '{}': a pod's own account has no contexts, so name a file "
                    "with --kubeconfig",
                    request.context_option));
  }
  Target target;
  target.server = request.pod_server;
  target.in_cluster = true;
  return target;
}

}  // namespace

TargetRequest request_from_environment(std::string kubeconfig_option, std::string context_option) {
  return {std::move(kubeconfig_option), std::move(context_option), environment("KUBECONFIG"), environment("HOME"),
          pod_server()};
}

Target resolve_target(const TargetRequest& request, const process::Capture& capture) {
  if (!request.kubeconfig_option.empty()) {
    return target_of_file(request.kubeconfig_option, "--kubeconfig", request);
  }
  if (!request.kubeconfig_variable.empty()) {
    return target_of_variable(request, capture);
  }
  if (!request.pod_server.empty()) {
    return target_of_pod(request);
  }
  const fs::path default_file = fs::path(request.home) / ".kube/config";
  std::error_code error;
  if (request.home.empty() || !fs::exists(default_file, error)) {
    throw base::environment_error(
        "no cluster to test: give --kubeconfig or set $KUBECONFIG, since there is no ~/.kube/config");
  }
  return target_of_file(default_file, "the default place", request);
}

TargetLookup find_target(const TargetRequest& request, const process::Capture& capture) {
  const bool named =
      !request.kubeconfig_option.empty() || !request.kubeconfig_variable.empty() || !request.context_option.empty();
  try {
    return {resolve_target(request, capture), {}};
  } catch (const base::Error& error) {
    if (named) {
      throw;
    }
    return {std::nullopt, error.what()};
  }
}

}  // namespace opready::cluster
