// SPDX-License-Identifier: Apache-2.0
// Timers fire in order, can be cancelled, and signals arrive without keeping the loop alive.
#include "opready/process/event_loop.hpp"

#include <csignal>
#include <string>

#include <gtest/gtest.h>

namespace opready::process {
namespace {

using std::chrono::milliseconds;

TEST(EventLoop, ReturnsAtOnceWhenNothingIsPending) {
  EventLoop loop;
  loop.run();
}

TEST(EventLoop, FiresTimersInTheirOrder) {
  EventLoop loop;
  std::string order;
  loop.after(milliseconds(20), [&] { order += 'b'; });
  loop.after(milliseconds(1), [&] {
    order += 'a';
    loop.after(milliseconds(30), [&] { order += 'c'; });
  });
  loop.run();
  EXPECT_EQ(order, "abc");
}

TEST(EventLoop, DoesNotFireACancelledTimer) {
  EventLoop loop;
  bool fired = false;
  const auto doomed = loop.after(milliseconds(1), [&] { fired = true; });
  loop.cancel(doomed);
  loop.after(milliseconds(10), [] {});
  loop.run();
  EXPECT_FALSE(fired);
}

TEST(EventLoop, CancelsATimerThatExpiredAtTheSameMoment) {
  EventLoop loop;
  bool fired = false;
  EventLoop::TimerId second = 0;
  loop.after(milliseconds(0), [&] { loop.cancel(second); });
  second = loop.after(milliseconds(0), [&] { fired = true; });
  loop.run();
  EXPECT_FALSE(fired);
}

TEST(EventLoop, StopsWithTimersPending) {
  EventLoop loop;
  loop.after(milliseconds(0), [&] { loop.stop(); });
  loop.after(std::chrono::hours(1), [] { FAIL(); });
  loop.run();
}

TEST(EventLoop, TellsEverySignal) {
  EventLoop loop;
  std::string seen;
  loop.on_signals({SIGUSR1, SIGUSR2}, [&](int signal) {
    seen += signal == SIGUSR1 ? '1' : '2';
    if (seen.size() == 2) {
      loop.stop();
    }
  });
  loop.after(milliseconds(0), [] { std::raise(SIGUSR1); });
  loop.after(milliseconds(5), [] { std::raise(SIGUSR2); });
  loop.after(std::chrono::seconds(20), [] { FAIL() << "no signal came"; });
  loop.run();
  EXPECT_EQ(seen, "12");
}

TEST(EventLoop, TellsSignalsToWhoAskedForThem) {
  EventLoop loop;
  std::string seen;
  loop.on_signals({SIGUSR1}, [&](int) { seen += "first "; });
  loop.on_signals({SIGUSR2}, [&](int) {
    seen += "second";
    loop.stop();
  });
  loop.after(milliseconds(0), [] { std::raise(SIGUSR1); });
  loop.after(milliseconds(5), [] { std::raise(SIGUSR2); });
  loop.after(std::chrono::seconds(20), [] { FAIL() << "no signal came"; });
  loop.run();
  EXPECT_EQ(seen, "first second");
}

TEST(EventLoop, BlocksItsSignalsBeyondItsOwnLife) {
  {
    EventLoop loop;
    loop.on_signals({SIGUSR1}, [](int) {});
    loop.block_signals();
  }
  ::raise(SIGUSR1);  // Its default action would end this test.
  sigset_t pending;
  ::sigpending(&pending);
  EXPECT_EQ(1, ::sigismember(&pending, SIGUSR1));

  sigset_t taken;
  ::sigemptyset(&taken);
  ::sigaddset(&taken, SIGUSR1);
  const timespec at_once{};
  EXPECT_EQ(SIGUSR1, ::sigtimedwait(&taken, nullptr, &at_once));
  ::sigprocmask(SIG_UNBLOCK, &taken, nullptr);
}

TEST(EventLoop, DoesNotWaitForASignalThatNobodySends) {
  EventLoop loop;
  loop.on_signals({SIGUSR1}, [](int) {});
  loop.run();
}

}  // namespace
}  // namespace opready::process
