// SPDX-License-Identifier: Apache-2.0
// Turns the signal that ended a loop into an Error.
#include "stoppable_loop.hpp"

#include <chrono>
#include <csignal>
#include <utility>
#include <vector>

#include "opready/base/error.hpp"

namespace opready::cli {

StoppableLoop::StoppableLoop(std::string stopped) : stopped_(std::move(stopped)) {
  loop_.on_signals({SIGINT, SIGTERM, SIGHUP}, [this](int signal) {
    stopped_by_ = signal;
    loop_.stop();
  });
}

process::Capture StoppableLoop::capture() {
  return [this](const auto& commands, std::chrono::milliseconds timeout) {
    std::vector<process::Captured> answers = process::capture_on(loop_, starter_, commands, timeout);
    require_no_signal();
    return answers;
  };
}

void StoppableLoop::run() {
  loop_.run();
  require_no_signal();
}

void StoppableLoop::require_no_signal() const {
  if (stopped_by_ != 0) {
    throw base::Error(static_cast<base::ExitCode>(base::kSignalExitBase + stopped_by_), stopped_);
  }
}

}  // namespace opready::cli
