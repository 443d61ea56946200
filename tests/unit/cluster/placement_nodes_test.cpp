// SPDX-License-Identifier: Apache-2.0
// Nodes as placement sees them.
#include "opready/cluster/placement_nodes.hpp"

#include <gtest/gtest.h>

namespace opready::cluster {
namespace {

Node windows(const std::string& name, const std::string& pool, std::vector<Taint> taints = {}) {
  return {.name = name, .os = "windows", .labels = {{"pool", pool}}, .taints = std::move(taints)};
}

TEST(PlacementNodes, OfWindowsMustHaveTheSelectorsLabels) {
  const std::vector<Node> nodes = {
      windows("a", "blue"), windows("b", "red"), {.name = "c", .os = "linux", .labels = {{"pool", "red"}}}};
  EXPECT_EQ(windows_nodes(nodes, {}), (std::vector<Node>{nodes[0], nodes[1]}));
  EXPECT_EQ(windows_nodes(nodes, {{"pool", "red"}}), std::vector<Node>{nodes[1]});
  EXPECT_TRUE(windows_nodes(nodes, {{"pool", "red"}, {"zone", ""}}).empty());
}

TEST(PlacementNodes, HaveTaintsInKubectlsNotation) {
  EXPECT_EQ(parse_taint("os=windows:NoSchedule"), (Taint{"os", "windows", "NoSchedule"}));
  EXPECT_EQ(parse_taint("example.com/pool:NoExecute"), (Taint{"example.com/pool", "", "NoExecute"}));
  for (const char* text : {"os=windows:NoSchedule", "example.com/pool:NoExecute"}) {
    EXPECT_EQ(to_string(*parse_taint(text)), text);
  }
  EXPECT_EQ(parse_taint("os=:NoSchedule"), (Taint{"os", "", "NoSchedule"}));
  for (const char* text : {"", "os", "os=windows", "os=windows:", "os:NoSuch", ":NoSchedule", "=windows:NoSchedule"}) {
    EXPECT_EQ(parse_taint(text), std::nullopt) << text;
  }
}

TEST(PlacementNodes, HaveTaintsThatLastAndTaintsThatPass) {
  const Taint lasting{"os", "windows", "NoSchedule"};
  EXPECT_EQ(lasting_taints({windows("a", "", {lasting, {"node.kubernetes.io/unschedulable", "", "NoSchedule"}}),
                            windows("b", "", {{"ToBeDeletedByClusterAutoscaler", "17", "NoSchedule"}, lasting}),
                            windows("c", "", {{"os", "windows", "NoExecute"}})}),
            (std::vector<Taint>{lasting, {"os", "windows", "NoExecute"}}));
}

}  // namespace
}  // namespace opready::cluster
