// SPDX-License-Identifier: Apache-2.0
// Pictures of the status lines.
#include "opready/report/status_lines.hpp"

#include <utility>

#include <gtest/gtest.h>

#include "sample_run.hpp"

namespace opready::report {
namespace {

using namespace std::chrono_literals;
using testing::finished;
using testing::sample_case;
using testing::started;

/// Without a bar, and with a separator between lines.
std::string text_of(const StatusLines& status) {
  std::string text;
  for (const std::string& line : status.lines({200, 24})) {
    text += text.empty() ? line.substr(line.find(']') + 2) : " | " + line.substr(line.find_first_not_of(' '));
  }
  return text;
}

using Lines = std::vector<std::string>;

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

StatusLines under_way() {
  StatusLines status;
  status.on_event(run_of(5, 2));
  status.on_event(started("case-1"));
  status.on_tick(at(0s));
  return status;
}

void print(StatusLines& status, std::string_view id, std::string_view text) {
  status.on_output({id, text, true, true, testing::sample_time()});
}

TEST(StatusLines, SaysNothingWhileNoCaseRuns) {
  StatusLines status;
  status.on_event(run_of(5, 2));
  status.on_tick(at(0s));
  EXPECT_EQ(text_of(status), "");
}

TEST(StatusLines, NamesRunningCasesWithTheirElapsedTime) {
  StatusLines status = under_way();
  status.on_tick(at(42s));
  status.on_event(started("case-2"));
  EXPECT_EQ(text_of(status), "0 of 5 done, 42s | 42s case-1 | 0.0s case-2");
}

TEST(StatusLines, CountsOnlyCasesThatWillRun) {
  StatusLines status;
  status.on_event(testing::sample_start());
  status.on_event(started("core-network-dns"));
  EXPECT_EQ(text_of(status), "0 of 5 done, 0.0s | 0.0s core-network-dns");
}

TEST(StatusLines, ShowsTheLastStepOfACaseWithoutItsTime) {
  StatusLines status = under_way();
  print(status, "case-1", "  STEP: Creating a pod @ 01/31/26 08:15:30.123");
  print(status, "case-1", "an ordinary line about a STEP: no");
  print(status, "case-9", "STEP: of a case that doesn't run");
  EXPECT_EQ(text_of(status), "0 of 5 done, 0.0s | 0.0s case-1: Creating a pod");
  print(status, "case-1", "STEP: Deleting \x1b[31mit\xff");
  EXPECT_EQ(text_of(status), "0 of 5 done, 0.0s | 0.0s case-1: Deleting it\xEF\xBF\xBD");
}

TEST(StatusLines, TakesNoStepFromTheMiddleOfALongLine) {
  StatusLines status = under_way();
  status.on_output({"case-1", "STEP: inside", false, true, testing::sample_time()});
  EXPECT_EQ(text_of(status), "0 of 5 done, 0.0s | 0.0s case-1");
}

TEST(StatusLines, EstimatesTheRestFromTheMeanOfFinishedCases) {
  StatusLines status = under_way();
  status.on_event(finished("case-1", 100s, with(model::Outcome::passed)));
  status.on_event(started("case-2"));
  status.on_tick(at(100s));
  status.on_tick(at(140s));
  // 3 waiting at 100 s each, 60 s of the running one, on two lanes.
  EXPECT_EQ(text_of(status), "1 of 5 done, 2m20s, about 3m left | 40s case-2");
}

TEST(StatusLines, EstimatesNothingOnceTheRestIsOverdue) {
  StatusLines status;
  status.on_event(run_of(2, 1));
  status.on_event(started("case-1"));
  status.on_tick(at(0s));
  status.on_event(finished("case-1", 10s, with(model::Outcome::failed)));
  status.on_event(started("case-2"));
  status.on_tick(at(10s));
  EXPECT_EQ(text_of(status), "1 of 2 done, 1 failed, 10s, about 10s left | 0.0s case-2");
  status.on_tick(at(25s));
  EXPECT_EQ(text_of(status), "1 of 2 done, 1 failed, 25s | 15s case-2");
}

TEST(StatusLines, RoundsLongEstimates) {
  StatusLines status;
  status.on_event(run_of(3, 1));
  status.on_event(started("case-1"));
  status.on_event(finished("case-1", 61min, with(model::Outcome::passed)));
  status.on_event(started("case-2"));
  EXPECT_EQ(text_of(status), "1 of 3 done, 0.0s, about 2h10m left | 0.0s case-2");
}

TEST(StatusLines, CountsDoubtsInTheirOwnWords) {
  StatusLines status;
  status.on_event(run_of(6, 1));
  int number = 0;
  for (const model::Outcome outcome : {model::Outcome::unproven, model::Outcome::crashed, model::Outcome::unproven,
                                       model::Outcome::could_not_test, model::Outcome::passed}) {
    status.on_event(finished("case-" + std::to_string(++number), 0s, with(outcome)));
  }
  status.on_event(started("case-6"));
  EXPECT_EQ(text_of(status), "5 of 6 done, 1 failed, 2 unproven, 1 could not be tested, 0.0s | 0.0s case-6");
}

TEST(StatusLines, ACaseThatIsTriedAgainIsNotDone) {
  StatusLines status = under_way();
  status.on_event(finished("case-1", 10s, with(model::Outcome::failed)));
  status.on_event(started("case-1", 2));
  EXPECT_EQ(text_of(status).substr(0, 11), "0 of 5 done");
}

TEST(StatusLines, ShowsTheLastStepOfALaterAttempt) {
  StatusLines status = under_way();
  print(status, "case-1", "STEP: Creating a pod");
  status.on_event(finished("case-1", 10s, with(model::Outcome::failed)));
  status.on_event(started("case-1", 2));
  EXPECT_EQ(text_of(status), "0 of 5 done, 0.0s, about 30s left | 0.0s case-1 (attempt 2)");
  print(status, "case-1", "STEP: Creating another pod");
  status.on_tick(at(2s));
  EXPECT_EQ(text_of(status), "0 of 5 done, 2.0s, about 30s left | 0.0s case-1 (attempt 2): Creating another pod");
}

TEST(StatusLines, CountsFlakes) {
  StatusLines status;
  status.on_event(run_of(3, 1));
  status.on_event(finished("case-1", 0s, with(model::Outcome::failed)));
  status.on_event(finished("case-1", 0s, with(model::Outcome::passed), 2));
  status.on_event(finished("case-2", 0s, with(model::Outcome::crashed)));
  status.on_event(started("case-3"));
  EXPECT_EQ(text_of(status), "2 of 3 done, 1 failed, 1 flaky, 0.0s | 0.0s case-3");
}

TEST(StatusLines, CountsACaseByTheLastOfItsAttemptsThatEnded) {
  StatusLines status;
  status.on_event(run_of(2, 1));
  status.on_event(started("case-2"));
  const std::pair<model::Outcome, std::string> table[] = {
      {model::Outcome::unproven, "1 of 2 done, 1 unproven"},
      {model::Outcome::passed, "1 of 2 done, 1 flaky"},
      {model::Outcome::failed, "1 of 2 done, 1 failed"},
      {model::Outcome::passed, "1 of 2 done, 1 flaky"},
      {model::Outcome::skipped, "1 of 2 done"},
  };
  int attempt = 0;
  for (const auto& [outcome, expected] : table) {
    status.on_event(started("case-1", ++attempt));
    EXPECT_EQ(text_of(status).substr(0, 17), "0 of 2 done, 0.0s");
    status.on_event(finished("case-1", 0s, with(outcome), attempt));
    EXPECT_EQ(text_of(status), expected + ", 0.0s | 0.0s case-2");
  }
}

TEST(StatusLines, LeavesOutCasesInWhoseSteadAnotherRuns) {
  model::RunStarted start = run_of(3, 1);
  start.plan.cases[1].same_as = "case-1";
  StatusLines status;
  status.on_event(start);
  EXPECT_EQ(status.done_text(), "0 of 2");
}

TEST(StatusLines, NamesACaseThatRunsLongOnceAndAgainEachTimeThatHasDoubled) {
  StatusLines status = under_way();
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

TEST(StatusLines, TakesTheTimeOfEachAttemptByItself) {
  StatusLines status = under_way();
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

TEST(StatusLines, TakesUpWhereARunEnded) {
  StatusLines status;
  status.restore(interrupted());
  EXPECT_EQ(text_of(status), "");
  status.on_event(model::RunResumed{.jobs = 2});
  EXPECT_EQ(status.done_text(), "2 of 5");
  status.on_event(started("case-3", 2));
  status.on_event(started("case-4", 2));
  // One of 10 s waits, two have just begun, on two lanes.
  EXPECT_EQ(text_of(status),
            "2 of 5 done, 1 flaky, 0.0s, about 20s left | 0.0s case-3 (attempt 2) | 0.0s case-4 (attempt 2)");
}

TEST(StatusLines, SaysThatItStops) {
  StatusLines status = under_way();
  status.on_event(model::StopRequested{testing::sample_time(), 2});
  EXPECT_EQ(text_of(status), "stopping: 0 of 5 done, 0.0s | 0.0s case-1");
  status.on_event(model::RunFinished{testing::sample_time(), 1s, 2});
  EXPECT_EQ(text_of(status), "");
}

TEST(StatusLines, BeginWithABar) {
  StatusLines status = under_way();
  status.on_event(finished("case-2", 10s, with(model::Outcome::passed)));
  print(status, "case-1", "STEP: Waiting for something else");
  status.on_tick(at(72s));
  EXPECT_EQ(status.lines({80, 24}), (Lines{"[####................] 1 of 5 done, 1m12s, about 20s left",
                                           " 1m12s case-1: Waiting for something else"}));
  EXPECT_EQ(status.lines({200, 24})[0],
            "[########................................] 1 of 5 done, 1m12s, about 20s left");
  EXPECT_EQ(status.lines({50, 24})[0], "1 of 5 done, 1m12s, about 20s left");
}

TEST(StatusLines, AreNeverWiderThanTheScreen) {
  StatusLines status = under_way();
  print(status, "case-1", "STEP: Waiting for something else");
  EXPECT_EQ(status.lines({20, 24}), (Lines{"0 of 5 done, 0.0s", "  0.0s case-1: Wai…"}));
  EXPECT_EQ(status.lines({0, 24}), (Lines{"", ""}));
}

TEST(StatusLines, AreNoMoreThanThereIsRoomFor) {
  StatusLines status;
  status.on_event(run_of(20, 20));
  for (int number = 1; number <= 20; ++number) {
    status.on_event(started("case-" + std::to_string(number)));
  }
  const std::string progress = "[....................] 0 of 20 done, 0.0s";
  EXPECT_EQ(status.lines({80, 1}), (Lines{progress}));
  EXPECT_EQ(status.lines({80, 4}), (Lines{progress, "       and 20 more"}));
  EXPECT_EQ(status.lines({80, 9}), (Lines{progress, "  0.0s case-1", "  0.0s case-2", "       and 18 more"}));
  const Lines most = status.lines({80, 100});
  ASSERT_EQ(most.size(), StatusLines::kMostLines);
  EXPECT_EQ(most.back(), "       and 13 more");
}

TEST(StatusLines, FillTheRoomWithCases) {
  StatusLines status = under_way();
  status.on_event(started("case-2"));
  status.on_event(started("case-3"));
  EXPECT_EQ(status.lines({80, 8}),
            (Lines{"[....................] 0 of 5 done, 0.0s", "  0.0s case-1", "  0.0s case-2", "  0.0s case-3"}));
}

}  // namespace
}  // namespace opready::report
