// SPDX-License-Identifier: Apache-2.0
// Telling processes apart.
#include "opready/process/identity.hpp"

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

namespace opready::process {
namespace {

TEST(Identity, OfThisProcessIsWhole) {
  const Identity self = this_process();
  EXPECT_EQ(self.pid, ::getpid());
  EXPECT_NE(self.start_ticks, 0U);
  EXPECT_FALSE(self.boot.empty());
  EXPECT_FALSE(self.pid_namespace.empty());
  EXPECT_EQ(self, this_process());
}

TEST(Identity, TellsThatAProcessHasEndedOnceItIsAZombie) {
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    ::pause();
    ::_exit(0);
  }
  Identity process = this_process();
  process.pid = child;
  process.start_ticks = start_ticks_of(child);
  EXPECT_FALSE(has_ended(process));

  ::kill(child, SIGKILL);
  siginfo_t info{};
  ::waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOWAIT);
  EXPECT_TRUE(has_ended(process));
  ::waitpid(child, nullptr, 0);
  EXPECT_TRUE(has_ended(process));
}

TEST(Identity, TellsThatAPidWasUsedAgain) {
  Identity process = this_process();
  EXPECT_FALSE(has_ended(process));
  ++process.start_ticks;
  EXPECT_TRUE(has_ended(process));
}

TEST(Identity, SaysNothingOfProcessesOfOtherSystems) {
  Identity process = this_process();
  process.start_ticks = 1;
  ASSERT_TRUE(has_ended(process));
  process.boot = "another";
  EXPECT_FALSE(has_ended(process));
  process = this_process();
  process.start_ticks = 1;
  process.pid_namespace = "pid:[1]";
  EXPECT_FALSE(has_ended(process));
  process = this_process();
  process.start_ticks = 0;
  EXPECT_FALSE(has_ended(process));
}

}  // namespace
}  // namespace opready::process
