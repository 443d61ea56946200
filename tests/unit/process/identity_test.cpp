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
  EXPECT_EQ(life_of(process), Life::alive);

  ::kill(child, SIGKILL);
  siginfo_t info{};
  ::waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOWAIT);
  EXPECT_EQ(life_of(process), Life::ended);
  ::waitpid(child, nullptr, 0);
  EXPECT_EQ(life_of(process), Life::ended);
}

TEST(Identity, TellsThatAPidWasUsedAgain) {
  Identity process = this_process();
  EXPECT_EQ(life_of(process), Life::alive);
  ++process.start_ticks;
  EXPECT_EQ(life_of(process), Life::ended);
}

TEST(Identity, SaysNothingOfProcessesOfOtherSystems) {
  Identity process = this_process();
  process.start_ticks = 1;
  ASSERT_EQ(life_of(process), Life::ended);
  process.boot = "another";
  EXPECT_EQ(life_of(process), Life::unknown);
  process = this_process();
  process.start_ticks = 1;
  process.pid_namespace = "pid:[1]";
  EXPECT_EQ(life_of(process), Life::unknown);
  process = this_process();
  process.start_ticks = 0;
  EXPECT_EQ(life_of(process), Life::unknown);
}

}  // namespace
}  // namespace opready::process
