// SPDX-License-Identifier: Apache-2.0
// Passes and failures, judged by where pods ran.
#include "opready/run/proof.hpp"

#include <optional>
#include <string>
#include <utility>

#include <gtest/gtest.h>

namespace opready::run {
namespace {

using model::Outcome;
using model::Placement;
using model::SpecStatus;

using Strings = std::vector<std::string>;

/// A pod that ran on `nodes`, or on none.
model::PodEvidence pod(const std::string& name, Strings nodes, const std::string& status = "Running") {
  return {name, std::move(nodes), status};
}

model::SpecResult spec(const std::string& name, SpecStatus status = SpecStatus::passed) {
  model::SpecResult result;
  result.spec.name = name;
  result.status = status;
  result.failure = model::is_failure(status) ? "it broke" : "";
  result.message = result.failure;
  return result;
}

class ProofTest : public ::testing::Test {
 protected:
  ProofTest() {
    evidence_.nodes = {{"win-0", "windows", "10.0.20348"}, {"win-1", "windows", "10.0.20348"}, {"lin-0", "linux", ""}};
  }

  /// Namespace ns-<spec> of that spec.
  void saw(const std::string& of_spec, std::vector<model::PodEvidence> pods,
           std::vector<model::WarningEvidence> warnings = {}) {
    model::NamespaceEvidence seen{.name = "ns-" + of_spec, .pods = std::move(pods), .warnings = std::move(warnings)};
    evidence_.spec_of.emplace(seen.name, of_spec);
    evidence_.namespaces.push_back(std::move(seen));
  }

  model::CaseResult prove_as(std::optional<Placement> placement, std::vector<model::SpecResult> specs,
                             Outcome outcome = Outcome::passed) {
    model::TestCase test;
    test.placement = placement;
    model::CaseResult result{.outcome = outcome, .reason = outcome == Outcome::passed ? "" : "its spec failed"};
    result.specs = std::move(specs);
    prove(result, test, evidence_);
    return result;
  }

  PodEvidence evidence_;
};

TEST_F(ProofTest, CountsPodsByNodeForEachSpec) {
  saw("a", {pod("p-0", {"win-0"}), pod("p-1", {"win-1"}), pod("p-2", {"win-0"}), pod("p-3", {})});
  saw("b", {pod("p-0", {"win-1", "win-0"})});
  const model::CaseResult result = prove_as(Placement::windows, {spec("a"), spec("b"), spec("c", SpecStatus::skipped)});
  EXPECT_EQ(result.specs[0].pods, (model::SpecPods{.nodes = {{evidence_.nodes[0], 2}, {evidence_.nodes[1], 1}},
                                                   .unscheduled = 1,
                                                   .incomplete = false,
                                                   .warnings = {}}));
  EXPECT_EQ(result.specs[1].pods, (model::SpecPods{.nodes = {{evidence_.nodes[1], 1}, {evidence_.nodes[0], 1}}}));
  EXPECT_EQ(result.specs[2].pods, std::nullopt);
  EXPECT_EQ(result.outcome, Outcome::passed);
}

TEST_F(ProofTest, AddsNamespacesThatTheLogDidNotName) {
  saw("a", {});
  saw("b", {});
  model::CaseResult result{.namespaces = {"ns-b"}};
  prove(result, {}, evidence_);
  EXPECT_EQ(result.namespaces, (Strings{"ns-b", "ns-a"}));
}

struct Judged {
  std::string name;
  Placement placement;
  std::vector<model::PodEvidence> pods;
  std::string doubt;  ///< Empty: it counts as passed.
};

class PlacementProof : public ProofTest, public ::testing::WithParamInterface<Judged> {};

TEST_P(PlacementProof, JudgesAPass) {
  const Judged& judged = GetParam();
  saw("a", judged.pods);
  const model::CaseResult result = prove_as(judged.placement, {spec("a")});
  const bool proven = judged.doubt.empty();
  EXPECT_EQ(result.outcome, proven ? Outcome::passed : Outcome::unproven);
  EXPECT_EQ(result.reason, proven ? "" : "it passed, but " + judged.doubt);
  EXPECT_EQ(result.specs[0].status, proven ? SpecStatus::passed : SpecStatus::unproven);
  EXPECT_EQ(result.specs[0].message, judged.doubt);
  EXPECT_EQ(result.specs[0].failure, proven ? "" : "unproven: it passed, but " + judged.doubt);
}

INSTANTIATE_TEST_SUITE_P(
    Table, PlacementProof,
    ::testing::Values(
        Judged{"AllOnWindows", Placement::windows, {pod("p", {"win-0"}), pod("q", {"win-1"})}, ""},
        Judged{"OneOnLinux",
               Placement::windows,
               {pod("p", {"win-0"}), pod("q", {"lin-0"})},
               "a pod ran on lin-0 (linux), not on Windows"},
        Judged{"OneMovedToLinux",
               Placement::windows,
               {pod("p", {"win-0", "lin-0"})},
               "a pod ran on lin-0 (linux), not on Windows"},
        Judged{"OnANodeThatCameLater",
               Placement::windows,
               {pod("p", {"new-7"})},
               "a pod ran on new-7, whose system isn't known: it joined after the start, or has no label "
               "kubernetes.io/os"},
        Judged{"NoneScheduled", Placement::windows, {pod("p", {})}, "no pod of it was seen on any node"},
        Judged{"NoneSeen", Placement::windows, {}, "no pod of it was seen on any node"},
        Judged{"OneEach", Placement::mixed, {pod("p", {"win-0"}), pod("q", {"lin-0"})}, ""},
        Judged{"MixedWithoutWindows", Placement::mixed, {pod("q", {"lin-0"})}, "no pod of it was seen on Windows"},
        Judged{"MixedWithoutLinux", Placement::mixed, {pod("q", {"win-0"})}, "no pod of it was seen on Linux"},
        Judged{"OwnChoice", Placement::own, {pod("q", {"lin-0"})}, ""}, Judged{"NoPods", Placement::none, {}, ""}),
    [](const auto& instance) { return instance.param.name; });

TEST_F(ProofTest, SaysWhereNotAllPodsCouldBeWatched) {
  evidence_.gaps = true;
  const model::CaseResult result = prove_as(Placement::windows, {spec("a")});
  EXPECT_EQ(result.reason, "it passed, but no pod of it was seen on any node (not all could be watched)");
  EXPECT_TRUE(result.specs[0].pods->incomplete);
}

TEST_F(ProofTest, NamesTheSpecOfSeveralThatProvesNothing) {
  saw("a", {pod("p", {"win-0"})});
  saw("b", {pod("p", {"lin-0"})});
  const model::CaseResult result = prove_as(Placement::windows, {spec("a"), spec("b")});
  EXPECT_EQ(result.outcome, Outcome::unproven);
  EXPECT_EQ(result.reason, "b: a pod ran on lin-0 (linux), not on Windows");
}

TEST_F(ProofTest, LetsAFailureStandBeforeAnUnprovenPass) {
  saw("b", {pod("p", {"lin-0"})});
  const model::CaseResult result =
      prove_as(Placement::windows, {spec("a", SpecStatus::failed), spec("b")}, Outcome::failed);
  EXPECT_EQ(result.outcome, Outcome::failed);
  EXPECT_EQ(result.specs[0].status, SpecStatus::failed);
  EXPECT_EQ(result.specs[1].status, SpecStatus::unproven);
}

TEST_F(ProofTest, ShowsWithAFailureWhatKeptPodsWaiting) {
  const model::WarningEvidence warning{"FailedScheduling", "pod/p", "0/4 nodes are available"};
  saw("a", {pod("p", {}, "Pending")}, {warning});
  saw("b", {pod("p", {"win-0"})}, {warning});
  const model::CaseResult result =
      prove_as(Placement::own, {spec("a", SpecStatus::failed), spec("b")}, Outcome::failed);
  EXPECT_EQ(result.specs[0].pods->warnings, std::vector<model::WarningEvidence>{warning});
  EXPECT_EQ(result.specs[0].status, SpecStatus::failed);
  EXPECT_TRUE(result.specs[1].pods->warnings.empty());
}

TEST_F(ProofTest, ExcusesWhatFailedForWantOfAnImage) {
  for (const char* status : {"ErrImagePull", "ImagePullBackOff", "Init:ErrImagePull", "ErrImageNeverPull"}) {
    evidence_.namespaces.clear();
    saw("a", {pod("p", {"win-0"}), pod("q", {"win-0"}, status)});
    const model::CaseResult result = prove_as(Placement::own, {spec("a", SpecStatus::timed_out)}, Outcome::timed_out);
    const std::string why = std::string("the image of its pod q could not be had: ") + status;
    EXPECT_EQ(result.outcome, Outcome::could_not_test) << status;
    EXPECT_EQ(result.reason, why);
    EXPECT_EQ(result.specs[0].status, SpecStatus::could_not_test);
    EXPECT_EQ(result.specs[0].message, why);
    EXPECT_EQ(result.specs[0].failure, "could not test: " + why + "\n\nit broke");
  }
}

TEST_F(ProofTest, ExcusesWhatFailedWhileTheApiServerWasLost) {
  evidence_.lost_in = {"a"};
  const model::CaseResult result =
      prove_as(Placement::own, {spec("a", SpecStatus::failed), spec("b")}, Outcome::failed);
  EXPECT_EQ(result.outcome, Outcome::could_not_test);
  EXPECT_EQ(result.reason, "the API server did not answer while it ran");
  EXPECT_EQ(result.specs[1].status, SpecStatus::passed);
}

TEST_F(ProofTest, ExcusesNoCaseOfWhichAnotherSpecFailed) {
  saw("a", {pod("q", {"win-0"}, "ErrImagePull")});
  const model::CaseResult result =
      prove_as(Placement::own, {spec("a", SpecStatus::failed), spec("b", SpecStatus::failed)}, Outcome::failed);
  EXPECT_EQ(result.outcome, Outcome::failed);
  EXPECT_EQ(result.specs[0].status, SpecStatus::could_not_test);
  EXPECT_EQ(result.specs[1].status, SpecStatus::failed);
}

TEST_F(ProofTest, DoesNotExcuseWhatFailedBeforeTheApiServerWasLost) {
  evidence_.lost_in = {"b"};
  const model::CaseResult result =
      prove_as(Placement::own, {spec("a", SpecStatus::failed), spec("b", SpecStatus::failed)}, Outcome::failed);
  EXPECT_EQ(result.outcome, Outcome::failed);
  EXPECT_EQ(result.specs[0].status, SpecStatus::failed);
  EXPECT_EQ(result.specs[1].status, SpecStatus::could_not_test);
}

TEST_F(ProofTest, ExcusesASuiteThatLostTheApiServerBeforeItsFirstSpec) {
  evidence_.lost_in = {""};
  const model::CaseResult result = prove_as(Placement::own, {spec("a", SpecStatus::cancelled)}, Outcome::failed);
  EXPECT_EQ(result.outcome, Outcome::could_not_test);
  EXPECT_EQ(result.reason, "the API server did not answer while it ran");
}

TEST_F(ProofTest, ExcusesNoCrash) {
  evidence_.lost_in = {"a"};
  EXPECT_EQ(prove_as(Placement::own, {spec("a", SpecStatus::failed)}, Outcome::crashed).outcome, Outcome::crashed);
}

TEST_F(ProofTest, SaysNothingOfSpecsThatWereNeverReached) {
  const model::CaseResult result = prove_as(Placement::windows, {spec("a", SpecStatus::cancelled)}, Outcome::cancelled);
  EXPECT_EQ(result.specs[0].pods, std::nullopt);
  EXPECT_EQ(result.outcome, Outcome::cancelled);
}

}  // namespace
}  // namespace opready::run
