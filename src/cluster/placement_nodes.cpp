// SPDX-License-Identifier: Apache-2.0
// Reads nodes for placement.
#include "opready/cluster/placement_nodes.hpp"

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

#include "json_text.hpp"

namespace opready::cluster {
namespace {

using Json = nlohmann::json;

/// Whatever the control plane, a cloud provider or the cluster autoscaler sets for a while.
bool is_passing(const Taint& taint) {
  constexpr std::array<std::string_view, 4> kPrefixes = {"node.kubernetes.io/", "node.cloudprovider.kubernetes.io/",
                                                         "ToBeDeletedByClusterAutoscaler",
                                                         "DeletionCandidateOfClusterAutoscaler"};
  return std::any_of(kPrefixes.begin(), kPrefixes.end(),
                     [&](std::string_view prefix) { return taint.key.starts_with(prefix); });
}

ClusterNode read_node(const Json& item) {
  ClusterNode node;
  node.name = text_at(item, "/metadata/name");
  const Json::json_pointer labels("/metadata/labels");
  if (item.contains(labels) && item.at(labels).is_object()) {
    for (const auto& [key, value] : item.at(labels).items()) {
      if (value.is_string()) {
        node.labels[key] = value.get<std::string>();
      }
    }
  }
  const Json::json_pointer taints("/spec/taints");
  if (item.contains(taints)) {
    for (const Json& taint : item.at(taints)) {
      node.taints.push_back({text_at(taint, "/key"), text_at(taint, "/value"), text_at(taint, "/effect")});
    }
  }
  return node;
}

}  // namespace

std::string ClusterNode::label(const std::string& key) const {
  const auto found = labels.find(key);
  return found == labels.end() ? "" : found->second;
}

std::optional<std::vector<ClusterNode>> read_nodes(std::string_view json) {
  const Json list = Json::parse(json, nullptr, false);
  if (!list.is_object() || !list.contains("items")) {
    return std::nullopt;
  }
  std::vector<ClusterNode> nodes;
  for (const Json& item : list.at("items")) {
    nodes.push_back(read_node(item));
  }
  return nodes;
}

std::vector<ClusterNode> windows_nodes(const std::vector<ClusterNode>& nodes, const NodeSelector& selector) {
  std::vector<ClusterNode> result;
  std::copy_if(nodes.begin(), nodes.end(), std::back_inserter(result), [&](const ClusterNode& node) {
    return node.os() == "windows" && std::all_of(selector.begin(), selector.end(), [&](const auto& wanted) {
             const auto found = node.labels.find(wanted.first);
             return found != node.labels.end() && found->second == wanted.second;
           });
  });
  return result;
}

std::vector<Taint> lasting_taints(const std::vector<ClusterNode>& nodes) {
  std::vector<Taint> result;
  for (const ClusterNode& node : nodes) {
    for (const Taint& taint : node.taints) {
      if (!is_passing(taint) && std::find(result.begin(), result.end(), taint) == result.end()) {
        result.push_back(taint);
      }
    }
  }
  return result;
}

}  // namespace opready::cluster
