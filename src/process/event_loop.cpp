// SPDX-License-Identifier: Apache-2.0
// Timers and signals on Asio.
#include "opready/process/event_loop.hpp"

#include <csignal>
#include <utility>

#include "event_loop_impl.hpp"

namespace opready::process {
namespace {

void await_signal(boost::asio::signal_set& signals, std::function<void(int)> callback) {
  signals.async_wait([&signals, callback = std::move(callback)](const boost::system::error_code& error, int signal) {
    if (error) {
      return;
    }
    callback(signal);
    await_signal(signals, callback);
  });
}

}  // namespace

EventLoop::EventLoop() : impl_(std::make_unique<Impl>()) {}
EventLoop::~EventLoop() = default;

void EventLoop::run() {
  impl_->stopped = false;
  impl_->context.restart();
  // Not io_context::run, which would wait for ever for a signal that nobody sends.
  while (!impl_->stopped && (impl_->children > 0 || !impl_->timers.empty())) {
    impl_->context.run_one();
  }
}

void EventLoop::stop() {
  impl_->stopped = true;
}

EventLoop::TimerId EventLoop::after(std::chrono::milliseconds delay, std::function<void()> callback) {
  const TimerId id = ++impl_->last_timer;
  auto [entry, inserted] = impl_->timers.try_emplace(id, impl_->context, delay);
  entry->second.async_wait([this, id, callback = std::move(callback)](const boost::system::error_code& error) {
    // A timer that was cancelled after it had expired is told by its absence, not by the error.
    if (!error && impl_->timers.erase(id) > 0) {
      callback();
    }
  });
  return id;
}

void EventLoop::cancel(TimerId timer) {
  impl_->timers.erase(timer);
}

void EventLoop::on_signals(const std::vector<int>& signals, std::function<void(int)> callback) {
  boost::asio::signal_set& set = impl_->signals.emplace_back(impl_->context);
  for (const int signal : signals) {
    struct sigaction inherited{};
    ::sigaction(signal, nullptr, &inherited);
    // Whoever started us with nohup means it.
    if (signal != SIGHUP || inherited.sa_handler != SIG_IGN) {
      set.add(signal);
      impl_->taken.push_back(signal);
    }
  }
  await_signal(set, std::move(callback));
}

void EventLoop::block_signals() {
  sigset_t taken;
  ::sigemptyset(&taken);
  for (const int signal : impl_->taken) {
    ::sigaddset(&taken, signal);
  }
  ::sigprocmask(SIG_BLOCK, &taken, nullptr);
}

}  // namespace opready::process
