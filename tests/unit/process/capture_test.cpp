// SPDX-License-Identifier: Apache-2.0
// Short commands, side by side.
#include "opready/process/capture.hpp"

#include <csignal>

#include <gtest/gtest.h>

#include "opready/base/error.hpp"

namespace opready::process {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

TEST(Capture, KeepsTheTwoStreamsApart) {
  const auto results = capture({{"sh", "-c", "echo out; echo err >&2; exit 3"}}, seconds(20));
  ASSERT_EQ(results.size(), 1U);
  EXPECT_EQ(results[0].out, "out\n");
  EXPECT_EQ(results[0].err, "err\n");
  EXPECT_EQ(results[0].exit.code, 3);
  EXPECT_FALSE(results[0].succeeded());
}

TEST(Capture, GivesResultsInTheOrderOfTheCommands) {
  const auto results = capture({{"sh", "-c", "sleep 0.1; echo first"}, {"echo", "second"}}, seconds(20));
  EXPECT_EQ(results[0].out, "first\n");
  EXPECT_EQ(results[1].out, "second\n");
  EXPECT_TRUE(results[0].succeeded());
}

TEST(Capture, KillsWhatIsNotDoneInTime) {
  const auto results = capture({{"sleep", "600"}, {"echo", "quick"}}, milliseconds(100));
  EXPECT_TRUE(results[0].timed_out);
  EXPECT_EQ(results[0].exit.signal, SIGKILL);
  EXPECT_TRUE(results[1].succeeded());
}

TEST(Capture, TellsWhyACommandCouldNotStart) {
  const auto results =
      capture({{"/nowhere/at-all"}, {"no-such-program-in-path"}, {"/etc/passwd"}, {"echo", "x"}}, seconds(20));
  EXPECT_EQ(results[0].start_error, "cannot start '/nowhere/at-all': no such file or directory");
  EXPECT_EQ(results[1].start_error, "cannot start 'no-such-program-in-path': not found in PATH");
  EXPECT_EQ(results[2].start_error, "cannot start '/etc/passwd': permission denied");
  EXPECT_EQ(results[3].out, "x\n");
}

TEST(StoppableCapture, EndsItsCommandsAndThrowsOnASignal) {
  // The command's own parent is this process.
  EXPECT_THROW(
      {
        try {
          static_cast<void>(stoppable_capture({{"sh", "-c", "kill -TERM $PPID; sleep 600"}}, seconds(30)));
        } catch (const base::Error& error) {
          EXPECT_EQ(static_cast<int>(error.code()), 128 + SIGTERM);
          throw;
        }
      },
      base::Error);
}

TEST(StoppableCapture, IsACaptureWhereNobodySignals) {
  EXPECT_EQ(stoppable_capture({{"echo", "x"}}, seconds(20)).front().out, "x\n");
}

TEST(Capture, HasNothingToSayOfNoCommands) {
  EXPECT_TRUE(capture({}, seconds(1)).empty());
}

}  // namespace
}  // namespace opready::process
