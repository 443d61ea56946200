// SPDX-License-Identifier: Apache-2.0
// Sums nodes up, and knows the usual names of CNI plug-ins' DaemonSets.
#include "opready/cluster/system_facts.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace opready::cluster {
namespace {

struct KnownPlugin {
  std::string_view daemon_set;  ///< Its name begins with this.
  std::string_view name;
};

constexpr std::array<KnownPlugin, 12> kPlugins = {{{"antrea-agent", "Antrea"},
                                                   {"aws-node", "Amazon VPC CNI"},
                                                   {"azure-cns", "Azure CNI"},
                                                   {"calico-node", "Calico"},
                                                   {"canal", "Canal"},
                                                   {"cilium", "Cilium"},
                                                   {"kindnet", "kindnet"},
                                                   {"kube-flannel", "Flannel"},
                                                   {"kube-ovn-cni", "Kube-OVN"},
                                                   {"kube-router", "kube-router"},
                                                   {"ovnkube-node", "OVN-Kubernetes"},
                                                   {"weave-net", "Weave Net"}}};

/// "calico-node" of "daemonset.apps/calico-node\n...", which is taken off; empty at the end.
std::string_view take_name(std::string_view& names) {
  const std::string_view line = names.substr(0, names.find('\n'));
  names.remove_prefix(std::min(names.size(), line.size() + 1));
  return line.substr(line.find('/') + 1);
}

model::NodeKind kind_of(const Node& node) {
  return {.os = node.os,
          .build = node.build,
          .os_image = node.os_image,
          .container_runtime = node.container_runtime,
          .kubelet = node.kubelet,
          .nodes = 0};
}

}  // namespace

std::vector<model::NodeKind> node_kinds(const std::vector<Node>& nodes) {
  std::vector<model::NodeKind> kinds;
  for (const Node& node : nodes) {
    const auto known = std::find_if(kinds.begin(), kinds.end(), [&](model::NodeKind kind) {
      kind.nodes = 0;
      return kind == kind_of(node);
    });
    ++(known == kinds.end() ? kinds.emplace_back(kind_of(node)) : *known).nodes;
  }
  return kinds;
}

std::string cni_by_daemon_sets(std::string_view names) {
  std::string found;
  std::vector<std::string_view> named;
  while (!names.empty()) {
    const std::string_view name = take_name(names);
    const auto* const plugin = std::find_if(kPlugins.begin(), kPlugins.end(), [&](const KnownPlugin& candidate) {
      return name.starts_with(candidate.daemon_set);
    });
    // Windows nodes and operators have DaemonSets of their own beside it.
    if (plugin != kPlugins.end() && std::find(named.begin(), named.end(), plugin->name) == named.end()) {
      named.push_back(plugin->name);
      found += fmt::format("{}{} (by its DaemonSet {})", found.empty() ? "" : "; ", plugin->name, name);
    }
  }
  return found;
}

}  // namespace opready::cluster
