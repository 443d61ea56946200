// SPDX-License-Identifier: Apache-2.0
// Which attempt a log is taken from.
#include "opready/report/log_path.hpp"

#include <gtest/gtest.h>

#include "opready/model/attempts.hpp"

#include "sample_run.hpp"

namespace opready::report {
namespace {

using model::Outcome;
using model::SpecStatus;

model::SpecResult spec(const std::string& name, SpecStatus status) {
  model::SpecResult result;
  result.spec.name = name;
  result.status = status;
  return result;
}

model::CaseResult ended(Outcome outcome, std::vector<model::SpecResult> specs) {
  model::CaseResult result;
  result.outcome = outcome;
  result.specs = std::move(specs);
  return result;
}

/// Two specs fail, one of them again in the attempt that follows, and the run ends in the third.
model::CaseRecord tried_thrice() {
  model::CaseRecord record{testing::sample_case("C", "id", 3), {}};
  const std::vector<model::CaseResult> results = {
      ended(Outcome::failed,
            {spec("a", SpecStatus::failed), spec("b", SpecStatus::panicked), spec("c", SpecStatus::passed)}),
      ended(Outcome::failed, {spec("a", SpecStatus::passed), spec("b", SpecStatus::failed)})};
  for (const model::CaseResult& result : results) {
    const int number = static_cast<int>(record.attempts.size()) + 1;
    model::CaseStarted started = testing::started("id", number);
    started.specs = number == 1 ? std::vector<std::string>() : std::vector<std::string>{"a", "b"};
    record.attempts.push_back({started, "", testing::finished("id", {}, result, number), false, ""});
  }
  model::CaseStarted last = testing::started("id", 3);
  last.specs = {"b"};
  record.attempts.push_back({last, "", std::nullopt, false, ""});
  return record;
}

TEST(LogPath, LeadsIntoTheDirectoryThatHoldsTheAttempt) {
  model::AttemptRecord attempt{testing::started("stand-in", 2), "", std::nullopt, false, ""};
  EXPECT_EQ(log_path(attempt), "cases/stand-in/attempt-2/e2e.log");
  EXPECT_EQ(log_path(attempt, "out"), "out/cases/stand-in/attempt-2/e2e.log");
  attempt.directory = "before";
  EXPECT_EQ(log_path(attempt), "before/cases/stand-in/attempt-2/e2e.log");
  EXPECT_EQ(log_path(attempt, "out"), "before/cases/stand-in/attempt-2/e2e.log");
}

TEST(AttemptOf, IsTheLastOneThatSaysWhatCounts) {
  const model::CaseRecord record = tried_thrice();
  const model::CaseResult result = model::result_of(record);
  EXPECT_EQ(attempt_of(record, result).started.attempt, 2);
  ASSERT_EQ(result.specs.size(), 3U);
  EXPECT_EQ(attempt_of(record, result.specs[0]).started.attempt, 2);
  EXPECT_EQ(attempt_of(record, result.specs[1]).started.attempt, 2);
  EXPECT_EQ(attempt_of(record, result.specs[2]).started.attempt, 1);
}

TEST(AttemptOf, IsTheUnfinishedOneWhereTheRunEndedInIt) {
  model::CaseRecord record = tried_thrice();
  record.attempts.erase(record.attempts.begin(), record.attempts.begin() + 2);
  EXPECT_EQ(attempt_of(record, model::result_of(record)).started.attempt, 3);
}

TEST(FirstFailed, IsThatOfTheCaseOrOfOneSpec) {
  model::CaseRecord record = tried_thrice();
  EXPECT_EQ(first_failed(record)->started.attempt, 1);
  EXPECT_EQ(first_failed(record, "b")->started.attempt, 1);
  EXPECT_EQ(first_failed(record, "c"), nullptr);
  record.attempts.erase(record.attempts.begin());
  EXPECT_EQ(first_failed(record)->started.attempt, 2);
  EXPECT_EQ(first_failed(record, "a"), nullptr);
  record.attempts.erase(record.attempts.begin());
  EXPECT_EQ(first_failed(record), nullptr);
}

TEST(RanAs, NamesTheCaseThatRanInsteadOfItself) {
  model::CaseRecord record = tried_thrice();
  EXPECT_EQ(ran_as(record), "");
  record.planned.test.id = "other";
  EXPECT_EQ(ran_as(record), "id");
  record.attempts.clear();
  EXPECT_EQ(ran_as(record), "");
}

}  // namespace
}  // namespace opready::report
