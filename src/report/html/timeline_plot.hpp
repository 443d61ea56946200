// SPDX-License-Identifier: Apache-2.0
// What the timeline shows: a lane for each job slot of each run, and a bar for each attempt.
#pragma once

#include <compare>
#include <cstddef>
#include <string>
#include <vector>

#include "html/run_view.hpp"
#include "html/time_scale.hpp"

namespace opready::report {

struct Lane {
  std::size_t run = 0;  ///< Its place in RunView::joined.
  int slot = 0;

  auto operator<=>(const Lane&) const = default;
};

struct Bar {
  std::size_t lane = 0;
  TimeSpan span;
  State state = State::passed;
  const model::AttemptRecord* attempt = nullptr;
};

struct Plot {
  std::vector<Lane> lanes;
  std::vector<Bar> bars;  ///< First those that deserve a name of their own: what didn't pass, and the longest.
  bool joined = false;    ///< Of several runs, whose slots have the same numbers.
};

[[nodiscard]] Plot plot_of(const RunView& run);

/// "slot 1", or "run 2 slot 1" where there are several runs.
[[nodiscard]] std::string lane_name(const Plot& plot, std::size_t lane);

}  // namespace opready::report
