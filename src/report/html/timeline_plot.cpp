// SPDX-License-Identifier: Apache-2.0
// Finds lanes and bars of the timeline.
#include "html/timeline_plot.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "opready/model/attempts.hpp"

#include "html/attempt_span.hpp"

namespace opready::report {
namespace {

/// Calls `act` for each attempt that ran itself, and not another case's in its stead.
template <typename Act>
void for_each_attempt(const RunView& run, const Act& act) {
  for (const CaseView& item : run.cases) {
    for (const model::AttemptRecord& attempt : item.record->attempts) {
      if (attempt.started.id == item.record->planned.test.id) {
        act(attempt);
      }
    }
  }
}

Lane lane_of(const model::AttemptRecord& attempt, const std::vector<std::string>& joined) {
  const auto run = std::find(joined.begin(), joined.end(), attempt.directory);
  return {static_cast<std::size_t>(run - joined.begin()), attempt.started.slot};
}

void sort_by_interest(std::vector<Bar>& bars) {
  std::stable_sort(bars.begin(), bars.end(), [](const Bar& left, const Bar& right) {
    const bool left_passed = left.state == State::passed;
    const bool right_passed = right.state == State::passed;
    return left_passed != right_passed ? right_passed
                                       : left.span.end - left.span.begin > right.span.end - right.span.begin;
  });
}

}  // namespace

Plot plot_of(const RunView& run) {
  Plot plot;
  plot.joined = !run.joined.empty();
  std::map<Lane, std::size_t> known;
  for_each_attempt(run, [&](const model::AttemptRecord& attempt) { known.emplace(lane_of(attempt, run.joined), 0); });
  for (auto& [lane, number] : known) {
    number = plot.lanes.size();
    plot.lanes.push_back(lane);
  }
  for_each_attempt(run, [&](const model::AttemptRecord& attempt) {
    plot.bars.push_back({known.at(lane_of(attempt, run.joined)), span_of(attempt, *run.record),
                         state_of(model::result_of(attempt).outcome), &attempt});
  });
  sort_by_interest(plot.bars);
  return plot;
}

std::string lane_name(const Plot& plot, std::size_t lane) {
  const Lane& named = plot.lanes[lane];
  const std::string slot = fmt::format("slot {}", named.slot + 1);
  return plot.joined ? fmt::format("run {} {}", named.run + 1, slot) : slot;
}

}  // namespace opready::report
