// SPDX-License-Identifier: Apache-2.0
// What of a failed case is run again.
#include "opready/run/retry.hpp"

#include <gtest/gtest.h>

namespace opready::run {
namespace {

using model::Outcome;
using enum model::SpecStatus;

model::PlannedCase planned(const std::vector<model::Spec>& specs) {
  model::PlannedCase result;
  result.specs = specs;
  return result;
}

const model::PlannedCase kThree = planned({{.name = "a"}, {.name = "b"}, {.name = "c"}});

model::CaseResult result(Outcome outcome, const std::vector<model::SpecStatus>& statuses) {
  model::CaseResult result;
  result.outcome = outcome;
  for (std::size_t i = 0; i < statuses.size(); ++i) {
    model::SpecResult& spec = result.specs.emplace_back();
    spec.spec.name = std::string(1, static_cast<char>('a' + i));
    spec.status = statuses[i];
  }
  return result;
}

const Retry kWhole{};

TEST(Retry, IsOfTheFailedSpecsAlone) {
  EXPECT_EQ(retry_of(kThree, result(Outcome::failed, {passed, failed, panicked})), (Retry{{"b", "c"}}));
  EXPECT_EQ(retry_of(kThree, result(Outcome::could_not_test, {could_not_test, passed, skipped})), (Retry{{"a"}}));
}

TEST(Retry, IsOfTheWholeCaseWhereAllOfItFailed) {
  EXPECT_EQ(retry_of(kThree, result(Outcome::failed, {failed, failed, failed})), kWhole);
}

TEST(Retry, IsOfTheWholeCaseWhereNoSpecIsToBlame) {
  for (const Outcome outcome : {Outcome::timed_out, Outcome::crashed, Outcome::not_started, Outcome::no_report,
                                Outcome::broken_report, Outcome::nothing_ran}) {
    EXPECT_EQ(retry_of(kThree, result(outcome, {passed, failed, cancelled})), kWhole) << to_string(outcome);
  }
  model::CaseResult suite_node = result(Outcome::failed, {passed, failed, passed});
  suite_node.detail = "AfterSuite failed as well";
  EXPECT_EQ(retry_of(kThree, suite_node), kWhole);
}

TEST(Retry, IsOfTheWholeCaseWhereASpecNeedsThoseBeforeIt) {
  const model::PlannedCase ordered = planned({{.name = "a"}, {.name = "b", .ordered = true}, {.name = "c"}});
  EXPECT_EQ(retry_of(ordered, result(Outcome::failed, {passed, failed, passed})), kWhole);
  EXPECT_EQ(retry_of(ordered, result(Outcome::failed, {failed, passed, passed})), (Retry{{"a"}}));
  model::CaseResult seen = result(Outcome::failed, {failed, skipped, passed});
  seen.specs[1].message = "Spec skipped because an earlier spec in an ordered container failed";
  EXPECT_EQ(retry_of(kThree, seen), kWhole);
}

TEST(Retry, IsOfTheWholeCaseWhereANameStandsForTwoSpecs) {
  const model::PlannedCase twice = planned({{.name = "a"}, {.name = "b"}, {.name = "b"}});
  EXPECT_EQ(retry_of(twice, result(Outcome::failed, {passed, failed})), kWhole);
}

TEST(Retry, IsOfTheWholeCaseWhereASpecFailedThatThePlanDoesNotKnow) {
  EXPECT_EQ(retry_of(planned({{.name = "a"}, {.name = "c"}}), result(Outcome::failed, {passed, failed})), kWhole);
}

TEST(Retry, IsNoneWhereAnotherAttemptWouldTellNoMore) {
  for (const Outcome outcome : {Outcome::passed, Outcome::skipped, Outcome::cancelled, Outcome::not_run,
                                Outcome::unproven, Outcome::nothing_selected}) {
    EXPECT_EQ(retry_of(kThree, result(outcome, {passed})), std::nullopt) << to_string(outcome);
  }
}

TEST(Retry, OfAPartIsThatPart) {
  model::PlannedCase part = planned({{.name = "a"}, {.name = "b"}});
  part.part = true;
  EXPECT_EQ(retry_of(part, result(Outcome::crashed, {cancelled, cancelled})), (Retry{{"a", "b"}}));
  EXPECT_EQ(retry_of(part, result(Outcome::failed, {failed, failed})), (Retry{{"a", "b"}}));
}

}  // namespace
}  // namespace opready::run
