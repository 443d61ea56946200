// SPDX-License-Identifier: Apache-2.0
// Waits for a process that is nobody's child, and hastens its end.
#include "opready/run/survivor.hpp"

#include <cerrno>
#include <csignal>
#include <thread>
#include <tuple>

#include <fmt/format.h>

#include "opready/base/clock.hpp"
#include "opready/base/error.hpp"
#include "opready/run/stop_sequence.hpp"

namespace opready::run {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kPoll{20};
/// From SIGKILL on; a process that waits for a disk takes it late.
constexpr milliseconds kLongestDeath{5000};

bool lives(const process::Identity& child) {
  return process::life_of(child) == process::Life::alive;
}

/// False where it still lives at `deadline`.
bool is_gone_by(const process::Identity& child, base::SteadyTime deadline) {
  const base::SystemClock clock;
  while (lives(child)) {
    if (clock.steady() >= deadline) {
      return false;
    }
    std::this_thread::sleep_for(kPoll);
  }
  return true;
}

void signal_group(const process::Identity& child, int signal) {
  if (::kill(-static_cast<pid_t>(child.pid), signal) != 0 && errno != ESRCH) {
    throw base::environment_error(
        fmt::format("cannot end process {}, which the run left: {}", child.pid, base::errno_text(errno)));
  }
}

}  // namespace

bool end_survivor(const process::Identity& child, milliseconds grace) {
  if (!lives(child)) {
    return false;
  }
  const base::SystemClock clock;
  StopSequence stop;
  std::ignore = stop.advance(clock.steady(), grace);  // The kernel's.
  signal_group(child, SIGCONT);
  while (stop.deadline()) {
    if (is_gone_by(child, *stop.deadline())) {
      return true;
    }
    signal_group(child, stop.advance(clock.steady(), grace).value_or(SIGKILL));
  }
  if (!is_gone_by(child, clock.steady() + kLongestDeath)) {
    throw base::environment_error(fmt::format("process {}, which the run left, doesn't die of SIGKILL", child.pid));
  }
  return true;
}

}  // namespace opready::run
