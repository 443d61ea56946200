// SPDX-License-Identifier: Apache-2.0
// How kubectl is called.
#include "opready/cluster/kubectl.hpp"

#include <string_view>
#include <utility>

#include "opready/base/redact.hpp"
#include "opready/base/sanitize.hpp"

namespace opready::cluster {

namespace {

std::string_view last_line(std::string_view text) {
  const std::size_t end = text.find_last_not_of(" \t\r\n");
  text = text.substr(0, end == std::string_view::npos ? 0 : end + 1);
  const std::size_t newline = text.rfind('\n');
  return newline == std::string_view::npos ? text : text.substr(newline + 1);
}

}  // namespace

std::vector<std::string> kubectl(const Target& target, std::vector<std::string> arguments) {
  std::vector<std::string> command = std::move(arguments);
  command.insert(command.begin(), "kubectl");
  if (target.in_cluster) {
    // Otherwise it would take ~/.kube/config before the pod's account.
    command.insert(command.end(), {"--kubeconfig", "/dev/null"});
  } else {
    command.insert(command.end(), {"--kubeconfig", target.kubeconfig.string(), "--context", target.context});
  }
  return command;
}

std::string failure_text(const process::Captured& captured) {
  if (!captured.start_error.empty()) {
    return captured.start_error;
  }
  if (captured.timed_out) {
    return "no answer in time";
  }
  // Lines before it are klog's, one for each attempt.
  const std::string line = base::redacted(base::sanitized(last_line(captured.err)));
  return line.empty() ? model::describe(captured.exit) : line;
}

}  // namespace opready::cluster
