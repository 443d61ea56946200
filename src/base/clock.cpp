// SPDX-License-Identifier: Apache-2.0
// The machine's clocks.
#include "opready/base/clock.hpp"

namespace opready::base {

SteadyTime SystemClock::steady() const {
  return std::chrono::steady_clock::now();
}

Timestamp SystemClock::wall() const {
  return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

}  // namespace opready::base
