// SPDX-License-Identifier: Apache-2.0
// Events fold into what reports show.
#include <csignal>
#include <utility>

#include <gtest/gtest.h>

#include "opready/model/attempts.hpp"

namespace opready::model {
namespace {

PlannedCase planned(const std::string& id) {
  PlannedCase result;
  result.test.id = id;
  return result;
}

RunStarted run_of(std::vector<PlannedCase> cases) {
  RunStarted started;
  started.run_id = "42";
  started.plan.cases = std::move(cases);
  return started;
}

RunRecord fold(const std::vector<Event>& events) {
  RunRecord record;
  for (const Event& event : events) {
    apply(record, event);
  }
  return record;
}

CaseFinished finished(const std::string& id, int attempt, Outcome outcome) {
  CaseFinished event{.id = id, .attempt = attempt, .duration = std::chrono::seconds(attempt)};
  event.result.outcome = outcome;
  return event;
}

TEST(RunRecord, KeepsThePlansOrderWhateverTheOrderOfEvents) {
  const RunRecord record = fold({run_of({planned("a"), planned("b")}), CaseStarted{.id = "b"}, CaseStarted{.id = "a"},
                                 finished("a", 1, Outcome::passed), finished("b", 1, Outcome::failed)});
  ASSERT_EQ(record.cases.size(), 2U);
  EXPECT_EQ(result_of(record.cases[0]).outcome, Outcome::passed);
  EXPECT_EQ(result_of(record.cases[1]).outcome, Outcome::failed);
}

TEST(RunRecord, JudgesByTheLastAttemptAndAddsUpTheirTime) {
  const RunRecord record =
      fold({run_of({planned("a")}), CaseStarted{.id = "a", .attempt = 1}, finished("a", 1, Outcome::failed),
            CaseStarted{.id = "a", .attempt = 2}, finished("a", 2, Outcome::passed)});
  EXPECT_EQ(record.cases[0].attempts.size(), 2U);
  EXPECT_EQ(result_of(record.cases[0]).outcome, Outcome::passed);
  EXPECT_EQ(duration_of(record.cases[0]), std::chrono::seconds(3));
}

TEST(RunRecord, TellsWhatWasNotRunAndWhy) {
  PlannedCase nothing = planned("nothing");
  nothing.not_run = NotRun::selects_nothing;
  nothing.not_run_detail = "its focus selects none of 7579 specs";
  PlannedCase disruptive = planned("disruptive");
  disruptive.not_run = NotRun::disruptive;
  disruptive.not_run_detail = "it reboots nodes";
  const RunRecord record = fold({run_of({nothing, disruptive, planned("late")})});
  EXPECT_EQ(result_of(record.cases[0]).outcome, Outcome::nothing_selected);
  EXPECT_EQ(result_of(record.cases[0]).reason, "its focus selects none of 7579 specs");
  EXPECT_EQ(result_of(record.cases[1]).outcome, Outcome::not_run);
  EXPECT_EQ(result_of(record.cases[1]).reason, "it reboots nodes");
  EXPECT_EQ(result_of(record.cases[2]).reason, "the run ended before its turn");
}

TEST(RunRecord, CallsACaseCancelledWhereARunWasKilledInItsMiddle) {
  const RunRecord record = fold({run_of({planned("a")}), CaseStarted{.id = "a"}});
  EXPECT_EQ(result_of(record.cases[0]).outcome, Outcome::cancelled);
  EXPECT_FALSE(record.finished);
}

TEST(RunRecord, KeepsTheFirstStopOnly) {
  const RunRecord record = fold({run_of({}), StopRequested{.signal = SIGINT}, StopRequested{.signal = SIGTERM}});
  EXPECT_EQ(record.stop->signal, SIGINT);
}

TEST(RunRecord, IgnoresEventsAboutCasesItDoesNotKnow) {
  const RunRecord record = fold({run_of({}), CaseStarted{.id = "x"}, finished("x", 1, Outcome::passed)});
  EXPECT_TRUE(record.cases.empty());
}

TEST(RunRecord, KeepsTheRunIdThatE2eTestToldOfTheAttemptThatToldIt) {
  const RunRecord record =
      fold({run_of({planned("a")}), CaseStarted{.id = "a", .attempt = 1}, CaseStarted{.id = "a", .attempt = 2},
            E2eRunStarted{.id = "a", .attempt = 1, .e2e_run = "one"}, E2eRunStarted{.id = "a", .attempt = 3},
            E2eRunStarted{.id = "x", .attempt = 1}});
  EXPECT_EQ(record.cases[0].attempts[0].e2e_run, "one");
  EXPECT_EQ(record.cases[0].attempts[1].e2e_run, "");
}

TEST(RunRecord, CreditsAnAttemptToTheCasesInWhoseSteadItRuns) {
  PlannedCase twin = planned("b");
  twin.same_as = "a";
  const RunRecord record = fold({run_of({planned("a"), twin}), CaseStarted{.id = "a"},
                                 E2eRunStarted{.id = "a", .e2e_run = "one"}, finished("a", 1, Outcome::passed)});
  EXPECT_EQ(result_of(record.cases[1]).outcome, Outcome::passed);
  EXPECT_EQ(record.cases[1].attempts[0].started.id, "a");
  EXPECT_EQ(record.cases[1].attempts[0].e2e_run, "one");
}

TEST(RunRecord, KnowsItsCasesWhereverItIsCopied) {
  PlannedCase twin = planned("c");
  twin.same_as = "b";
  const RunRecord begun = fold({run_of({planned("a"), planned("b"), twin})});
  RunRecord copy = begun;
  apply(copy, CaseStarted{.id = "b"});
  apply(copy, finished("b", 1, Outcome::failed));
  EXPECT_TRUE(copy.cases[0].attempts.empty());
  EXPECT_EQ(result_of(copy.cases[1]).outcome, Outcome::failed);
  EXPECT_EQ(result_of(copy.cases[2]).outcome, Outcome::failed);
  EXPECT_TRUE(begun.cases[1].attempts.empty());
}

TEST(RunRecord, ForgetsTheCasesOfAnEarlierStart) {
  const RunRecord record = fold(
      {run_of({planned("a"), planned("b")}), run_of({planned("b")}), CaseStarted{.id = "a"}, CaseStarted{.id = "b"}});
  ASSERT_EQ(record.cases.size(), 1U);
  EXPECT_EQ(record.cases[0].attempts.size(), 1U);
}

TEST(RunRecord, CreditsEachOfSeveralCasesOfOneName) {
  const RunRecord record = fold({run_of({planned("a"), planned("a")}), CaseStarted{.id = "a"}});
  EXPECT_EQ(record.cases[0].attempts.size(), 1U);
  EXPECT_EQ(record.cases[1].attempts.size(), 1U);
}

TEST(RunRecord, KeepsTheCasesOfOtherShardsApart) {
  PlannedCase other = planned("b");
  other.not_run = NotRun::other_shard;
  const RunRecord record = fold({run_of({planned("a"), other})});
  ASSERT_EQ(record.cases.size(), 1U);
  ASSERT_EQ(record.in_other_shards.size(), 1U);
  EXPECT_EQ(record.in_other_shards[0].test.id, "b");
}

TEST(RunRecord, ForgetsTheEarlyEndOfARunThatGoesOn) {
  const RunRecord record =
      fold({run_of({planned("a")}), CaseStarted{.id = "a"}, StopRequested{.signal = SIGINT},
            RunFinished{.stopped_by = SIGINT}, NamespacesLeft{.namespaces = {{"x", "a"}}}, RunResumed{.jobs = 3}});
  EXPECT_FALSE(record.stop);
  EXPECT_FALSE(record.finished);
  EXPECT_TRUE(record.namespaces_left.empty());
  EXPECT_EQ(record.cases[0].attempts.size(), 1U);
  ASSERT_EQ(record.resumed.size(), 1U);
  EXPECT_EQ(record.resumed[0].jobs, 3);
}

TEST(RunRecord, GoesOnAsTheResumedRunSays) {
  RunStarted start = run_of({});
  start.labels = {{"pool", "a"}};
  const RunRecord record = fold({start, RunResumed{.labels = {{"pool", "b"}}, .flaky_fails = true}});
  EXPECT_EQ(record.started.labels, (std::map<std::string, std::string>{{"pool", "b"}}));
  EXPECT_TRUE(record.started.flaky_fails);
}

TEST(RunRecord, GathersWhatEvidenceLacksFromTheStartOn) {
  RunStarted start = run_of({});
  start.evidence_lacks = {"--no-evidence was given"};
  const RunRecord record = fold({start, EvidenceLacks{.why = "a gap"}});
  EXPECT_EQ(record.evidence_lacks, (std::vector<std::string>{"--no-evidence was given", "a gap"}));
}

TEST(RunRecord, TellsItsWholePlan) {
  RunStarted started;
  started.run_id = "run";
  for (const char* id : {"a", "b", "c"}) {
    started.plan.cases.emplace_back().test.id = id;
  }
  started.plan.cases[1].not_run = NotRun::other_shard;
  RunRecord record;
  apply(record, started);
  std::string ids;
  for (const PlannedCase& planned : beginning_of(record).plan.cases) {
    ids += planned.test.id;
  }
  EXPECT_EQ(ids, "acb");
  EXPECT_EQ(beginning_of(record).run_id, "run");
}

}  // namespace
}  // namespace opready::model
