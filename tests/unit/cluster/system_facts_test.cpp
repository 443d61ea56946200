// SPDX-License-Identifier: Apache-2.0
// What is made of nodes and DaemonSets.
#include "opready/cluster/system_facts.hpp"

#include <gtest/gtest.h>

namespace opready::cluster {
namespace {

Node node(const std::string& os, const std::string& build, const std::string& runtime) {
  Node node;
  node.name = "a node";
  node.os = os;
  node.build = build;
  node.os_image = os + "'s image";
  node.container_runtime = runtime;
  node.kubelet = "v1.36.3";
  return node;
}

TEST(SystemFacts, CountNodesThatAreAlike) {
  const std::vector<Node> nodes = {node("windows", "10.0.20348", "containerd://1.7.27"), node("linux", "", "cri-o://1"),
                                   node("windows", "10.0.26100", "containerd://1.7.27"),
                                   node("windows", "10.0.20348", "containerd://1.7.27")};
  EXPECT_EQ(node_kinds(nodes), (std::vector<model::NodeKind>{
                                   {"windows", "10.0.20348", "windows's image", "containerd://1.7.27", "v1.36.3", 2},
                                   {"linux", "", "linux's image", "cri-o://1", "v1.36.3", 1},
                                   {"windows", "10.0.26100", "windows's image", "containerd://1.7.27", "v1.36.3", 1}}));
  EXPECT_TRUE(node_kinds({}).empty());
}

TEST(SystemFacts, TakeTheCniPluginFromDaemonSetsAndSayByWhich) {
  EXPECT_EQ(cni_by_daemon_sets("daemonset.apps/kube-proxy\ndaemonset.apps/calico-node\n"
                               "daemonset.apps/calico-node-windows\n"),
            "Calico (by its DaemonSet calico-node)");
  EXPECT_EQ(cni_by_daemon_sets("daemonset.apps/kube-flannel-ds\ndaemonset.apps/calico-node"),
            "Flannel (by its DaemonSet kube-flannel-ds); Calico (by its DaemonSet calico-node)");
}

TEST(SystemFacts, GuessNoPluginWithoutASign) {
  EXPECT_EQ(cni_by_daemon_sets("daemonset.apps/kube-proxy\ndaemonset.apps/my-calico\n"), "");
  EXPECT_EQ(cni_by_daemon_sets(""), "");
  EXPECT_EQ(cni_by_daemon_sets("error: forbidden"), "");
}

}  // namespace
}  // namespace opready::cluster
