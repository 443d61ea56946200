// SPDX-License-Identifier: Apache-2.0
// Retries, limits and early ends of a run; time is what the test says.
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "opready/run/run_state.hpp"

#include "run_state_text.hpp"

namespace opready::run {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

RunState limited(std::vector<model::PlannedCase> cases, const RunLimits& limits,
                 const std::vector<CaseProgress>& progress = {}) {
  model::Plan plan;
  plan.cases = std::move(cases);
  return {plan, limits, progress};
}

const AttemptEnd kFailedWhole{.failed = true, .retry = Retry{}};
const AttemptEnd kFailedInB{.failed = true, .retry = Retry{{"b"}}};

TEST(Retries, ComeAfterADelayThatDoublesAndEndWithTheirNumber) {
  RunState state = limited({planned("ab")}, {.jobs = 1, .retries = 2, .retry_delay = seconds(10)});
  EXPECT_EQ(text(state.start(kStart)), "start 0/0");
  EXPECT_EQ(text(state.case_ended(0, kStart, kFailedInB)), "");
  EXPECT_FALSE(state.finished());
  EXPECT_EQ(state.next_deadline(), kStart + seconds(10));
  EXPECT_EQ(text(state.time_passed(kStart + milliseconds(9'999))), "");
  EXPECT_EQ(text(state.time_passed(kStart + seconds(10))), "start 0/0 attempt 2 of b");
  EXPECT_EQ(text(state.case_ended(0, kStart + seconds(12), kFailedWhole)), "");
  EXPECT_EQ(state.next_deadline(), kStart + seconds(32));
  EXPECT_EQ(text(state.time_passed(kStart + seconds(32))), "start 0/0 attempt 3");
  EXPECT_EQ(text(state.case_ended(0, kStart + seconds(40), kFailedWhole)), "");
  EXPECT_TRUE(state.finished());
}

TEST(Retries, LetOtherCasesRunMeanwhile) {
  RunState state =
      limited({planned("a"), planned("b"), planned("c", true)}, {.jobs = 1, .retries = 1, .retry_delay = seconds(10)});
  static_cast<void>(state.start(kStart));
  EXPECT_EQ(text(state.case_ended(0, kStart, kFailedWhole)), "start 1/0");
  EXPECT_EQ(text(state.time_passed(kStart + seconds(10))), "");
  EXPECT_EQ(text(state.case_ended(1, kStart + seconds(11))), "start 0/0 attempt 2");
}

TEST(Retries, KeepSerialCasesWaitingForAParallelOnesNextAttempt) {
  RunState state = limited({planned("a"), planned("b", true)}, {.jobs = 2, .retries = 1, .retry_delay = seconds(10)});
  EXPECT_EQ(text(state.start(kStart)), "start 0/0");
  EXPECT_EQ(text(state.case_ended(0, kStart, kFailedWhole)), "");
  EXPECT_EQ(text(state.time_passed(kStart + seconds(10))), "start 0/0 attempt 2");
  EXPECT_EQ(text(state.case_ended(0, kStart + seconds(11))), "start 1/0");
}

TEST(Retries, AreDroppedByAStop) {
  RunState state = limited({planned("a")}, {.jobs = 1, .retries = 1, .retry_delay = seconds(10)});
  static_cast<void>(state.start(kStart));
  EXPECT_EQ(text(state.case_ended(0, kStart, kFailedWhole)), "");
  EXPECT_EQ(text(state.stop_requested(kStart + seconds(1))), "close: signal");
  EXPECT_TRUE(state.finished());
  EXPECT_FALSE(state.next_deadline());
  EXPECT_EQ(text(state.time_passed(kStart + seconds(10))), "");
}

TEST(Retries, WaitNoLongerThanFiveMinutesUnlessAsked) {
  RunState state = limited({planned("a")}, {.jobs = 1, .retries = 9, .retry_delay = std::chrono::minutes(2)});
  static_cast<void>(state.start(kStart));
  base::SteadyTime now = kStart;
  for (const int minutes : {2, 4, 5, 5}) {
    static_cast<void>(state.case_ended(0, now, kFailedWhole));
    EXPECT_EQ(*state.next_deadline() - now, std::chrono::minutes(minutes));
    now = *state.next_deadline();
    static_cast<void>(state.time_passed(now));
  }
}

TEST(FailFast, StartsNoMoreCasesAndLetsRunningOnesFinish) {
  RunState state = limited({planned("a"), planned("b"), planned("c")}, {.jobs = 2, .fail_fast = 1});
  static_cast<void>(state.start(kStart));
  EXPECT_EQ(text(state.case_ended(0, kStart, kFailedWhole)), "close: failures");
  EXPECT_FALSE(state.stopping());
  EXPECT_FALSE(state.finished());
  EXPECT_EQ(text(state.case_ended(1, kStart)), "");
  EXPECT_TRUE(state.finished());
}

TEST(FailFast, CountsACaseOnlyAfterItsLastAttempt) {
  RunState state =
      limited({planned("a"), planned("b")}, {.jobs = 1, .retries = 1, .retry_delay = seconds(1), .fail_fast = 1});
  static_cast<void>(state.start(kStart));
  EXPECT_EQ(text(state.case_ended(0, kStart, kFailedWhole)), "start 1/0");
  EXPECT_EQ(text(state.case_ended(1, kStart)), "");
  EXPECT_EQ(text(state.time_passed(kStart + seconds(1))), "start 0/0 attempt 2");
  EXPECT_EQ(text(state.case_ended(0, kStart + seconds(2), kFailedWhole)), "close: failures");
}

TEST(RunTimeout, EndsEverything) {
  RunState state = limited({planned("a"), planned("b")}, {.jobs = 1, .timeout = seconds(30)});
  static_cast<void>(state.start(kStart));
  EXPECT_EQ(state.next_deadline(), kStart + seconds(30));
  EXPECT_EQ(text(state.time_passed(kStart + seconds(30))), "close: time_limit, INT 0");
  EXPECT_EQ(state.stop_cause(0), StopCause::run_timeout);
  EXPECT_EQ(state.next_deadline(), kStart + seconds(37));
  EXPECT_EQ(text(state.case_ended(0, kStart + seconds(31))), "");
  EXPECT_TRUE(state.finished());
}

TEST(WriteFailure, EndsEverythingInOrder) {
  RunState state = limited({planned("a"), planned("b")}, {.jobs = 1});
  static_cast<void>(state.start(kStart));
  EXPECT_EQ(text(state.write_failed(kStart)), "close: write_failure, INT 0");
  EXPECT_EQ(text(state.write_failed(kStart)), "");
  EXPECT_EQ(state.stop_cause(0), StopCause::write_failure);
  EXPECT_EQ(text(state.case_ended(0, kStart)), "");
  EXPECT_TRUE(state.finished());
}

TEST(Suspension, CountsAgainstNoLimit) {
  RunState state = limited({planned("a")}, {.jobs = 1, .timeout = std::chrono::hours(1)});
  static_cast<void>(state.start(kStart));
  const base::SteadyTime limit = *state.next_deadline();
  state.suspended(std::chrono::hours(2));
  EXPECT_EQ(state.next_deadline(), limit + std::chrono::hours(2));
}

TEST(Resumption, GoesOnWhereTheRunWas) {
  RunState state = limited({planned("a"), planned("bc"), planned("d")}, {.jobs = 3, .retries = 1},
                           {{.attempts = 1, .failures = 0, .done = true, .specs = {}},
                            {.attempts = 1, .failures = 1, .done = false, .specs = {"c"}},
                            {}});
  EXPECT_EQ(text(state.start(kStart)), "start 1/0 attempt 2 of c, start 2/1");
  EXPECT_EQ(text(state.case_ended(1, kStart, kFailedInB)), "") << "its retry is used up";
  EXPECT_EQ(text(state.case_ended(2, kStart)), "");
  EXPECT_TRUE(state.finished());
}

}  // namespace
}  // namespace opready::run
