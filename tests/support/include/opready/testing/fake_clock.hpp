// SPDX-License-Identifier: Apache-2.0
// A clock that tests move.
#pragma once

#include <chrono>

#include "opready/base/clock.hpp"

namespace opready::testing {

/// Stands at 2026-01-31T08:15:30.000Z until it's advanced.
class FakeClock final : public base::Clock {
 public:
  [[nodiscard]] base::SteadyTime steady() const override { return steady_; }
  [[nodiscard]] base::Timestamp wall() const override { return wall_; }

  /// Moves both clocks.
  void advance(std::chrono::milliseconds by) {
    steady_ += by;
    wall_ += by;
  }

 private:
  base::SteadyTime steady_{};
  base::Timestamp wall_ = std::chrono::sys_days{std::chrono::January / 31 / 2026} + std::chrono::hours{8} +
                          std::chrono::minutes{15} + std::chrono::seconds{30};
};

}  // namespace opready::testing
