// SPDX-License-Identifier: Apache-2.0
// What is left of runs.
#include "opready/report/estimate.hpp"

#include <gtest/gtest.h>

#include "sample_run.hpp"

namespace opready::report {
namespace {

using namespace std::chrono_literals;

/// Of cases called "a", "b" and so on.
Estimate of_cases(int count, Estimate::Durations earlier = {}) {
  Estimate estimate(std::move(earlier));
  for (int number = 0; number < count; ++number) {
    estimate.expect(testing::sample_case("Core.Network", std::string(1, static_cast<char>('a' + number)), 1));
  }
  return estimate;
}

TEST(Estimate, SaysNothingBeforeAnyDurationIsKnown) {
  EXPECT_EQ(of_cases(3).remaining({}, 1), std::nullopt);
}

TEST(Estimate, TakesEachForTheMeanOfThoseThatEnded) {
  Estimate estimate = of_cases(4);
  for (const auto& [id, duration] : {std::pair("a", 10s), std::pair("b", 20s)}) {
    estimate.begin(id);
    estimate.end(duration);
  }
  EXPECT_EQ(estimate.remaining({}, 1), 30s);
}

TEST(Estimate, TakesEachForAsLongAsItWasBefore) {
  Estimate estimate = of_cases(3, {{"a", 100s}, {"b", 20s}});
  EXPECT_EQ(estimate.remaining({}, 1), 180s);  // The third is taken for the mean of the others.
  estimate.begin("b");
  estimate.end(2s);
  EXPECT_EQ(estimate.remaining({}, 1), 102s);  // And then for that of this run.
}

TEST(Estimate, CountsWhatIsLeftOfRunningCases) {
  Estimate estimate = of_cases(2, {{"a", 100s}, {"b", 20s}});
  estimate.begin("a");
  estimate.begin("b");
  EXPECT_EQ(estimate.remaining({{"a", 30s}, {"b", 30s}}, 1), 70s);
}

TEST(Estimate, TakesACaseAsItWasExpectedLast) {
  Estimate estimate({{"a", 100s}});
  model::PlannedCase planned = testing::sample_case("Core.Network", "a", 1);
  for (const bool serial : {true, false}) {
    planned.serial = serial;
    estimate.expect(planned);
  }
  EXPECT_EQ(estimate.remaining({}, 1), 100s);
  estimate.begin("a");
  EXPECT_EQ(estimate.remaining({}, 1), 0s);
}

TEST(Estimate, CountsACaseAgainThatHasToBeRepeated) {
  Estimate estimate = of_cases(1, {{"a", 100s}});
  estimate.begin("a");
  EXPECT_EQ(estimate.remaining({}, 1), 0s);
  estimate.repeat("a");
  EXPECT_EQ(estimate.remaining({}, 1), 100s);
}

TEST(Estimate, CountsACaseOnceHoweverOftenItBegins) {
  Estimate estimate = of_cases(3, {{"a", 100s}, {"b", 20s}});
  for (const std::string id : {"a", "c"}) {
    estimate.begin(id);
    estimate.begin(id);
    estimate.repeat(id);
    estimate.repeat(id);
  }
  EXPECT_EQ(estimate.remaining({}, 1), 180s);
  for (const std::string id : {"a", "b", "c"}) {
    estimate.begin(id);
  }
  EXPECT_EQ(estimate.remaining({}, 1), 0s);
}

TEST(Estimate, TakesWhatIsNotOfThePlanForAnyOther) {
  Estimate estimate = of_cases(1, {{"a", 10s}});
  EXPECT_EQ(estimate.remaining({{"elsewhere", 4s}}, 1), 16s);
}

TEST(Estimate, KnowsTheLongestOfThoseThatStillWait) {
  Estimate estimate = of_cases(4, {{"a", 100s}, {"b", 50s}, {"c", 50s}});
  EXPECT_EQ(estimate.remaining({}, 4), 100s);
  estimate.begin("a");
  EXPECT_EQ(estimate.remaining({}, 4), 66'666ms);  // The fourth, which is taken for the mean of the others.
  estimate.end(30s);
  EXPECT_EQ(estimate.remaining({}, 4), 50s);
  estimate.begin("b");
  EXPECT_EQ(estimate.remaining({}, 4), 50s);
  estimate.begin("c");
  EXPECT_EQ(estimate.remaining({}, 4), 30s);
}

TEST(Estimate, SharesWorkAmongJobsButNoCase) {
  const Estimate even = of_cases(4, {{"a", 10s}, {"b", 10s}, {"c", 10s}, {"d", 10s}});
  EXPECT_EQ(even.remaining({}, 2), 20s);
  EXPECT_EQ(even.remaining({}, 8), 10s);
  const Estimate uneven = of_cases(3, {{"a", 100s}, {"b", 10s}, {"c", 10s}});
  EXPECT_EQ(uneven.remaining({}, 3), 100s);
}

TEST(Estimate, LetsSerialCasesRunAlone) {
  Estimate estimate = of_cases(2, {{"a", 10s}, {"b", 10s}, {"alone", 7s}});
  model::PlannedCase alone = testing::sample_case("Core.Network", "alone", 1);
  alone.serial = true;
  estimate.expect(alone);
  EXPECT_EQ(estimate.remaining({}, 2), 17s);
  estimate.begin("alone");
  EXPECT_EQ(estimate.remaining({{"alone", 3s}}, 2), 14s);
}

}  // namespace
}  // namespace opready::report
