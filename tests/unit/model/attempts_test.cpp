// SPDX-License-Identifier: Apache-2.0
// Later attempts over earlier ones.
#include "opready/model/attempts.hpp"

#include <utility>

#include <gtest/gtest.h>

namespace opready::model {
namespace {

using Specs = std::vector<std::pair<std::string, SpecStatus>>;

/// An attempt at `specs`; `part`: at no others of the case.
AttemptRecord attempt(Outcome outcome, const Specs& specs, bool part = false) {
  AttemptRecord record;
  record.started.id = "a";
  record.finished = CaseFinished{.id = "a", .duration = std::chrono::seconds(2)};
  CaseResult& result = record.finished->result;
  result.outcome = outcome;
  result.reason = outcome == Outcome::passed ? "" : std::string(to_string(outcome));
  for (const auto& [name, status] : specs) {
    SpecResult& spec = result.specs.emplace_back();
    spec.spec.name = name;
    spec.status = status;
    if (part) {
      record.started.specs.push_back(name);
    }
  }
  return record;
}

CaseRecord case_of(std::vector<AttemptRecord> attempts) {
  CaseRecord record;
  record.planned.test.id = "a";
  record.attempts = std::move(attempts);
  return record;
}

std::string statuses(const CaseResult& result) {
  std::string text(to_string(result.outcome));
  for (const SpecResult& spec : result.specs) {
    text += " " + spec.spec.name + "=" + std::string(to_string(spec.status));
  }
  return text;
}

using enum SpecStatus;

const AttemptRecord kOneOfTwoFailed = attempt(Outcome::failed, {{"x", passed}, {"y", failed}});

TEST(Attempts, PutTheResultsOfARetriedSpecInPlaceOfItsEarlierOnes) {
  const CaseRecord record = case_of({kOneOfTwoFailed, attempt(Outcome::passed, {{"y", passed}}, true)});
  EXPECT_EQ(statuses(result_of(record)), "passed x=passed y=passed");
  EXPECT_EQ(result_of(record).reason, "");
  EXPECT_TRUE(is_flaky(record));
  EXPECT_EQ(flaky_specs(record), std::vector<std::string>{"y"});
}

TEST(Attempts, StayFailedWhileASpecFails) {
  const CaseRecord record = case_of({attempt(Outcome::failed, {{"x", failed}, {"y", failed}, {"z", passed}}),
                                     attempt(Outcome::failed, {{"x", passed}, {"y", failed}}, true)});
  EXPECT_EQ(statuses(result_of(record)), "failed x=passed y=failed z=passed");
  EXPECT_EQ(result_of(record).reason, "1 of 3 specs failed");
  EXPECT_FALSE(is_flaky(record));
  EXPECT_EQ(flaky_specs(record), std::vector<std::string>{"x"});
}

TEST(Attempts, DoNotForgiveASpecThatSkipsItselfOrIsCutOffAfterItFailed) {
  for (const auto& [outcome, status] :
       {std::pair(Outcome::skipped, skipped), std::pair(Outcome::cancelled, cancelled)}) {
    const CaseRecord record = case_of({kOneOfTwoFailed, attempt(outcome, {{"y", status}}, true)});
    EXPECT_EQ(statuses(result_of(record)), "failed x=passed y=failed");
    EXPECT_EQ(result_of(record).reason, "failed");
  }
}

TEST(Attempts, TakeTheLastWholeOne) {
  EXPECT_EQ(statuses(result_of(
                case_of({attempt(Outcome::crashed, {{"x", cancelled}}), attempt(Outcome::passed, {{"x", passed}})}))),
            "passed x=passed");
  EXPECT_EQ(statuses(result_of(case_of(
                {attempt(Outcome::crashed, {{"x", cancelled}}), attempt(Outcome::cancelled, {{"x", cancelled}})}))),
            "crashed x=cancelled")
      << "one that was cut off tells nothing new";
}

TEST(Attempts, AreNotFlakyForHavingBeenCutOff) {
  CaseRecord record =
      case_of({attempt(Outcome::cancelled, {{"x", cancelled}}), attempt(Outcome::passed, {{"x", passed}})});
  EXPECT_EQ(statuses(result_of(record)), "passed x=passed");
  EXPECT_FALSE(is_flaky(record));
  record.attempts.front().finished.reset();
  EXPECT_FALSE(is_flaky(record));
  EXPECT_TRUE(flaky_specs(record).empty());
}

TEST(Attempts, TakeNoTimeWhereAnotherCaseRanInItsStead) {
  CaseRecord record = case_of({attempt(Outcome::passed, {{"x", passed}})});
  EXPECT_EQ(duration_of(record), std::chrono::seconds(2));
  record.planned.test.id = "b";
  EXPECT_EQ(duration_of(record), std::chrono::seconds(0));
}

}  // namespace
}  // namespace opready::model
