// SPDX-License-Identifier: Apache-2.0
// Places of times on a plot.
#include "html/time_scale.hpp"

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "sample_run.hpp"

namespace opready::report {
namespace {

using namespace std::chrono_literals;

TimeSpan span(std::chrono::milliseconds begin, std::chrono::milliseconds end) {
  return {testing::sample_time() + begin, testing::sample_time() + end};
}

std::vector<std::pair<double, std::string>> ticks_of(const TimeScale& scale) {
  std::vector<std::pair<double, std::string>> ticks;
  for (const TimeScale::Tick& tick : scale.ticks()) {
    ticks.emplace_back(tick.x, tick.label);
  }
  return ticks;
}

TEST(TimeScale, IsEvenWhereWorkHasNoPauses) {
  const TimeScale scale({span(40s, 100s), span(0s, 30s)}, 1000);
  EXPECT_EQ(scale.pauses(), 0U);
  EXPECT_DOUBLE_EQ(scale.at(testing::sample_time()), 0);
  EXPECT_DOUBLE_EQ(scale.at(testing::sample_time() + 25s), 250);
  EXPECT_DOUBLE_EQ(scale.at(testing::sample_time() + 200s), 1000);
  EXPECT_EQ(ticks_of(scale),
            (std::vector<std::pair<double, std::string>>{
                {0, "0s"}, {150, "15s"}, {300, "30s"}, {450, "45s"}, {600, "1m"}, {750, "1m15s"}, {900, "1m30s"}}));
}

TEST(TimeScale, LeavesLongPausesOut) {
  const TimeScale scale({span(0s, 100s), span(24h, 24h + 300s)}, 1024);
  EXPECT_EQ(scale.pauses(), 1U);
  EXPECT_DOUBLE_EQ(scale.at(testing::sample_time() + 100s), 250);
  EXPECT_DOUBLE_EQ(scale.at(testing::sample_time() + 12h), 274);
  EXPECT_DOUBLE_EQ(scale.at(testing::sample_time() + 24h + 300s), 1024);
  EXPECT_EQ(ticks_of(scale), (std::vector<std::pair<double, std::string>>{{0, "01-31 08:15"}, {274, "02-01 08:15"}}));
}

TEST(TimeScale, NamesNoDayWhereAllIsOfOne) {
  const TimeScale scale({span(0s, 100s), span(1h, 1h + 300s)}, 1024);
  EXPECT_EQ(ticks_of(scale), (std::vector<std::pair<double, std::string>>{{0, "08:15:30"}, {274, "09:15:30"}}));
}

TEST(TimeScale, TakesWorkThatTookNoTime) {
  const TimeScale scale({span(0s, 0s), span(0s, 0s)}, 1000);
  EXPECT_DOUBLE_EQ(scale.at(testing::sample_time()), 0);
  EXPECT_EQ(ticks_of(scale), (std::vector<std::pair<double, std::string>>{{0, "0s"}}));
}

}  // namespace
}  // namespace opready::report
