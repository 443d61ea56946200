// SPDX-License-Identifier: Apache-2.0
// Chooses nodes and taints for placement.
#include "opready/cluster/placement_nodes.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>

namespace opready::cluster {
namespace {

/// Whatever the control plane, a cloud provider or the cluster autoscaler sets for a while.
bool is_passing(const Taint& taint) {
  constexpr std::array<std::string_view, 4> kPrefixes = {"node.kubernetes.io/", "node.cloudprovider.kubernetes.io/",
                                                         "ToBeDeletedByClusterAutoscaler",
                                                         "DeletionCandidateOfClusterAutoscaler"};
  return std::any_of(kPrefixes.begin(), kPrefixes.end(),
                     [&](std::string_view prefix) { return taint.key.starts_with(prefix); });
}

}  // namespace

std::vector<Node> windows_nodes(const std::vector<Node>& nodes, const NodeSelector& selector) {
  std::vector<Node> result;
  std::copy_if(nodes.begin(), nodes.end(), std::back_inserter(result), [&](const Node& node) {
    return node.os == "windows" && std::all_of(selector.begin(), selector.end(), [&](const auto& wanted) {
             const auto found = node.labels.find(wanted.first);
             return found != node.labels.end() && found->second == wanted.second;
           });
  });
  return result;
}

std::optional<Taint> parse_taint(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  const std::string_view named = text.substr(0, colon);
  const std::size_t equals = named.find('=');
  const std::string_view effect = colon == std::string_view::npos ? "" : text.substr(colon + 1);
  const bool known_effect = effect == "NoSchedule" || effect == "PreferNoSchedule" || effect == "NoExecute";
  if (!known_effect || named.empty() || equals == 0) {
    return std::nullopt;
  }
  const std::string_view value = equals == std::string_view::npos ? "" : named.substr(equals + 1);
  return Taint{std::string(named.substr(0, equals)), std::string(value), std::string(effect)};
}

std::string to_string(const Taint& taint) {
  return taint.key + (taint.value.empty() ? "" : "=" + taint.value) + ':' + taint.effect;
}

std::vector<Taint> lasting_taints(const std::vector<Node>& nodes) {
  std::vector<Taint> result;
  for (const Node& node : nodes) {
    for (const Taint& taint : node.taints) {
      if (!is_passing(taint) && std::find(result.begin(), result.end(), taint) == result.end()) {
        result.push_back(taint);
      }
    }
  }
  return result;
}

}  // namespace opready::cluster
