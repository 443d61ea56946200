// SPDX-License-Identifier: Apache-2.0
// What a cluster is made of: kinds of nodes, and the CNI plug-in that its DaemonSets give away.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "opready/cluster/nodes.hpp"
#include "opready/model/event.hpp"

namespace opready::cluster {

/// In the order in which `nodes` first show them.
[[nodiscard]] std::vector<model::NodeKind> node_kinds(const std::vector<Node>& nodes);

/// "Calico (by its DaemonSet calico-node)"; several are joined by "; ", since a cluster may have Flannel's network and
/// Calico's policies. No API tells the plug-in, so it's a guess by names that are usual. Empty where none is known.
/// `names` is what `kubectl get daemonsets -o name` prints.
[[nodiscard]] std::string cni_by_daemon_sets(std::string_view names);

}  // namespace opready::cluster
