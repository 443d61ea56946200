// SPDX-License-Identifier: Apache-2.0
// Tests of numbers of builds.
#include "opready/publish/build_id.hpp"

#include <gtest/gtest.h>

#include "opready/base/error.hpp"

namespace opready::publish {
namespace {

using namespace std::chrono_literals;

TEST(BuildId, IsAWholeNumberWithoutZerosInFront) {
  EXPECT_EQ(parse_build_id("1"), 1U);
  EXPECT_EQ(parse_build_id("1769847330"), 1769847330U);
  EXPECT_EQ(parse_build_id("9999999999999999999"), 9999999999999999999U);
  for (const std::string_view text : {"", "0", "01", "-1", "+1", "1 ", "1.5", "0x1", "a", "10000000000000000000"}) {
    EXPECT_EQ(parse_build_id(text), std::nullopt) << text;
  }
}

TEST(BuildId, IsTheRunsStartAndAlwaysAboveTheLatest) {
  const base::Timestamp start{1769847330123ms};
  EXPECT_EQ(next_build_id(start, std::nullopt), 1769847330U);
  EXPECT_EQ(next_build_id(start, 5), 1769847330U);
  EXPECT_EQ(next_build_id(start, 1769847330), 1769847331U);
  EXPECT_EQ(next_build_id(start, 2017000000000000000), 2017000000000000001U);
  EXPECT_EQ(next_build_id(base::Timestamp{-5s}, std::nullopt), 1U);
}

TEST(BuildId, IsNeverOneThatDashboardsCannotRead) {
  EXPECT_EQ(next_build_id({}, 9999999999999999998U), 9999999999999999999U);
  try {
    FAIL() << next_build_id({}, 9999999999999999999U);
  } catch (const base::Error& error) {
    EXPECT_EQ(error.code(), base::ExitCode::cannot_run);
    EXPECT_STREQ(error.what(),
                 "build 9999999999999999999 is there, above which there are no numbers of 19 digits: name one with "
                 "--build");
  }
}

TEST(BuildId, OfAStoreRisesWithTimeAndDiffersBetweenRuns) {
  const base::Timestamp now{1769847330123ms};
  const BuildId one = store_build_id(now, "0123456789abcdef");
  EXPECT_EQ(one / 1000, 1769847330123U);
  EXPECT_EQ(one, store_build_id(now, "0123456789abcdef"));
  EXPECT_NE(one, store_build_id(now, "0123456789abcdee"));
  EXPECT_LT(one, store_build_id(now + 1ms, "0123456789abcdef"));
  EXPECT_TRUE(parse_build_id(std::to_string(one)));
}

}  // namespace
}  // namespace opready::publish
