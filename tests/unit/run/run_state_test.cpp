// SPDX-License-Identifier: Apache-2.0
// Scheduling and stopping, by tables of events; time is what the test says.
#include "opready/run/run_state.hpp"

#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "run_state_text.hpp"

namespace opready::run {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

RunState state_of(std::vector<model::PlannedCase> cases, int jobs) {
  model::Plan plan;
  plan.cases = std::move(cases);
  return {plan, RunLimits{.jobs = jobs, .grace = seconds(6)}};
}

TEST(Scheduling, RunsOneAfterTheOtherInThePlansOrder) {
  RunState state = state_of({planned("a"), planned("b", true), planned("c")}, 1);
  EXPECT_EQ(text(state.start(kStart)), "start 0/0");
  EXPECT_EQ(text(state.case_ended(0, kStart)), "start 1/0");
  EXPECT_EQ(text(state.case_ended(1, kStart)), "start 2/0");
  EXPECT_FALSE(state.finished());
  EXPECT_EQ(text(state.case_ended(2, kStart)), "");
  EXPECT_TRUE(state.finished());
}

TEST(Scheduling, FillsEveryJobSlotAndReusesTheFreeOne) {
  RunState state = state_of({planned("a"), planned("b"), planned("c"), planned("d")}, 2);
  EXPECT_EQ(text(state.start(kStart)), "start 0/0, start 1/1");
  EXPECT_EQ(text(state.case_ended(0, kStart)), "start 2/0");
  EXPECT_EQ(text(state.case_ended(1, kStart)), "start 3/1");
}

TEST(Scheduling, RunsSerialCasesLastAndAlone) {
  RunState state = state_of({planned("a", true), planned("b"), planned("c", true), planned("d")}, 3);
  EXPECT_EQ(text(state.start(kStart)), "start 1/0, start 3/1");
  EXPECT_EQ(text(state.case_ended(1, kStart)), "");
  EXPECT_EQ(text(state.case_ended(3, kStart)), "start 0/0");
  EXPECT_EQ(text(state.case_ended(0, kStart)), "start 2/0");
}

TEST(Scheduling, NeverRunsTwoCasesThatShareASpecAtTheSameTime) {
  RunState state = state_of({planned("ab"), planned("bc"), planned("d")}, 3);
  EXPECT_EQ(text(state.start(kStart)), "start 0/0, start 2/1");
  EXPECT_EQ(text(state.case_ended(2, kStart)), "");
  EXPECT_EQ(text(state.case_ended(0, kStart)), "start 1/0");
}

TEST(Scheduling, PassesOverWhatThePlanLeavesOut) {
  model::PlannedCase left_out = planned("a");
  left_out.not_run = model::NotRun::disruptive;
  RunState state = state_of({left_out, planned("b")}, 1);
  EXPECT_EQ(text(state.start(kStart)), "start 1/0");
  EXPECT_EQ(text(state.case_ended(1, kStart)), "");
  EXPECT_TRUE(state.finished());
}

TEST(Scheduling, IsFinishedAtOnceWithNothingToRun) {
  RunState state = state_of({}, 2);
  EXPECT_EQ(text(state.start(kStart)), "");
  EXPECT_TRUE(state.finished());
}

model::PlannedCase placed(const std::string& specs, model::Placement placement, bool serial = false) {
  model::PlannedCase result = planned(specs, serial);
  result.test.placement = placement;
  return result;
}

RunState placing_state_of(std::vector<model::PlannedCase> cases, int jobs) {
  model::Plan plan;
  plan.cases = std::move(cases);
  return {plan, RunLimits{.jobs = jobs, .grace = seconds(6), .place = true}};
}

using enum model::Placement;

TEST(Placing, TakesTheCasesOfEachPlacementInTurn) {
  RunState state = placing_state_of({placed("a", windows), placed("b", mixed), placed("c", windows), planned("d")}, 3);
  EXPECT_EQ(text(state.start(kStart)), "place windows");
  EXPECT_EQ(text(state.placed(kStart)), "start 0/0, start 2/1");
  EXPECT_EQ(text(state.case_ended(0, kStart)), "");
  EXPECT_EQ(text(state.case_ended(2, kStart)), "place mixed");
  EXPECT_FALSE(state.finished());
  EXPECT_EQ(text(state.placed(kStart)), "start 1/0");
  EXPECT_EQ(text(state.case_ended(1, kStart)), "place own");
  EXPECT_EQ(text(state.placed(kStart)), "start 3/0");
  EXPECT_EQ(text(state.case_ended(3, kStart)), "");
  EXPECT_TRUE(state.finished());
}

TEST(Placing, RunsTheSerialCasesOfAPlacementBeforeItChanges) {
  RunState state = placing_state_of({placed("a", windows, true), placed("b", mixed), placed("c", windows)}, 2);
  EXPECT_EQ(text(state.start(kStart)), "place windows");
  EXPECT_EQ(text(state.placed(kStart)), "start 2/0");
  EXPECT_EQ(text(state.case_ended(2, kStart)), "start 0/0");
  EXPECT_EQ(text(state.case_ended(0, kStart)), "place mixed");
}

TEST(Placing, GivesUpTheCasesOfAPlacementThatFailed) {
  RunState state =
      placing_state_of({placed("a", windows), placed("b", mixed), placed("c", windows, true), placed("d", mixed)}, 2);
  EXPECT_EQ(text(state.start(kStart)), "place windows");
  EXPECT_EQ(text(state.placing_failed(kStart)), "give up 0, give up 2, place mixed");
  EXPECT_EQ(text(state.placing_failed(kStart)), "give up 1, give up 3");
  EXPECT_TRUE(state.finished());
}

TEST(Placing, StartsNothingAfterAStop) {
  RunState state = placing_state_of({placed("a", windows), placed("b", mixed)}, 2);
  EXPECT_EQ(text(state.start(kStart)), "place windows");
  EXPECT_EQ(text(state.stop_requested(kStart)), "close: signal");
  EXPECT_TRUE(state.finished());
  EXPECT_EQ(text(state.placed(kStart)), "");
}

TEST(Placing, GivesACaseBackTheTimeInWhichItsChildWasHeld) {
  RunState state = placing_state_of({placed("a", windows)}, 1);
  EXPECT_EQ(text(state.start(kStart)), "place windows");
  EXPECT_EQ(text(state.placed(kStart)), "start 0/0");
  const auto before = state.next_deadline();
  state.case_held(0, seconds(20));
  EXPECT_EQ(*state.next_deadline(), *before + seconds(20));
  EXPECT_EQ(text(state.time_passed(*before)), "");
  EXPECT_EQ(text(state.time_passed(*before + seconds(20))), "INT 0");
  const auto killing = state.next_deadline();
  state.case_held(0, seconds(20));
  EXPECT_EQ(state.next_deadline(), killing) << "a stop isn't put off";
}

TEST(Placing, IsNoneWhereTheSchedulerIsLeftAlone) {
  RunState state = state_of({placed("a", windows), placed("b", mixed)}, 2);
  EXPECT_EQ(text(state.start(kStart)), "start 0/0, start 1/1");
}

RunState turning_state_of(std::vector<model::PlannedCase> cases, int jobs, bool place = false) {
  model::Plan plan;
  plan.cases = std::move(cases);
  return {plan, RunLimits{.jobs = jobs, .grace = seconds(6), .place = place, .turns = true}};
}

TEST(TakingTurns, RunsSerialCasesLastAndInATurnOfTheirOwn) {
  RunState state = turning_state_of({planned("a", true), planned("b"), planned("c", true), planned("d")}, 1);
  EXPECT_EQ(text(state.start(kStart)), "take a shared turn");
  EXPECT_FALSE(state.finished());
  EXPECT_EQ(text(state.turn_taken(kStart)), "start 1/0");
  EXPECT_EQ(text(state.case_ended(1, kStart)), "start 3/0");
  EXPECT_EQ(text(state.case_ended(3, kStart)), "take the exclusive turn");
  EXPECT_EQ(text(state.turn_taken(kStart)), "start 0/0");
  EXPECT_EQ(text(state.case_ended(0, kStart)), "start 2/0");
  EXPECT_EQ(text(state.case_ended(2, kStart)), "");
  EXPECT_TRUE(state.finished());
}

TEST(TakingTurns, TakesOnlyThoseThatItNeeds) {
  RunState parallel = turning_state_of({planned("a"), planned("b")}, 2);
  EXPECT_EQ(text(parallel.start(kStart)), "take a shared turn");
  EXPECT_EQ(text(parallel.turn_taken(kStart)), "start 0/0, start 1/1");
  EXPECT_EQ(text(parallel.case_ended(0, kStart)), "");
  EXPECT_EQ(text(parallel.case_ended(1, kStart)), "");
  RunState serial = turning_state_of({planned("a", true)}, 2);
  EXPECT_EQ(text(serial.start(kStart)), "take the exclusive turn");
  RunState empty = turning_state_of({}, 2);
  EXPECT_EQ(text(empty.start(kStart)), "");
  EXPECT_TRUE(empty.finished());
}

TEST(TakingTurns, KeepsTheSharedOneForACaseThatWaitsForItsNextAttempt) {
  model::Plan plan;
  plan.cases = {planned("a"), planned("b", true)};
  RunState state(plan, RunLimits{.turns = true, .retries = 1, .retry_delay = seconds(10)});
  EXPECT_EQ(text(state.start(kStart)), "take a shared turn");
  EXPECT_EQ(text(state.turn_taken(kStart)), "start 0/0");
  EXPECT_EQ(text(state.case_ended(0, kStart, {.failed = true, .retry = Retry{}})), "");
  EXPECT_EQ(text(state.time_passed(kStart + seconds(10))), "start 0/0 attempt 2");
  EXPECT_EQ(text(state.case_ended(0, kStart + seconds(11))), "take the exclusive turn");
}

TEST(TakingTurns, PlacesCasesWithinATurn) {
  RunState state = turning_state_of(
      {placed("a", windows, true), placed("b", windows), placed("c", mixed), placed("d", mixed, true)}, 2, true);
  EXPECT_EQ(text(state.start(kStart)), "take a shared turn");
  EXPECT_EQ(text(state.turn_taken(kStart)), "place windows");
  EXPECT_EQ(text(state.placed(kStart)), "start 1/0");
  EXPECT_EQ(text(state.case_ended(1, kStart)), "place mixed");
  EXPECT_EQ(text(state.placed(kStart)), "start 2/0");
  EXPECT_EQ(text(state.case_ended(2, kStart)), "take the exclusive turn");
  EXPECT_EQ(text(state.turn_taken(kStart)), "start 3/0");
  EXPECT_EQ(text(state.case_ended(3, kStart)), "place windows");
  EXPECT_EQ(text(state.placed(kStart)), "start 0/0");
}

TEST(TakingTurns, GivesUpEverythingWhereItsTurnDoesNotCome) {
  RunState state = turning_state_of({planned("a"), planned("b", true)}, 2);
  EXPECT_EQ(text(state.start(kStart)), "take a shared turn");
  EXPECT_EQ(text(state.turn_failed()), "give up 0, give up 1");
  EXPECT_TRUE(state.finished());
}

TEST(TakingTurns, StartsNothingAfterAStop) {
  RunState state = turning_state_of({planned("a")}, 2);
  EXPECT_EQ(text(state.start(kStart)), "take a shared turn");
  EXPECT_EQ(text(state.stop_requested(kStart)), "close: signal");
  EXPECT_TRUE(state.finished());
  EXPECT_EQ(text(state.turn_taken(kStart)), "");
}

/// What happens at which time after the start, in order, to one running case with a grace period of 6 s.
struct Step {
  milliseconds at;
  enum class Kind { signal, time } kind;
  std::string actions;
};

struct StopTable {
  std::string name;
  std::vector<Step> steps;
};

const Step::Kind kSignal = Step::Kind::signal;
const Step::Kind kTime = Step::Kind::time;

class Stopping : public testing::TestWithParam<StopTable> {};

TEST_P(Stopping, FollowsItsTable) {
  RunState state = state_of({planned("a"), planned("b")}, 1);
  EXPECT_EQ(text(state.start(kStart)), "start 0/0");
  for (const Step& step : GetParam().steps) {
    const base::SteadyTime now = kStart + step.at;
    const Actions actions = step.kind == kSignal ? state.stop_requested(now) : state.time_passed(now);
    EXPECT_EQ(text(actions), step.actions) << "at " << step.at.count() << " ms";
  }
  EXPECT_EQ(state.stop_cause(0), StopCause::user);
  EXPECT_EQ(text(state.case_ended(0, kStart + seconds(60))), "") << "nothing starts after a stop";
  EXPECT_TRUE(state.finished());
}

INSTANTIATE_TEST_SUITE_P(Tables, Stopping,
                         testing::Values(StopTable{"one_signal",
                                                   {{seconds(10), kSignal, "close: signal, INT 0"},
                                                    {milliseconds(16'999), kTime, ""},
                                                    {seconds(17), kTime, "INT 0"},
                                                    {milliseconds(18'999), kTime, ""},
                                                    {seconds(19), kTime, "KILL 0"},
                                                    {seconds(30), kTime, ""}}},
                                         StopTable{"two_within_a_second_are_one",
                                                   {{seconds(10), kSignal, "close: signal, INT 0"},
                                                    {milliseconds(10'050), kSignal, ""},
                                                    {milliseconds(10'999), kSignal, ""},
                                                    {seconds(17), kTime, "INT 0"},
                                                    {seconds(19), kTime, "KILL 0"}}},
                                         StopTable{"second_signal_hastens_the_second_step",
                                                   {{seconds(10), kSignal, "close: signal, INT 0"},
                                                    {seconds(14), kSignal, "INT 0"},
                                                    {seconds(17), kTime, ""},
                                                    {seconds(19), kTime, "KILL 0"}}},
                                         StopTable{"third_signal_kills",
                                                   {{seconds(10), kSignal, "close: signal, INT 0"},
                                                    {seconds(12), kSignal, "INT 0"},
                                                    {seconds(14), kSignal, "KILL 0"},
                                                    {seconds(16), kSignal, ""}}}),
                         [](const testing::TestParamInfo<StopTable>& param) { return param.param.name; });

TEST(Timeout, EndsACaseThatOverstaysAndStartsTheNext) {
  RunState state = state_of({planned("a"), planned("b")}, 1);
  static_cast<void>(state.start(kStart));
  const base::SteadyTime limit = kStart + std::chrono::minutes(10) + RunState::timeout_margin(seconds(6));
  EXPECT_EQ(state.next_deadline(), limit);
  EXPECT_EQ(text(state.time_passed(limit - milliseconds(1))), "");
  EXPECT_EQ(text(state.time_passed(limit)), "INT 0");
  EXPECT_EQ(state.next_deadline(), limit + seconds(7));
  EXPECT_EQ(text(state.time_passed(limit + seconds(7))), "INT 0");
  EXPECT_EQ(state.next_deadline(), limit + seconds(9));
  EXPECT_EQ(text(state.time_passed(limit + seconds(9))), "KILL 0");
  EXPECT_FALSE(state.next_deadline());
  EXPECT_EQ(state.stop_cause(0), StopCause::timeout);
  EXPECT_EQ(text(state.case_ended(0, limit + seconds(10))), "start 1/0");
  EXPECT_FALSE(state.stop_cause(1));
}

TEST(Timeout, StaysTheCauseWhenTheUserStopsTheRunMeanwhile) {
  RunState state = state_of({planned("a")}, 1);
  static_cast<void>(state.start(kStart));
  const base::SteadyTime limit = *state.next_deadline();
  EXPECT_EQ(text(state.time_passed(limit)), "INT 0");
  EXPECT_EQ(text(state.stop_requested(limit + seconds(2))), "close: signal") << "it was asked already";
  EXPECT_EQ(text(state.stop_requested(limit + seconds(4))), "INT 0");
  EXPECT_EQ(state.stop_cause(0), StopCause::timeout);
}

TEST(StoppingMany, ReachesEveryRunningCase) {
  RunState state = state_of({planned("a"), planned("b"), planned("c")}, 2);
  static_cast<void>(state.start(kStart));
  EXPECT_EQ(text(state.stop_requested(kStart + seconds(1))), "close: signal, INT 0, INT 1");
  EXPECT_EQ(text(state.case_ended(1, kStart + seconds(2))), "");
  EXPECT_FALSE(state.finished());
  EXPECT_EQ(text(state.time_passed(kStart + seconds(8))), "INT 0");
  EXPECT_EQ(text(state.case_ended(0, kStart + seconds(9))), "");
  EXPECT_TRUE(state.finished());
}

TEST(Scheduling, PassesOverCasesInWhoseSteadAnotherRuns) {
  model::PlannedCase twin = planned("a");
  twin.same_as = "first";
  RunState state = state_of({planned("a"), twin}, 2);
  EXPECT_EQ(text(state.start(kStart)), "start 0/0");
  EXPECT_EQ(text(state.case_ended(0, kStart)), "");
  EXPECT_TRUE(state.finished());
}

TEST(Scheduling, NamesTheSpecsOfACaseOfWhichAPartIsMeant) {
  model::PlannedCase part = planned("ab");
  part.part = true;
  RunState state = state_of({part}, 1);
  EXPECT_EQ(text(state.start(kStart)), "start 0/0 of a+b");
}

}  // namespace
}  // namespace opready::run
