// SPDX-License-Identifier: Apache-2.0
// When attempts ran whose run ended before they did.
#include "html/attempt_span.hpp"

#include <chrono>
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "sample_run.hpp"

namespace opready::report {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

base::Timestamp after(milliseconds since) {
  return testing::sample_time() + since;
}

/// An attempt at the case `id`; without a `duration` it has no end.
model::AttemptRecord attempt_at(const std::string& id, int slot, milliseconds since, milliseconds duration = {}) {
  model::AttemptRecord attempt;
  attempt.started = testing::started(id);
  attempt.started.time = after(since);
  attempt.started.slot = slot;
  if (duration > 0ms) {
    attempt.finished = testing::finished(id, duration, {});
    attempt.finished->time = after(since + duration);
  }
  return attempt;
}

model::CaseRecord case_with(const std::string& id, std::vector<model::AttemptRecord> attempts) {
  return {testing::sample_case("Core.Network", id, 1), std::move(attempts)};
}

std::pair<milliseconds, milliseconds> span_since_start(const model::AttemptRecord& attempt,
                                                       const model::RunRecord& run) {
  const TimeSpan span = span_of(attempt, run);
  return {span.begin - testing::sample_time(), span.end - testing::sample_time()};
}

using Span = std::pair<milliseconds, milliseconds>;

/// Killed after 12s, resumed a day later, and finished ten minutes after that.
model::RunRecord run_resumed() {
  model::RunRecord run;
  run.cases = {case_with("done", {attempt_at("done", 0, 0s, 12s)}),
               case_with("cut-off", {attempt_at("cut-off", 1, 5s), attempt_at("cut-off", 0, 24h + 1s, 600s)})};
  run.resumed.push_back({.time = after(24h), .process = {}, .tool_version = {}, .labels = {}});
  run.finished = model::RunFinished{after(24h + 602s), 602s, std::nullopt};
  return run;
}

TEST(AttemptSpan, EndsWithTheLastThatIsKnownBeforeTheRunWasResumed) {
  const model::RunRecord run = run_resumed();
  EXPECT_EQ(span_since_start(run.cases[1].attempts[0], run), Span(5s, 12s));
  EXPECT_EQ(span_since_start(run.cases[1].attempts[1], run), Span(24h + 1s, 24h + 601s));
}

TEST(AttemptSpan, HasNoLengthWhereNothingIsKnownAfterItsStart) {
  model::RunRecord run = run_resumed();
  run.cases[1].attempts[0].started.time = after(13s);
  EXPECT_EQ(span_since_start(run.cases[1].attempts[0], run), Span(13s, 13s));
}

TEST(AttemptSpan, EndsWithARunThatWasStopped) {
  model::RunRecord run;
  run.cases = {case_with("cut-off", {attempt_at("cut-off", 0, 5s)})};
  run.finished = model::RunFinished{after(20s), 20s, 2};
  EXPECT_EQ(span_since_start(run.cases[0].attempts[0], run), Span(5s, 20s));
}

TEST(AttemptSpan, OfAJoinedRunKnowsNothingByTheOthers) {
  model::RunRecord run = run_resumed();
  run.resumed.clear();
  run.cases[0].attempts[0].directory = "first";
  run.cases[1].attempts[0].directory = "first";
  run.cases[1].attempts[1].directory = "second";
  run.cases.push_back(case_with("other", {attempt_at("other", 1, 8s, 20s)}));
  run.cases[2].attempts[0].directory = "second";
  EXPECT_EQ(span_since_start(run.cases[1].attempts[0], run), Span(5s, 12s));
}

TEST(AttemptSpan, EndsBeforeItsSlotIsTakenAgain) {
  model::RunRecord run = run_resumed();
  run.resumed.clear();
  run.cases[1].attempts.pop_back();
  run.cases.push_back(case_with("next", {attempt_at("next", 1, 24h, 600s)}));
  EXPECT_EQ(span_since_start(run.cases[1].attempts[0], run), Span(5s, 12s));
}

}  // namespace
}  // namespace opready::report
