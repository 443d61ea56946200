// SPDX-License-Identifier: Apache-2.0
// Real processes that outlived their parent.
#include "opready/run/survivor.hpp"

#include <csignal>
#include <initializer_list>
#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

namespace opready::run {
namespace {

using std::chrono::milliseconds;

/// A child in a process group of its own that ignores signals, or takes them.
class Survivor {
 public:
  explicit Survivor(std::initializer_list<int> ignored) : pid_(::fork()) {
    if (pid_ == 0) {
      ::setpgid(0, 0);
      ::alarm(60);
      for (const int signal : ignored) {
        std::signal(signal, SIG_IGN);
      }
      ::raise(SIGSTOP);
      while (true) {
        ::pause();
      }
    }
    int status = 0;
    EXPECT_EQ(::waitpid(pid_, &status, WUNTRACED), pid_);
    EXPECT_TRUE(WIFSTOPPED(status));
  }
  Survivor(const Survivor&) = delete;
  Survivor& operator=(const Survivor&) = delete;
  ~Survivor() { ::kill(pid_, SIGKILL); }

  [[nodiscard]] process::Identity identity() const {
    process::Identity identity = process::this_process();
    identity.pid = pid_;
    identity.start_ticks = process::start_ticks_of(pid_);
    return identity;
  }

  /// The signal that it ended by.
  [[nodiscard]] int killed_by() {
    int status = 0;
    EXPECT_EQ(::waitpid(pid_, &status, 0), pid_);
    return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  }

 private:
  pid_t pid_;
};

/// `grace` + 1 s passes before the second signal: none is left here.
constexpr milliseconds kGrace{-1000};

TEST(Survivor, IsAskedToEnd) {
  Survivor child({});
  EXPECT_TRUE(end_survivor(child.identity(), kGrace));
  EXPECT_EQ(child.killed_by(), SIGINT);
}

TEST(Survivor, IsKilledWhereItDoesNotEnd) {
  Survivor child({SIGINT, SIGTERM});
  EXPECT_TRUE(end_survivor(child.identity(), milliseconds(-2900)));
  EXPECT_EQ(child.killed_by(), SIGKILL);
}

TEST(Survivor, IsNoStrangerOfTheSamePid) {
  Survivor child({});
  process::Identity other = child.identity();
  ++other.start_ticks;
  EXPECT_FALSE(end_survivor(other, kGrace));
  other = child.identity();
  other.boot = "another";
  EXPECT_FALSE(end_survivor(other, kGrace));
  EXPECT_EQ(process::life_of(child.identity()), process::Life::alive);
}

}  // namespace
}  // namespace opready::run
