// SPDX-License-Identifier: Apache-2.0
// The verdict and the exit status, by small runs.
#include "opready/model/verdict.hpp"

#include <algorithm>
#include <csignal>
#include <utility>

#include <gtest/gtest.h>

namespace opready::model {
namespace {

/// A case of `category` that ended with `outcome`.
CaseRecord ended(const std::string& category, const std::string& id, Outcome outcome) {
  CaseRecord record;
  record.planned.test.category = category;
  record.planned.test.id = id;
  AttemptRecord& attempt = record.attempts.emplace_back();
  attempt.finished = CaseFinished{.id = id, .duration = std::chrono::seconds(2)};
  attempt.finished->result.outcome = outcome;
  attempt.finished->result.reason = outcome == Outcome::passed ? "" : "its spec failed";
  return record;
}

CaseRecord proving(CaseRecord record, const std::string& item, Proves proves) {
  record.planned.test.kep = item;
  record.planned.test.proves = proves;
  record.planned.test.missing = "traffic from Linux";
  return record;
}

CaseRecord left_out(const std::string& category, const std::string& id, NotRun reason) {
  CaseRecord record;
  record.planned.test.category = category;
  record.planned.test.id = id;
  record.planned.not_run = reason;
  record.planned.not_run_detail = "why";
  return record;
}

RunRecord run_of(std::vector<CaseRecord> cases) {
  RunRecord record;
  record.cases = std::move(cases);
  for (const CaseRecord& item : record.cases) {
    auto& names = record.started.categories;
    if (std::find(names.begin(), names.end(), item.planned.test.category) == names.end()) {
      names.push_back(item.planned.test.category);
    }
  }
  record.started.cluster.windows_nodes_ready = 2;
  record.started.cluster.linux_nodes_ready = 2;
  record.finished = RunFinished{};
  return record;
}

std::vector<CaseRecord> whole_core(Outcome last) {
  return {ended("Core.Network", "a", Outcome::passed), ended("Core.Storage", "b", Outcome::passed),
          ended("Core.Scheduling", "c", Outcome::passed), ended("Core.Concurrent", "d", last)};
}

TEST(Verdict, IsReadyWhenAllOfCorePassed) {
  const Verdict verdict = judge(run_of(whole_core(Outcome::passed)));
  EXPECT_TRUE(verdict.whole_core);
  EXPECT_EQ(sentence(verdict), "Windows readiness: READY");
}

TEST(Verdict, IsNotReadyForOneFailure) {
  EXPECT_EQ(sentence(judge(run_of(whole_core(Outcome::failed)))), "Windows readiness: NOT READY, 1 of 4 cases failed");
}

TEST(Verdict, NamesWhatItIsAboutWhereCoreWasNotChosenWhole) {
  EXPECT_EQ(sentence(judge(run_of({ended("Core.Network", "a", Outcome::passed)}))),
            "Windows readiness of Core.Network: READY");
  RunRecord some = run_of(whole_core(Outcome::passed));
  some.started.whole_categories = false;
  EXPECT_EQ(sentence(judge(some)), "Windows readiness of some cases of 4 categories: READY");
}

TEST(Verdict, IsIncompleteWithTooFewNodes) {
  RunRecord record = run_of(whole_core(Outcome::passed));
  record.started.cluster.windows_nodes_ready = 1;
  const Verdict verdict = judge(record);
  EXPECT_EQ(sentence(verdict), "Windows readiness: INCOMPLETE, 1 point is not settled");
  ASSERT_EQ(verdict.reasons.size(), 1U);
  EXPECT_EQ(verdict.reasons[0], "1 Windows and 2 Linux nodes are ready; the KEP asks for 2 of each kind");
}

TEST(Verdict, IsIncompleteForWhatWasSkippedNotRunOrCouldNotBeTested) {
  for (const Outcome outcome :
       {Outcome::skipped, Outcome::crashed, Outcome::cancelled, Outcome::not_started, Outcome::no_report,
        Outcome::broken_report, Outcome::nothing_ran, Outcome::unproven, Outcome::could_not_test}) {
    const RunRecord record = run_of({ended("Core.Network", "a", outcome)});
    EXPECT_EQ(judge(record).readiness, Readiness::incomplete) << to_string(outcome);
  }
  EXPECT_EQ(judge(run_of({left_out("Core.Network", "a", NotRun::disruptive)})).readiness, Readiness::incomplete);
}

/// An unproven case of that placement, with a pod on a node of that system.
CaseRecord unproven(const std::string& id, Placement placement, const std::string& os) {
  CaseRecord record = ended("Core.Network", id, Outcome::unproven);
  record.planned.test.placement = placement;
  CaseResult& result = record.attempts[0].finished->result;
  result.reason = "it passed, but its pods were elsewhere";
  SpecResult& spec = result.specs.emplace_back();
  spec.status = SpecStatus::unproven;
  spec.pods = SpecPods{.nodes = {{{"n", os, ""}, 1}}};
  return record;
}

TEST(Verdict, NamesWhatIsUnprovenOrCouldNotBeTested) {
  const Verdict verdict = judge(
      run_of({unproven("a", Placement::windows, "linux"), unproven("b", Placement::mixed, "linux"),
              unproven("c", Placement::windows, "windows"), ended("Core.Network", "d", Outcome::could_not_test)}));
  EXPECT_EQ(
      sentence(verdict),
      "Windows readiness of Core.Network: INCOMPLETE, 4 points are not settled (3 cases unproven, 1 case could not "
      "be tested)");
  EXPECT_EQ(verdict.settled_by_placing, 1);
  EXPECT_EQ(verdict.categories[0].reasons,
            (std::vector<std::string>{"a: unproven: it passed, but its pods were elsewhere (run with --place)",
                                      "b: unproven: it passed, but its pods were elsewhere",
                                      "c: unproven: it passed, but its pods were elsewhere",
                                      "d: could not test: its spec failed"}));
}

TEST(Verdict, AdvisesNothingToThoseWhoPlacedPods) {
  RunRecord record = run_of({unproven("a", Placement::windows, "linux")});
  record.started.placement = "policy";
  EXPECT_EQ(judge(record).settled_by_placing, 0);
  EXPECT_EQ(judge(record).categories[0].reasons[0], "a: unproven: it passed, but its pods were elsewhere");
}

TEST(Verdict, IsReadyExceptForItemsThatAreProvedInPart) {
  const Verdict verdict =
      judge(run_of({proving(ended("Core.Network", "a", Outcome::passed), "Core.Network.1", Proves::part),
                    left_out("Core.Network", "b", NotRun::no_upstream_spec)}));
  EXPECT_EQ(sentence(verdict),
            "Windows readiness of Core.Network: READY EXCEPT for 2 cases that prove their item in part or not at all");
  ASSERT_EQ(verdict.categories.size(), 1U);
  EXPECT_EQ(verdict.categories[0].reasons[0], "a: proved in part: traffic from Linux");
}

TEST(Verdict, IsReadyWhereAnotherCaseProvesTheWholeItem) {
  const Verdict verdict =
      judge(run_of({proving(ended("Core.Network", "a", Outcome::passed), "Core.Network.1", Proves::part),
                    proving(ended("Core.Network", "b", Outcome::passed), "Core.Network.1", Proves::all)}));
  EXPECT_EQ(sentence(verdict), "Windows readiness of Core.Network: READY");
}

TEST(Verdict, IsNotGatedByExtendCategoriesBesideCore) {
  std::vector<CaseRecord> cases = whole_core(Outcome::passed);
  cases.push_back(ended("Extend.Worker", "e", Outcome::failed));
  const Verdict verdict = judge(run_of(cases));
  EXPECT_EQ(sentence(verdict), "Windows readiness: READY");
  EXPECT_EQ(verdict.categories.back().readiness, Readiness::not_ready) << "it's shown all the same";
  EXPECT_EQ(sentence(judge(run_of({ended("Extend.Worker", "e", Outcome::failed)}))),
            "Windows readiness of Extend.Worker: NOT READY, 1 of 1 case failed");
}

TEST(Verdict, IsNotGivenForWhatLiesOutsideTheKep) {
  EXPECT_EQ(sentence(judge(run_of({ended("Extra.Windows", "e", Outcome::failed)}))),
            "Windows readiness of Extra.Windows: no verdict, the chosen cases lie outside the KEP");
}

TEST(Verdict, CountsEveryCaseOnce) {
  const Verdict verdict = judge(
      run_of({ended("X", "a", Outcome::passed), ended("X", "b", Outcome::timed_out), ended("X", "c", Outcome::skipped),
              ended("X", "d", Outcome::cancelled), left_out("X", "e", NotRun::selects_nothing),
              ended("X", "f", Outcome::unproven), ended("X", "g", Outcome::could_not_test)}));
  EXPECT_EQ(verdict.counts.total, 7);
  EXPECT_EQ(verdict.counts.passed, 1);
  EXPECT_EQ(verdict.counts.failed, 2);
  EXPECT_EQ(verdict.counts.unproven, 1);
  EXPECT_EQ(verdict.counts.could_not_test, 1);
  EXPECT_EQ(verdict.counts.skipped, 1);
  EXPECT_EQ(verdict.counts.not_run, 1);
}

TEST(ExitStatus, SaysWhatHappened) {
  EXPECT_EQ(exit_status(run_of({ended("X", "a", Outcome::passed)}), false), 0);
  EXPECT_EQ(exit_status(run_of({ended("X", "a", Outcome::passed), ended("X", "b", Outcome::failed)}), false), 1);
  EXPECT_EQ(exit_status(run_of({ended("X", "a", Outcome::passed), left_out("X", "b", NotRun::selects_nothing)}), false),
            1);
  EXPECT_EQ(exit_status(run_of({ended("X", "a", Outcome::passed), ended("X", "b", Outcome::skipped)}), false), 0);
  EXPECT_EQ(exit_status(run_of({ended("X", "a", Outcome::passed), ended("X", "b", Outcome::unproven)}), false), 1);
  EXPECT_EQ(exit_status(run_of({ended("X", "a", Outcome::passed), ended("X", "b", Outcome::could_not_test)}), false),
            1);
  EXPECT_EQ(exit_status(run_of({ended("X", "a", Outcome::skipped)}), false), 4) << "nothing ran";
}

TEST(ExitStatus, DemandsReadinessWhereAsked) {
  const RunRecord record = run_of({ended("X", "a", Outcome::passed), ended("X", "b", Outcome::skipped)});
  EXPECT_EQ(exit_status(record, true), 5);
  EXPECT_EQ(exit_status(run_of({ended("X", "a", Outcome::passed)}), true), 0);
}

TEST(ExitStatus, NamesTheSignalThatStoppedTheRun) {
  RunRecord record = run_of({ended("X", "a", Outcome::failed)});
  record.finished->stopped_by = SIGTERM;
  EXPECT_EQ(exit_status(record, false), 128 + SIGTERM);
}

TEST(ExitStatus, IsAFailureForARunWithoutAnEnd) {
  RunRecord record = run_of({ended("X", "a", Outcome::passed)});
  record.finished.reset();
  EXPECT_EQ(exit_status(record, false), 1);
}

/// Failed, then passed.
CaseRecord flaky(const std::string& id) {
  CaseRecord record = ended("X", id, Outcome::failed);
  record.attempts.push_back(ended("X", id, Outcome::passed).attempts.front());
  return record;
}

TEST(Flaky, CountsAsPassed) {
  const RunRecord record = run_of({flaky("a"), ended("X", "b", Outcome::passed)});
  const Verdict verdict = judge(record);
  EXPECT_EQ(verdict.counts.passed, 2);
  EXPECT_EQ(verdict.counts.flaky, 1);
  EXPECT_EQ(verdict.readiness, Readiness::ready);
  EXPECT_EQ(exit_status(record, false), 0);
}

TEST(Flaky, CountsAsFailedWhereTheUserWantsIt) {
  RunRecord record = run_of({flaky("a"), ended("X", "b", Outcome::passed)});
  record.started.flaky_fails = true;
  const Verdict verdict = judge(record);
  EXPECT_EQ(verdict.counts.passed, 1);
  EXPECT_EQ(verdict.counts.failed, 1);
  EXPECT_EQ(verdict.counts.flaky, 1);
  EXPECT_EQ(verdict.readiness, Readiness::not_ready);
  EXPECT_EQ(verdict.categories.at(0).reasons, std::vector<std::string>{"a: flaky: it failed before it passed"});
  EXPECT_EQ(exit_status(record, false), 1);
}

TEST(ExitStatus, IsAFailureWhereTheRunWasCutShort) {
  RunRecord record = run_of({ended("X", "a", Outcome::passed)});
  record.stop = StopRequested{.reason = StopReason::time_limit};
  EXPECT_EQ(exit_status(record, false), 1);
}

TEST(Verdict, IsAShardsOwnWhereRunsShareAPlan) {
  RunRecord record = run_of(whole_core(Outcome::passed));
  record.started.shard = {2, 4};
  EXPECT_FALSE(judge(record).whole_core);
  EXPECT_EQ(sentence(judge(record)), "Windows readiness of shard 2 of 4 of 4 categories: READY");
}

TEST(Verdict, IsNoneOfAShardWithoutCases) {
  RunRecord record = run_of({});
  record.started.categories = {"Core.Network"};
  record.started.shard = {2, 4};
  EXPECT_EQ(sentence(judge(record)),
            "Windows readiness of shard 2 of 4 of Core.Network: no verdict, no case fell to it");
  EXPECT_EQ(exit_status(record, true), 0);
}

TEST(ExitStatus, OfAShardIsThatOfItsFailures) {
  RunRecord record = run_of({ended("Core.Network", "a", Outcome::skipped)});
  EXPECT_EQ(exit_status(record, false), 4);
  record.started.shard = {2, 4};
  EXPECT_EQ(exit_status(record, false), 0);
  record.cases.push_back(ended("Core.Network", "b", Outcome::failed));
  EXPECT_EQ(exit_status(record, false), 1);
}

}  // namespace
}  // namespace opready::model
