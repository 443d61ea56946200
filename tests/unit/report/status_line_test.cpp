// SPDX-License-Identifier: Apache-2.0
// Pictures of the status line.
#include "opready/report/status_line.hpp"

#include <utility>

#include <gtest/gtest.h>

#include "sample_run.hpp"

namespace opready::report {
namespace {

using namespace std::chrono_literals;
using testing::finished;
using testing::sample_case;
using testing::started;

constexpr std::size_t kWide = 200;

base::SteadyTime at(std::chrono::milliseconds time) {
  return base::SteadyTime{} + time;
}

model::RunStarted run_of(int cases, int jobs) {
  model::RunStarted start;
  start.jobs = jobs;
  for (int number = 1; number <= cases; ++number) {
    start.plan.cases.push_back(sample_case("Core.Network", "case-" + std::to_string(number), 1));
  }
  return start;
}

model::CaseResult with(model::Outcome outcome) {
  model::CaseResult result;
  result.outcome = outcome;
  return result;
}

StatusLine under_way() {
  StatusLine status;
  status.on_event(run_of(5, 2));
  status.on_event(started("case-1"));
  status.on_tick(at(0s));
  return status;
}

void print(StatusLine& status, std::string_view id, std::string_view text) {
  status.on_output({id, text, true, true, testing::sample_time()});
}

TEST(StatusLine, SaysNothingWhileNoCaseRuns) {
  StatusLine status;
  status.on_event(run_of(5, 2));
  status.on_tick(at(0s));
  EXPECT_EQ(status.text(kWide), "");
}

TEST(StatusLine, NamesRunningCasesWithTheirElapsedTime) {
  StatusLine status = under_way();
  status.on_tick(at(42s));
  status.on_event(started("case-2"));
  EXPECT_EQ(status.text(kWide), "0 of 5 done, 42s | case-1 42s | case-2 0.0s");
}

TEST(StatusLine, CountsOnlyCasesThatWillRun) {
  StatusLine status;
  status.on_event(testing::sample_start());
  status.on_event(started("core-network-dns"));
  EXPECT_EQ(status.text(kWide), "0 of 5 done, 0.0s | core-network-dns 0.0s");
}

TEST(StatusLine, ShowsTheLastStepOfACaseWithoutItsTime) {
  StatusLine status = under_way();
  print(status, "case-1", "  STEP: Creating a pod @ 01/31/26 08:15:30.123");
  print(status, "case-1", "an ordinary line about a STEP: no");
  print(status, "case-9", "STEP: of a case that doesn't run");
  EXPECT_EQ(status.text(kWide), "0 of 5 done, 0.0s | case-1 0.0s: Creating a pod");
  print(status, "case-1", "STEP: Deleting \x1b[31mit\xff");
  EXPECT_EQ(status.text(kWide), "0 of 5 done, 0.0s | case-1 0.0s: Deleting it\xEF\xBF\xBD");
}

TEST(StatusLine, TakesNoStepFromTheMiddleOfALongLine) {
  StatusLine status = under_way();
  status.on_output({"case-1", "STEP: inside", false, true, testing::sample_time()});
  EXPECT_EQ(status.text(kWide), "0 of 5 done, 0.0s | case-1 0.0s");
}

TEST(StatusLine, EstimatesTheRestFromTheMeanOfFinishedCases) {
  StatusLine status = under_way();
  status.on_event(finished("case-1", 100s, with(model::Outcome::passed)));
  status.on_event(started("case-2"));
  status.on_tick(at(100s));
  status.on_tick(at(140s));
  // 3 waiting at 100 s each, 60 s of the running one, on two lanes.
  EXPECT_EQ(status.text(kWide), "1 of 5 done, 2m20s, about 3m left | case-2 40s");
}

TEST(StatusLine, EstimatesNothingOnceTheRestIsOverdue) {
  StatusLine status;
  status.on_event(run_of(2, 1));
  status.on_event(started("case-1"));
  status.on_tick(at(0s));
  status.on_event(finished("case-1", 10s, with(model::Outcome::failed)));
  status.on_event(started("case-2"));
  status.on_tick(at(10s));
  EXPECT_EQ(status.text(kWide), "1 of 2 done, 1 failed, 10s, about 10s left | case-2 0.0s");
  status.on_tick(at(25s));
  EXPECT_EQ(status.text(kWide), "1 of 2 done, 1 failed, 25s | case-2 15s");
}

TEST(StatusLine, RoundsLongEstimates) {
  StatusLine status;
  status.on_event(run_of(3, 1));
  status.on_event(started("case-1"));
  status.on_event(finished("case-1", 61min, with(model::Outcome::passed)));
  status.on_event(started("case-2"));
  EXPECT_EQ(status.text(kWide), "1 of 3 done, 0.0s, about 2h10m left | case-2 0.0s");
}

TEST(StatusLine, CountsDoubtsInTheirOwnWords) {
  StatusLine status;
  status.on_event(run_of(6, 1));
  int number = 0;
  for (const model::Outcome outcome : {model::Outcome::unproven, model::Outcome::crashed, model::Outcome::unproven,
                                       model::Outcome::could_not_test, model::Outcome::passed}) {
    status.on_event(finished("case-" + std::to_string(++number), 0s, with(outcome)));
  }
  status.on_event(started("case-6"));
  EXPECT_EQ(status.text(kWide), "5 of 6 done, 1 failed, 2 unproven, 1 could not be tested, 0.0s | case-6 0.0s");
}

TEST(StatusLine, ACaseThatIsTriedAgainIsNotDone) {
  StatusLine status = under_way();
  status.on_event(finished("case-1", 10s, with(model::Outcome::failed)));
  status.on_event(started("case-1", 2));
  EXPECT_EQ(status.text(kWide).substr(0, 11), "0 of 5 done");
}

TEST(StatusLine, ShowsTheLastStepOfALaterAttempt) {
  StatusLine status = under_way();
  print(status, "case-1", "STEP: Creating a pod");
  status.on_event(finished("case-1", 10s, with(model::Outcome::failed)));
  status.on_event(started("case-1", 2));
  EXPECT_EQ(status.text(kWide), "0 of 5 done, 0.0s, about 30s left | case-1 (attempt 2) 0.0s");
  print(status, "case-1", "STEP: Creating another pod");
  status.on_tick(at(2s));
  EXPECT_EQ(status.text(kWide), "0 of 5 done, 2.0s, about 30s left | case-1 (attempt 2) 0.0s: Creating another pod");
}

TEST(StatusLine, CountsFlakes) {
  StatusLine status;
  status.on_event(run_of(3, 1));
  status.on_event(finished("case-1", 0s, with(model::Outcome::failed)));
  status.on_event(finished("case-1", 0s, with(model::Outcome::passed), 2));
  status.on_event(finished("case-2", 0s, with(model::Outcome::crashed)));
  status.on_event(started("case-3"));
  EXPECT_EQ(status.text(kWide), "2 of 3 done, 1 failed, 1 flaky, 0.0s | case-3 0.0s");
}

TEST(StatusLine, LeavesOutCasesInWhoseSteadAnotherRuns) {
  model::RunStarted start = run_of(3, 1);
  start.plan.cases[1].same_as = "case-1";
  StatusLine status;
  status.on_event(start);
  EXPECT_EQ(status.done_text(), "0 of 2");
}

TEST(StatusLine, NamesACaseThatRunsLongOnceAndAgainEachTimeThatHasDoubled) {
  using Lines = std::vector<std::string>;
  StatusLine status = under_way();
  status.on_event(started("case-2", 2));
  print(status, "case-1", "STEP: Creating a pod");
  status.on_tick(at(5min - 1s));
  EXPECT_EQ(status.newly_slow(5min), Lines());
  status.on_tick(at(5min));
  EXPECT_EQ(status.newly_slow(5min), Lines{"case-1 has run for 5m: Creating a pod"});
  EXPECT_EQ(status.newly_slow(5min), Lines());
  // The second began with the tick after its start.
  status.on_tick(at(10min - 1s));
  EXPECT_EQ(status.newly_slow(5min), Lines{"case-2 (attempt 2) has run for 5m"});
  print(status, "case-1", "STEP: Deleting it");
  status.on_tick(at(10min));
  EXPECT_EQ(status.newly_slow(5min), Lines{"case-1 has run for 10m: Deleting it"});
  // As after a night in which the machine slept.
  status.on_tick(at(100min));
  EXPECT_EQ(status.newly_slow(5min),
            (Lines{"case-1 has run for 1h20m: Deleting it", "case-2 (attempt 2) has run for 1h20m"}));
}

TEST(StatusLine, TakesTheTimeOfEachAttemptByItself) {
  StatusLine status = under_way();
  status.on_tick(at(5min));
  EXPECT_EQ(status.newly_slow(5min).size(), 1U);
  status.on_event(finished("case-1", 5min, with(model::Outcome::failed)));
  status.on_event(started("case-1", 2));
  status.on_tick(at(6min));
  EXPECT_TRUE(status.newly_slow(5min).empty());
  status.on_tick(at(11min));
  EXPECT_EQ(status.newly_slow(5min), std::vector<std::string>{"case-1 (attempt 2) has run for 5m"});
}

/// Of five cases one passed, one failed and then passed, one was cut off by a stop and one by the end of the process.
model::RunRecord interrupted() {
  model::RunRecord record;
  for (const model::Event& event : std::vector<model::Event>{
           run_of(5, 1), started("case-1"), finished("case-1", 10s, with(model::Outcome::passed)), started("case-2"),
           finished("case-2", 10s, with(model::Outcome::failed)), started("case-2", 2),
           finished("case-2", 10s, with(model::Outcome::passed), 2), started("case-3"),
           finished("case-3", 10s, with(model::Outcome::cancelled)), started("case-4")}) {
    model::apply(record, event);
  }
  return record;
}

TEST(StatusLine, TakesUpWhereARunEnded) {
  StatusLine status;
  status.restore(interrupted());
  EXPECT_EQ(status.text(kWide), "");
  status.on_event(model::RunResumed{.jobs = 2});
  EXPECT_EQ(status.done_text(), "2 of 5");
  status.on_event(started("case-3", 2));
  status.on_event(started("case-4", 2));
  // One of 10 s waits, two have just begun, on two lanes.
  EXPECT_EQ(status.text(kWide),
            "2 of 5 done, 1 flaky, 0.0s, about 20s left | case-3 (attempt 2) 0.0s | case-4 (attempt 2) 0.0s");
}

TEST(StatusLine, SaysThatItStops) {
  StatusLine status = under_way();
  status.on_event(model::StopRequested{testing::sample_time(), 2});
  EXPECT_EQ(status.text(kWide), "stopping: 0 of 5 done, 0.0s | case-1 0.0s");
  status.on_event(model::RunFinished{testing::sample_time(), 1s, 2});
  EXPECT_EQ(status.text(kWide), "");
}

TEST(StatusLine, SharesTheWidthAmongRunningCases) {
  StatusLine status = under_way();
  status.on_event(started("case-2"));
  print(status, "case-1", "STEP: Waiting for something that takes long");
  print(status, "case-2", "STEP: Waiting for something else");
  EXPECT_EQ(status.text(70), "0 of 5 done, 0.0s | case-1 0.0s: Waiting f… | case-2 0.0s: Waiting fo…");
}

TEST(StatusLine, GivesALongCaseWhatAShortOneLeavesOver) {
  StatusLine status = under_way();
  status.on_event(started("case-2"));
  print(status, "case-2", "STEP: Waiting for something else");
  EXPECT_EQ(status.text(70), "0 of 5 done, 0.0s | case-1 0.0s | case-2 0.0s: Waiting for something …");
}

TEST(StatusLine, NeverExceedsTheWidth) {
  StatusLine status = under_way();
  status.on_event(started("case-2"));
  EXPECT_EQ(status.text(20), "0 of 5 done, 0.0s |…");
  EXPECT_EQ(status.text(0), "");
}

}  // namespace
}  // namespace opready::report
