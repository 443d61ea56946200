// SPDX-License-Identifier: Apache-2.0
// The steps towards a child's end.
#include "opready/run/stop_sequence.hpp"

#include <csignal>

namespace opready::run {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr milliseconds kInsistAfterGrace = seconds(1);
constexpr milliseconds kKillAfterGrace = seconds(3);

}  // namespace

std::optional<int> StopSequence::advance(base::SteadyTime now, milliseconds grace) {
  switch (step_) {
    case Step::none:
      step_ = Step::asked;
      asked_at_ = now;
      deadline_ = now + grace + kInsistAfterGrace;
      return SIGINT;
    case Step::asked:
      step_ = Step::insisted;
      deadline_ = asked_at_ + grace + kKillAfterGrace;
      return SIGINT;
    case Step::insisted:
      step_ = Step::killed;
      deadline_.reset();
      return SIGKILL;
    case Step::killed:
      return std::nullopt;
  }
  return std::nullopt;
}

void StopSequence::postpone(milliseconds time) {
  asked_at_ += time;
  if (deadline_) {
    *deadline_ += time;
  }
}

}  // namespace opready::run
