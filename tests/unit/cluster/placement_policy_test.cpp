// SPDX-License-Identifier: Apache-2.0
// The objects of a placed run, whole. What the policy's expressions do is tried on a real API server (practice/).
#include "opready/cluster/placement_policy.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "opready/cluster/admission_policy_text.hpp"
#include "opready/testing/golden.hpp"

namespace opready::cluster {
namespace {

using Json = nlohmann::ordered_json;

OwnerRecord record() {
  OwnerRecord record;
  record.owner = {"r1", {"build-7", "9d2ac218", "pid:[1]", 4711, 99}};
  record.heartbeat = *base::parse_rfc3339("2026-01-31T08:15:30Z");
  record.e2e_runs = {"e1", "e2"};
  return record;
}

PlacementRules rules() {
  return {.to_windows = true,
          .node_selector = {{"pool", "it's"}},
          .tolerated = {{"os", "windows", "NoSchedule"}, {"example.com/k", "", "NoExecute"}},
          .windows_nodes = {"win-0", "win-1"}};
}

std::string pretty(const std::string& json) {
  return Json::parse(json).dump(2) + "\n";
}

TEST(PlacementPolicy, SendsPodsToWindowsInNamespacesOfItsRun) {
  testing::expect_matches_golden("placement/policy.json", pretty(policy_manifest(record(), rules(), {{"e2"}, 7})));
}

TEST(PlacementPolicy, IsBoundOnce) {
  testing::expect_matches_golden("placement/binding.json", pretty(binding_manifest(record())));
}

TEST(PlacementPolicy, IsTriedInANamespaceOfItsRun) {
  testing::expect_matches_golden("placement/namespace.json", pretty(probe_namespace_manifest(record())));
  testing::expect_matches_golden("placement/probe.json", pretty(probe_pod_manifest()));
}

TEST(PlacementPolicy, IsPatchedAsItIsMade) {
  EXPECT_EQ(Json::parse(policy_patch("r1", rules(), {{"e2"}, 7})).at("spec"),
            Json::parse(policy_manifest(record(), rules(), {{"e2"}, 7})).at("spec"));
}

TEST(PlacementPolicy, DoesNothingWithoutWindowsCasesAndTaints) {
  EXPECT_TRUE(rules().change_pods());
  EXPECT_TRUE((PlacementRules{.to_windows = false, .tolerated = {{"os", "windows", "NoSchedule"}}}).change_pods());
  EXPECT_FALSE((PlacementRules{.to_windows = false, .node_selector = {{"pool", "a"}}}).change_pods());
}

TEST(ProbeAnswer, TellsByWhichPolicyThePodWasChanged) {
  const ProbeAnswer acted = read_probe(
      R"({"metadata": {"annotations": {"op-readiness/probe": "7"}}, "spec": {"nodeSelector": {"kubernetes.io/os": "windows"}}})");
  EXPECT_EQ(acted.generation, 7U);
  EXPECT_TRUE(acted.to_windows);
  for (const char* untouched : {"", "no json", R"({"metadata": {"annotations": {"op-readiness/probe": ""}}})"}) {
    EXPECT_EQ(read_probe(untouched).generation, 0U) << untouched;
    EXPECT_FALSE(read_probe(untouched).to_windows) << untouched;
  }
}

TEST(AdmissionPolicyText, IsWrittenInThreeForms) {
  const PolicyTextOptions options = {
      .node_selector = {{"pool", "blue"}},
      .tolerated = {{"os", "windows", "NoSchedule"}, {"example.com/k", "", "NoExecute"}}};
  testing::expect_matches_golden("placement/native.yaml", admission_policy_text(PolicyForm::native, options));
  testing::expect_matches_golden("placement/kyverno.yaml", admission_policy_text(PolicyForm::kyverno, options));
  testing::expect_matches_golden("placement/gatekeeper.yaml", admission_policy_text(PolicyForm::gatekeeper, options));
}

TEST(AdmissionPolicyText, QuotesWordsThatYamlTakesForSomethingElse) {
  for (const char* word : {"NO",  "on",  "Off",  "n",  "y",  "Y", "True", "FALSE", "Null", "~",
                           "0x1", "1e3", "1:20", "-1", ".5", "=", "",     "a: b",  "a #b", "- a"}) {
    const std::string text = admission_policy_text(PolicyForm::gatekeeper, {.node_selector = {{word, word}}});
    EXPECT_NE(text.find(fmt::format("\n        \"{0}\": \"{0}\"\n", word)), std::string::npos) << word << '\n' << text;
  }
  for (const char* word : {"north", "e2e-run", "example.com/pool", "No1"}) {
    const std::string text = admission_policy_text(PolicyForm::gatekeeper, {.node_selector = {{word, word}}});
    EXPECT_NE(text.find(fmt::format("\n        {0}: {0}\n", word)), std::string::npos) << word << '\n' << text;
  }
}

TEST(AdmissionPolicyText, NeedsNoTaints) {
  for (const PolicyForm form : {PolicyForm::native, PolicyForm::kyverno, PolicyForm::gatekeeper}) {
    EXPECT_EQ(admission_policy_text(form, {}).find("toleration:"), std::string::npos);
    EXPECT_EQ(admission_policy_text(form, {}).find("/spec/tolerations"), std::string::npos);
  }
}

bool is_dead_after(std::chrono::milliseconds silence, process::Life life) {
  return is_dead(record(), {.now = record().heartbeat + silence, .life_of = [life](const auto&) { return life; }});
}

TEST(Ownership, EndsWithTwoMinutesOfSilenceWhereTheProcessCannotBeSeen) {
  EXPECT_FALSE(is_dead_after(std::chrono::minutes(2), process::Life::unknown));
  EXPECT_TRUE(is_dead_after(std::chrono::minutes(2) + std::chrono::milliseconds(1), process::Life::unknown));
  EXPECT_FALSE(is_dead_after(-std::chrono::hours(1), process::Life::unknown));
}

TEST(Ownership, EndsWithTheProcessWhereItCanBeSeen) {
  EXPECT_TRUE(is_dead_after(std::chrono::seconds(1), process::Life::ended));
  EXPECT_FALSE(is_dead_after(std::chrono::hours(1), process::Life::alive));
}

}  // namespace
}  // namespace opready::cluster
