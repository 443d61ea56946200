// SPDX-License-Identifier: Apache-2.0
// The one loop of the process: timers, signals and children, all on the calling thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

namespace opready::process {

/// Callbacks run inside `run`, one at a time, in the order of what happened. An exception thrown by one leaves `run`.
class EventLoop {
 public:
  using TimerId = std::uint64_t;

  EventLoop();
  EventLoop(const EventLoop&) = delete;
  EventLoop& operator=(const EventLoop&) = delete;
  ~EventLoop();

  /// Returns after `stop`, or when nothing is pending any more.
  void run();
  void stop();

  /// Calls `callback` once after `delay`, unless cancelled before.
  TimerId after(std::chrono::milliseconds delay, std::function<void()> callback);
  void cancel(TimerId timer);

  /// From now on each of `signals` reaches `callback` instead of its default action, until the loop is destroyed.
  /// No signal in two calls. Waiting for signals doesn't keep `run` from returning.
  void on_signals(const std::vector<int>& signals, std::function<void(int)> callback);
  /// Blocks those signals for the rest of the process. For a process whose exit status is decided: it outlives the
  /// loop by a moment, in which a signal would have its default action again and kill it.
  void block_signals();

  struct Impl;
  [[nodiscard]] Impl& impl() { return *impl_; }

 private:
  std::unique_ptr<Impl> impl_;
};

}  // namespace opready::process
