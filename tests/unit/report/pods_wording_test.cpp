// SPDX-License-Identifier: Apache-2.0
// Exact sentences on where pods ran.
#include "opready/report/pods_wording.hpp"

#include <gtest/gtest.h>

namespace opready::report {
namespace {

using model::PodsOnNode;
using model::SpecPods;

PodsOnNode windows(const std::string& name, int pods, const std::string& build = "10.0.20348") {
  return {{.name = name, .os = "windows", .build = build}, pods};
}

PodsOnNode linux_node(const std::string& name, int pods) {
  return {{.name = name, .os = "linux", .build = ""}, pods};
}

struct Sentence {
  const char* what;
  SpecPods pods;
  const char* text;
};

TEST(PodsText, SaysWherePodsRan) {
  const Sentence table[] = {
      {"one system",
       {.nodes = {windows("win-0", 1), windows("win-1", 1)}},
       "ran on Windows: 2 pods on win-0, win-1 (10.0.20348)"},
      {"both, Windows first whatever came first",
       {.nodes = {linux_node("linux-1", 2), windows("win-0", 1)}},
       "ran on Windows: 1 pod on win-0 (10.0.20348); on Linux: 2 pods on linux-1"},
      {"several builds, one of them not told",
       {.nodes = {windows("win-0", 1), windows("win-9", 4, "10.0.26100"), windows("win-1", 1),
                  windows("win-x", 1, "")}},
       "ran on Windows: 2 pods on win-0, win-1 (10.0.20348), 4 pods on win-9 (10.0.26100), 1 pod on win-x"},
      {"a node that wasn't there when nodes were listed",
       {.nodes = {windows("win-0", 1), {{.name = "late-0", .os = "", .build = ""}, 1}}},
       "ran on Windows: 1 pod on win-0 (10.0.20348); on nodes of an unknown system: 1 pod on late-0"},
      {"another system",
       {.nodes = {{{.name = "mac-0", .os = "darwin", .build = ""}, 1}}},
       "ran on darwin: 1 pod on mac-0"},
      {"none", {}, "no pods were seen"},
      {"none, and not all watched", {.incomplete = true}, "no pods were seen; not all could be watched"},
      {"never scheduled", {.unscheduled = 2}, "2 pods never got a node"},
      {"all of it",
       {.nodes = {linux_node("linux-0", 1)}, .unscheduled = 1, .incomplete = true},
       "ran on Linux: 1 pod on linux-0; 1 pod never got a node; not all could be watched"},
  };
  for (const Sentence& sentence : table) {
    EXPECT_EQ(pods_text(sentence.pods), sentence.text) << sentence.what;
  }
}

TEST(PodsText, NamesFiveNodesOfAKindAndCountsTheOthers) {
  SpecPods pods;
  for (int number = 0; number < 12; ++number) {
    pods.nodes.push_back(windows("win-" + std::to_string(number), 2));
  }
  EXPECT_EQ(pods_text(pods), "ran on Windows: 24 pods on win-0, win-1, win-2, win-3, win-4 and 7 more (10.0.20348)");
}

model::SpecResult spec_with(std::optional<SpecPods> pods) {
  model::SpecResult spec;
  spec.pods = std::move(pods);
  return spec;
}

TEST(PodsText, AddsUpThePodsOfACasesSpecs) {
  model::CaseResult result;
  result.specs = {spec_with(SpecPods{.nodes = {windows("win-0", 1)}}), spec_with(std::nullopt),
                  spec_with(SpecPods{.nodes = {windows("win-1", 1), windows("win-0", 2)}, .unscheduled = 1}),
                  spec_with(SpecPods{.incomplete = true})};
  EXPECT_EQ(pods_text(result),
            "ran on Windows: 4 pods on win-0, win-1 (10.0.20348); 1 pod never got a node; not all could be watched");
}

TEST(PodsText, SaysNothingWhereNobodyWatched) {
  model::CaseResult result;
  EXPECT_EQ(pods_text(result), "");
  result.specs = {spec_with(std::nullopt)};
  EXPECT_EQ(pods_text(result), "");
}

TEST(WaitingLines, TellEachWarningOnOneLine) {
  EXPECT_EQ(waiting_lines(spec_with(std::nullopt)), std::vector<std::string>{});
  EXPECT_EQ(waiting_lines(spec_with(SpecPods{
                .warnings = {{"FailedScheduling", "pod/x", "0/4 nodes are available: 2 node(s) had untolerated taint"},
                             {"Failed", "pod/y", "Error:\x1b[1m ErrImagePull\nagain"}}})),
            (std::vector<std::string>{
                "kept waiting: FailedScheduling pod/x: 0/4 nodes are available: 2 node(s) had untolerated taint",
                "kept waiting: Failed pod/y: Error: ErrImagePull again"}));
}

TEST(PlacementText, SaysHowPodsArePlaced) {
  EXPECT_EQ(placement_text("policy"), "an admission policy sends pods to Windows nodes");
  EXPECT_EQ(placement_text("taint"), "taints keep pods off Linux nodes");
  EXPECT_EQ(placement_text("a later way"), "pods are placed by a later way");
  EXPECT_EQ(placement_text(""), "");
}

}  // namespace
}  // namespace opready::report
