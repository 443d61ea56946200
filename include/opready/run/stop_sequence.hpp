// SPDX-License-Identifier: Apache-2.0
// How a child is brought to its end: asked, asked again, killed.
#pragma once

#include <chrono>
#include <optional>

#include "opready/base/clock.hpp"

namespace opready::run {

/// SIGINT, a second one at grace + 1 s, SIGKILL at grace + 3 s: Ginkgo takes the first as a request to clean up, the
/// second as one to hurry.
class StopSequence {
 public:
  /// The signal to send now; nothing after SIGKILL.
  [[nodiscard]] std::optional<int> advance(base::SteadyTime now, std::chrono::milliseconds grace);
  [[nodiscard]] bool begun() const { return step_ != Step::none; }
  /// When `advance` is due, once begun; nothing after SIGKILL.
  [[nodiscard]] std::optional<base::SteadyTime> deadline() const { return deadline_; }
  /// The clock went on for so long in which nobody could act.
  void postpone(std::chrono::milliseconds time);

 private:
  enum class Step { none, asked, insisted, killed };

  Step step_ = Step::none;
  base::SteadyTime asked_at_;
  std::optional<base::SteadyTime> deadline_;
};

}  // namespace opready::run
