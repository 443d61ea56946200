// SPDX-License-Identifier: Apache-2.0
// Nodes as placement sees them.
#include "opready/cluster/placement_nodes.hpp"

#include <gtest/gtest.h>

namespace opready::cluster {
namespace {

ClusterNode windows(const std::string& name, const std::string& pool, std::vector<Taint> taints = {}) {
  return {name, {{"kubernetes.io/os", "windows"}, {"pool", pool}}, std::move(taints)};
}

TEST(PlacementNodes, AreReadWithLabelsAndTaints) {
  const auto nodes = read_nodes(R"({"items": [
    {"metadata": {"name": "win-0", "labels": {"kubernetes.io/os": "windows", "n": 5}},
     "spec": {"taints": [{"key": "os", "value": "windows", "effect": "NoSchedule"}, {"key": "k", "effect": "NoExecute"}]}},
    {"metadata": {"name": "bare"}}, 5]})");
  ASSERT_TRUE(nodes);
  EXPECT_EQ(*nodes,
            (std::vector<ClusterNode>{
                {"win-0", {{"kubernetes.io/os", "windows"}}, {{"os", "windows", "NoSchedule"}, {"k", "", "NoExecute"}}},
                {"bare", {}, {}},
                {"", {}, {}}}));
}

TEST(PlacementNodes, AreUnknownWithoutAList) {
  for (const char* text : {"", "no json", "5", "{}"}) {
    EXPECT_FALSE(read_nodes(text)) << text;
  }
}

TEST(PlacementNodes, OfWindowsMustHaveTheSelectorsLabels) {
  const std::vector<ClusterNode> nodes = {
      windows("a", "blue"), windows("b", "red"), {"c", {{"kubernetes.io/os", "linux"}, {"pool", "red"}}, {}}};
  EXPECT_EQ(windows_nodes(nodes, {}), (std::vector<ClusterNode>{nodes[0], nodes[1]}));
  EXPECT_EQ(windows_nodes(nodes, {{"pool", "red"}}), std::vector<ClusterNode>{nodes[1]});
  EXPECT_TRUE(windows_nodes(nodes, {{"pool", "red"}, {"zone", ""}}).empty());
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
