// SPDX-License-Identifier: Apache-2.0
// Which nodes placement means, and what a pod must tolerate there.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "opready/cluster/nodes.hpp"

namespace opready::cluster {

/// Labels that a node must have: `--node-selector k=v`.
using NodeSelector = std::map<std::string, std::string>;

/// The Windows nodes among `nodes` that have the labels of `selector`.
[[nodiscard]] std::vector<Node> windows_nodes(const std::vector<Node>& nodes, const NodeSelector& selector);

/// Reads a taint as kubectl writes it: "key=value:effect", "key:effect".
[[nodiscard]] std::optional<Taint> parse_taint(std::string_view text);
/// The other way round.
[[nodiscard]] std::string to_string(const Taint& taint);

/// Each taint of `nodes` once. Not those that say that a node is ill, cordoned, not initialised yet or about to be
/// removed: no pod of a test belongs there.
[[nodiscard]] std::vector<Taint> lasting_taints(const std::vector<Node>& nodes);

}  // namespace opready::cluster
