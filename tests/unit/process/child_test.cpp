// SPDX-License-Identifier: Apache-2.0
// Real children: their output, their end, their groups, and what they inherit.
#include "opready/process/child.hpp"

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <optional>
#include <string>
#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "opready/base/error.hpp"

namespace opready::process {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

/// A loop with one child on it that runs a line of shell.
class ChildTest : public testing::Test {
 protected:
  void start(const std::string& script, milliseconds drain = seconds(20)) {
    child_ = starter_.start({.argv = {"sh", "-c", script}, .drain = drain},
                            {.on_output =
                                 [this](std::string_view chunk) {
                                   output_ += chunk;
                                   if (on_output_) {
                                     on_output_();
                                   }
                                 },
                             .on_end = [this](const ChildEnd& end) { end_ = end; }});
  }

  EventLoop loop_;
  SystemChildStarter starter_{loop_};
  std::unique_ptr<Child> child_;
  std::string output_;
  std::function<void()> on_output_;
  std::optional<ChildEnd> end_;
};

TEST_F(ChildTest, ReadsBothStreamsAndTheExitStatus) {
  start("echo out; echo err >&2; exit 7");
  loop_.run();
  EXPECT_EQ(output_, "out\nerr\n");
  ASSERT_TRUE(end_);
  EXPECT_EQ(end_->exit.code, 7);
  EXPECT_FALSE(end_->leaked);
}

TEST_F(ChildTest, TellsTheSignalThatEndedIt) {
  start("kill -SEGV $$");
  loop_.run();
  EXPECT_EQ(end_->exit.signal, SIGSEGV);
  EXPECT_FALSE(end_->exit.code);
}

TEST_F(ChildTest, ReadsAllOfALargeOutput) {
  start("head -c 5000000 /dev/zero");
  loop_.run();
  EXPECT_EQ(output_.size(), 5000000U);
}

TEST_F(ChildTest, RunsInAGroupOfItsOwnWithNothingOnStdin) {
  start("cat; ps -o pgid= -p $$ | tr -d ' '; echo $$");
  loop_.run();
  const std::string pid = std::to_string(child_->pid());
  EXPECT_EQ(output_, pid + "\n" + pid + "\n");
}

TEST_F(ChildTest, InheritsOnlyTheStandardDescriptors) {
  constexpr int kLeak = 200;
  ASSERT_EQ(::dup2(STDERR_FILENO, kLeak), kLeak);  // Without O_CLOEXEC, as a library might leave one.
  start("for fd in /proc/$$/fd/*; do echo ${fd##*/}; done");
  loop_.run();
  ::close(kLeak);
  EXPECT_TRUE(output_.starts_with("0\n1\n2\n")) << output_;
  EXPECT_EQ(output_.find("200\n"), std::string::npos) << output_;
}

TEST_F(ChildTest, StartsWithACleanSignalMask) {
  sigset_t blocked;
  sigset_t before;
  ::sigemptyset(&blocked);
  ::sigaddset(&blocked, SIGTERM);
  ::sigprocmask(SIG_BLOCK, &blocked, &before);
  std::signal(SIGPIPE, SIG_IGN);
  start("grep -E 'Sig(Blk|Ign)' /proc/$$/status | tr -d '\\n\\t'");
  loop_.run();
  std::signal(SIGPIPE, SIG_DFL);
  ::sigprocmask(SIG_SETMASK, &before, nullptr);
  EXPECT_EQ(output_, "SigBlk:0000000000000000SigIgn:0000000000000000");
}

TEST_F(ChildTest, SignalsReachTheWholeGroup) {
  on_output_ = [this] { child_->signal_group(SIGTERM); };
  start(
      "trap 'echo parent' TERM; (trap 'echo grandchild; exit' TERM; echo ready; while :; do sleep 0.01; done) & wait; "
      "wait");
  loop_.run();
  EXPECT_NE(output_.find("grandchild\n"), std::string::npos) << output_;
  EXPECT_NE(output_.find("parent\n"), std::string::npos) << output_;
}

TEST_F(ChildTest, EndsAGrandchildThatHoldsTheOutputOpen) {
  start("sleep 600 & echo $!", milliseconds(50));
  loop_.run();
  ASSERT_TRUE(end_);
  EXPECT_TRUE(end_->leaked);
  EXPECT_EQ(end_->exit.code, 0);
  const pid_t grandchild = std::stoi(output_);
  // Gone, or a zombie that init has yet to take away.
  EXPECT_TRUE(::kill(grandchild, 0) != 0 || ::waitpid(grandchild, nullptr, WNOHANG) != 0);
}

TEST_F(ChildTest, GivesUpOnAGrandchildThatLeftTheGroup) {
  start("setsid sleep 5 & exit 0", milliseconds(50));
  loop_.run();
  ASSERT_TRUE(end_);
  EXPECT_TRUE(end_->leaked);
}

TEST_F(ChildTest, WaitsForAGrandchildThatEndsInTime) {
  start("(sleep 0.1; echo late) & echo early");
  loop_.run();
  EXPECT_EQ(output_, "early\nlate\n");
  EXPECT_FALSE(end_->leaked);
}

TEST_F(ChildTest, IsKilledAndReapedWhenDestroyed) {
  start("sleep 600");
  const auto pid = static_cast<pid_t>(child_->pid());
  child_.reset();
  EXPECT_EQ(::waitpid(pid, nullptr, WNOHANG), -1);
  EXPECT_EQ(errno, ECHILD);
  loop_.run();
  EXPECT_FALSE(end_);
}

TEST_F(ChildTest, KnowsItsStartTime) {
  start("sed 's/.*) //' /proc/$$/stat | cut -d' ' -f20");
  loop_.run();
  EXPECT_EQ(std::to_string(child_->start_ticks()) + "\n", output_);
}

TEST_F(ChildTest, MayBeDestroyedByItsOwnEnd) {
  child_ = starter_.start({.argv = {"true"}}, {.on_end = [this](const ChildEnd& end) {
                            end_ = end;
                            child_.reset();
                          }});
  loop_.run();
  EXPECT_EQ(end_->exit.code, 0);
}

TEST_F(ChildTest, LeavesNoZombieWhenTheProgramCannotStart) {
  EXPECT_THROW(static_cast<void>(starter_.start({.argv = {"/nowhere"}}, {})), base::Error);
  EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1);
  EXPECT_EQ(errno, ECHILD);
  loop_.run();
}

}  // namespace
}  // namespace opready::process
