// SPDX-License-Identifier: Apache-2.0
// Tests of the developers' log.
#include "opready/base/log.hpp"

#include <cstdlib>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include "opready/base/timestamp.hpp"

namespace opready::base {
namespace {

/// `text` with TIME in place of the time that begins each line.
std::string without_times(const std::string& text) {
  std::istringstream lines(text);
  std::string result;
  for (std::string time, rest; lines >> time && std::getline(lines, rest);) {
    EXPECT_NE(parse_rfc3339(time), std::nullopt) << time;
    result += "TIME" + rest + "\n";
  }
  return result;
}

/// What reaches stderr with OPREADY_LOG set to `level` (nullptr: unset), without its times.
std::string logged_at(const char* level) {
  if (level != nullptr) {
    ::setenv("OPREADY_LOG", level, 1);
  }
  ::testing::internal::CaptureStderr();
  set_up_log();
  log_debug("starting e2e.test --token=abc");
  log_warning("careful");
  const std::string text = ::testing::internal::GetCapturedStderr();
  ::unsetenv("OPREADY_LOG");
  set_up_log();
  return without_times(text);
}

TEST(Log, IsOffUnlessAskedFor) {
  EXPECT_EQ(logged_at(nullptr), "");
  EXPECT_EQ(logged_at(""), "");
}

TEST(Log, ShowsWhatTheLevelAllowsRedacted) {
  EXPECT_EQ(logged_at("debug"), "TIME debug: starting e2e.test --token=[redacted]\nTIME warning: careful\n");
  EXPECT_EQ(logged_at("info"), "TIME warning: careful\n");
  EXPECT_EQ(logged_at("warn"), "TIME warning: careful\n");
}

TEST(Log, NamesAnUnknownLevel) {
  EXPECT_EQ(logged_at("loud"),
            "TIME warning: OPREADY_LOG is none of debug, info and warn; taken as warn\nTIME warning: careful\n");
}

}  // namespace
}  // namespace opready::base
