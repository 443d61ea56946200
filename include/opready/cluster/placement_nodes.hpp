// SPDX-License-Identifier: Apache-2.0
// What placement has to know of a cluster's nodes.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace opready::cluster {

struct Taint {
  std::string key;
  std::string value;
  std::string effect;

  friend bool operator==(const Taint&, const Taint&) = default;
};

struct ClusterNode {
  std::string name;
  std::map<std::string, std::string> labels;
  std::vector<Taint> taints;

  [[nodiscard]] std::string label(const std::string& key) const;
  [[nodiscard]] std::string os() const { return label("kubernetes.io/os"); }

  friend bool operator==(const ClusterNode&, const ClusterNode&) = default;
};

/// Labels that a node must have: `--node-selector k=v`.
using NodeSelector = std::vector<std::pair<std::string, std::string>>;

/// Reads what `kubectl get nodes -o json` prints; nothing where it isn't a list.
[[nodiscard]] std::optional<std::vector<ClusterNode>> read_nodes(std::string_view json);

/// The Windows nodes among `nodes` that have the labels of `selector`.
[[nodiscard]] std::vector<ClusterNode> windows_nodes(const std::vector<ClusterNode>& nodes,
                                                     const NodeSelector& selector);

/// Each taint of `nodes` once. Not those that say that a node is ill, cordoned, not initialised yet or about to be
/// removed: no pod of a test belongs there.
[[nodiscard]] std::vector<Taint> lasting_taints(const std::vector<ClusterNode>& nodes);

}  // namespace opready::cluster
