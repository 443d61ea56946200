// SPDX-License-Identifier: Apache-2.0
// Tests of the system clock.
#include "opready/base/clock.hpp"

#include <gtest/gtest.h>

namespace opready::base {
namespace {

TEST(SystemClock, TellsTheTimeOfTheMachine) {
  const SystemClock clock;
  const auto steady_before = std::chrono::steady_clock::now();
  const auto wall_before = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  const auto steady = clock.steady();
  const auto wall = clock.wall();
  EXPECT_LE(steady_before, steady);
  EXPECT_LE(steady, std::chrono::steady_clock::now());
  EXPECT_LE(wall_before, wall);
  EXPECT_LE(wall, std::chrono::system_clock::now());
}

}  // namespace
}  // namespace opready::base
