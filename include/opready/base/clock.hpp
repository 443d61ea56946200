// SPDX-License-Identifier: Apache-2.0
// The seam through which time reaches the program.
#pragma once

#include <chrono>

#include "opready/base/timestamp.hpp"

namespace opready::base {

using SteadyTime = std::chrono::steady_clock::time_point;

/// Steady time for durations and deadlines, wall time for what is written down. Tests give a clock that they move.
class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual SteadyTime steady() const = 0;
  [[nodiscard]] virtual Timestamp wall() const = 0;
};

/// The machine's clocks.
class SystemClock final : public Clock {
 public:
  [[nodiscard]] SteadyTime steady() const override;
  [[nodiscard]] Timestamp wall() const override;
};

}  // namespace opready::base
