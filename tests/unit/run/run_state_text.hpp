// SPDX-License-Identifier: Apache-2.0
// Small plans, and actions as text.
#pragma once

#include <csignal>
#include <string>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "opready/run/run_state.hpp"

namespace opready::run {

inline const base::SteadyTime kStart = base::SteadyTime(std::chrono::hours(1));

/// A case that selects one spec named after each letter of `specs`.
inline model::PlannedCase planned(const std::string& specs, bool serial = false) {
  model::PlannedCase result;
  for (const char letter : specs) {
    result.specs.push_back({std::string(1, letter), "", 0});
  }
  result.serial = serial;
  result.timeout = std::chrono::minutes(10);
  return result;
}

/// "start 0/1" for case 0 on slot 1, "INT 0", "KILL 0".
inline std::string text(const Actions& actions) {
  std::string result;
  for (const Action& action : actions) {
    if (!result.empty()) {
      result += ", ";
    }
    if (const auto* start = std::get_if<StartCase>(&action)) {
      result += fmt::format("start {}/{}", start->index, start->slot);
      result += start->attempt > 1 ? fmt::format(" attempt {}", start->attempt) : "";
      result += start->specs.empty() ? "" : fmt::format(" of {}", fmt::join(start->specs, "+"));
    } else if (const auto* signal = std::get_if<SignalCase>(&action)) {
      result += fmt::format("{} {}", signal->signal == SIGKILL ? "KILL" : "INT", signal->index);
    } else if (const auto* place = std::get_if<PlaceFor>(&action)) {
      result += fmt::format("place {}", model::to_string(place->placement));
    } else if (const auto* turn = std::get_if<TakeTurn>(&action)) {
      result += turn->turn == cluster::Turn::shared ? "take a shared turn" : "take the exclusive turn";
    } else if (const auto* hopeless = std::get_if<GiveUpCase>(&action)) {
      result += fmt::format("give up {}", hopeless->index);
    } else if (const auto* closed = std::get_if<CloseRun>(&action)) {
      result += fmt::format("close: {}", model::to_string(closed->reason));
    }
  }
  return result;
}

}  // namespace opready::run
