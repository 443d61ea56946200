// SPDX-License-Identifier: Apache-2.0
// Asks a cluster for its nodes and version.
#include "opready/cluster/nodes.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "opready/cluster/kubectl.hpp"
#include "opready/cluster/system_facts.hpp"
#include "opready/cluster/taint_placer.hpp"

#include "json_text.hpp"

namespace opready::cluster {

namespace {

using Json = nlohmann::json;

constexpr std::chrono::seconds kTimeout{15};

bool is_ready(const Json& node) {
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

bool is_cordoned(const Json& node) {
  const Json::json_pointer cordoned("/spec/unschedulable");
  return node.contains(cordoned) && node.at(cordoned) == true;
}

std::map<std::string, std::string> labels_of(const Json& node) {
  const Json::json_pointer labels("/metadata/labels");
  std::map<std::string, std::string> result;
  if (!node.contains(labels) || !node.at(labels).is_object()) {
    return result;
  }
  for (const auto& [key, value] : node.at(labels).items()) {
    if (value.is_string()) {
      result.emplace(key, value.get<std::string>());
    }
  }
  return result;
}

std::vector<Taint> taints_of(const Json& node) {
  const Json::json_pointer taints("/spec/taints");
  std::vector<Taint> result;
  if (!node.contains(taints)) {
    return result;
  }
  for (const Json& taint : node.at(taints)) {
    Taint read{text_at(taint, "/key"), text_at(taint, "/value"), text_at(taint, "/effect")};
    if (!read.key.empty()) {
      result.push_back(std::move(read));
    }
  }
  return result;
}

/// "10.0.20348" of "10.0.20348.4052": the fourth number changes with each update.
std::string windows_build(const std::string& kernel_version) {
  std::size_t end = kernel_version.find('.');
  for (int dot = 1; dot < 3 && end != std::string::npos; ++dot) {
    end = kernel_version.find('.', end + 1);
  }
  return kernel_version.substr(0, end);
}

Node read_node(const Json& json) {
  Node node;
  node.name = text_at(json, "/metadata/name");
  node.os = label_of(json, "kubernetes.io/os");
  node.ready = is_ready(json);
  node.schedulable = !is_cordoned(json);
  node.build = node.os == "windows" ? windows_build(text_at(json, "/status/nodeInfo/kernelVersion")) : std::string();
  node.os_image = text_at(json, "/status/nodeInfo/osImage");
  node.container_runtime = text_at(json, "/status/nodeInfo/containerRuntimeVersion");
  node.kubelet = text_at(json, "/status/nodeInfo/kubeletVersion");
  node.labels = labels_of(json);
  node.taints = taints_of(json);
  return node;
}

bool is_open(const Node& node) {
  return std::none_of(node.taints.begin(), node.taints.end(), [](const Taint& taint) {
    const bool ours = taint.key == kPlacementTaint;  // It goes with its run, dead or alive.
    return !ours && (taint.effect == "NoSchedule" || taint.effect == "NoExecute");
  });
}

std::optional<NodeSummary> read_nodes(const Json& list) {
  if (!list.is_object() || !list.contains("items")) {
    return std::nullopt;
  }
  NodeSummary summary;
  for (const Json& item : list.at("items")) {
    Node node = read_node(item);
    if (node.ready && node.schedulable) {  // The KEP asks for schedulable nodes.
      summary.windows_ready += node.os == "windows" ? 1 : 0;
      summary.linux_ready += node.os == "linux" ? 1 : 0;
      summary.linux_open += node.os == "linux" && is_open(node) ? 1 : 0;
    }
    if (!node.name.empty()) {
      summary.nodes.push_back(std::move(node));
    }
  }
  return summary;
}

}  // namespace

NodesAnswer ask_nodes(const Target& target, const process::Capture& capture) {
  const std::vector<process::Captured> answers =
      capture({kubectl(target, {"get", "nodes", "-o", "json"}), kubectl(target, {"version", "-o", "json"}),
               kubectl(target, {"get", "namespace", "kube-system", "-o", "json"}),
               kubectl(target, {"get", "daemonsets", "--all-namespaces", "-o", "name"})},
              kTimeout);
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
  std::optional<NodeSummary> summary = read_nodes(Json::parse(nodes.out, nullptr, false));
  if (!summary) {
    return NodesUnknown{NodesUnknown::Kind::refused, "kubectl printed no list of nodes"};
  }
  summary->server_version = server_version;
  summary->cluster_uid = text_at(Json::parse(answers.at(2).out, nullptr, false), "/metadata/uid");
  summary->cni = cni_by_daemon_sets(answers.at(3).out);
  return *summary;
}

}  // namespace opready::cluster
