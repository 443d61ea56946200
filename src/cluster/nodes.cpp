// SPDX-License-Identifier: Apache-2.0
// Asks a cluster for its nodes and version.
#include "opready/cluster/nodes.hpp"

#include <chrono>
#include <optional>
#include <vector>

#include <nlohmann/json.hpp>

#include "opready/cluster/kubectl.hpp"

#include "json_text.hpp"

namespace opready::cluster {

namespace {

using Json = nlohmann::json;

constexpr std::chrono::seconds kTimeout{15};

/// Ready, and not cordoned: the KEP asks for schedulable nodes.
bool is_ready(const Json& node) {
  const Json::json_pointer cordoned("/spec/unschedulable");
  if (node.contains(cordoned) && node.at(cordoned) == true) {
    return false;
  }
  const Json::json_pointer conditions("/status/conditions");
  if (!node.contains(conditions)) {
    return false;
  }
  for (const Json& condition : node.at(conditions)) {
    if (text_at(condition, "/type") == "Ready") {
      return text_at(condition, "/status") == "True";
    }
  }
  return false;
}

std::optional<NodeSummary> count(const Json& list) {
  if (!list.is_object() || !list.contains("items")) {
    return std::nullopt;
  }
  NodeSummary summary;
  for (const Json& node : list.at("items")) {
    const std::string os = text_at(node, "/metadata/labels/kubernetes.io~1os");
    if (is_ready(node)) {
      summary.windows_ready += os == "windows" ? 1 : 0;
      summary.linux_ready += os == "linux" ? 1 : 0;
    }
  }
  return summary;
}

}  // namespace

NodesAnswer ask_nodes(const Target& target, const process::Capture& capture) {
  const std::vector<process::Captured> answers =
      capture({kubectl(target, {"get", "nodes", "-o", "json"}), kubectl(target, {"version", "-o", "json"})}, kTimeout);
  const process::Captured& nodes = answers.at(0);
  const Json version = Json::parse(answers.at(1).out, nullptr, false);
  const std::string server_version = text_at(version, "/serverVersion/gitVersion");
  if (!nodes.start_error.empty()) {
    return NodesUnknown{NodesUnknown::Kind::no_kubectl, nodes.start_error};
  }
  if (!nodes.succeeded()) {
    // A server that tells its version is there, so it's the question that it refused.
    const auto kind = server_version.empty() ? NodesUnknown::Kind::unreachable : NodesUnknown::Kind::refused;
    return NodesUnknown{kind, failure_text(nodes)};
  }
  std::optional<NodeSummary> summary = count(Json::parse(nodes.out, nullptr, false));
  if (!summary) {
    return NodesUnknown{NodesUnknown::Kind::refused, "kubectl printed no list of nodes"};
  }
  summary->server_version = server_version;
  return *summary;
}

}  // namespace opready::cluster
