// SPDX-License-Identifier: Apache-2.0
// Timers that go with their owner.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <set>
#include <utility>

#include "opready/process/event_loop.hpp"

namespace opready::cluster {

class Timers {
 public:
  explicit Timers(process::EventLoop& loop) : loop_(loop) {}
  Timers(const Timers&) = delete;
  Timers& operator=(const Timers&) = delete;
  ~Timers() { cancel_all(); }

  process::EventLoop::TimerId after(std::chrono::milliseconds delay, std::function<void()> callback) {
    const auto id = std::make_shared<process::EventLoop::TimerId>(0);
    *id = loop_.after(delay, [this, id, callback = std::move(callback)] {
      ids_.erase(*id);
      callback();
    });
    ids_.insert(*id);
    return *id;
  }
  void cancel(process::EventLoop::TimerId id) {
    ids_.erase(id);
    loop_.cancel(id);
  }
  void cancel_all() {
    for (const auto id : std::exchange(ids_, {})) {
      loop_.cancel(id);
    }
  }

 private:
  process::EventLoop& loop_;
  std::set<process::EventLoop::TimerId> ids_;
};

}  // namespace opready::cluster
