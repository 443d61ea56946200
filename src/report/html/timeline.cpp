// SPDX-License-Identifier: Apache-2.0
// Who ran when, on which job slot.
#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "opready/base/counted.hpp"
#include "opready/base/duration.hpp"
#include "opready/model/attempts.hpp"

#include "html/attempt_span.hpp"
#include "html/parts.hpp"
#include "html/sections.hpp"
#include "html/time_scale.hpp"

namespace opready::report {
namespace {

constexpr double kWidth = 1000;
constexpr double kLeft = 60;
constexpr double kTop = 22;
constexpr double kLane = 20;
constexpr double kBar = 14;
constexpr std::size_t kLanes = 40;
/// Bars that tell their case when pointed at: failures, and the longest. The others of a lane share one shape.
constexpr std::size_t kNamed = 150;
/// Of the plot, in bytes.
constexpr std::size_t kRoom = 100'000;

struct Bar {
  std::size_t lane = 0;
  TimeSpan span;
  State state = State::passed;
  const model::AttemptRecord* attempt = nullptr;
};

using Lane = std::pair<std::string, int>;  ///< A run's directory, and a slot of its.

struct Plot {
  std::vector<Lane> lanes;
  std::vector<Bar> bars;
};

Plot plot_of(const RunView& run) {
  Plot plot;
  std::map<Lane, std::size_t> known;
  for (const CaseView& item : run.cases) {
    for (const model::AttemptRecord& attempt : item.record->attempts) {
      if (attempt.started.id == item.record->planned.test.id) {
        known.emplace(Lane{attempt.directory, attempt.started.slot}, 0);
      }
    }
  }
  for (auto& [lane, number] : known) {
    number = plot.lanes.size();
    plot.lanes.push_back(lane);
  }
  for (const CaseView& item : run.cases) {
    for (const model::AttemptRecord& attempt : item.record->attempts) {
      if (attempt.started.id == item.record->planned.test.id) {
        plot.bars.push_back({known.at({attempt.directory, attempt.started.slot}), span_of(attempt, *run.record),
                             state_of(model::result_of(attempt).outcome), &attempt});
      }
    }
  }
  return plot;
}

std::string number(double value) {
  return fmt::format("{:.1f}", value);
}

double top_of(std::size_t lane) {
  return kTop + kLane * static_cast<double>(lane);
}

void write_frame(HtmlWriter& out, const Plot& plot, const TimeScale& scale, double height) {
  for (const TimeScale::Tick& tick : scale.ticks()) {
    const std::string x = number(kLeft + tick.x);
    out.single("line", {{"class", "tick"}, {"x1", x}, {"x2", x}, {"y1", number(kTop - 4)}, {"y2", number(height)}});
    out.leaf("text", tick.label, {{"x", x}, {"y", "12"}});
  }
  for (std::size_t lane = 0; lane < plot.lanes.size(); ++lane) {
    out.leaf("text", fmt::format("slot {}", plot.lanes[lane].second + 1),
             {{"x", "0"}, {"y", number(top_of(lane) + kBar - 3)}});
  }
}

struct Place {
  double x = 0;
  double width = 0;
};

Place place_of(const Bar& bar, const TimeScale& scale) {
  const double x = scale.at(bar.span.begin);
  return {x, std::max(scale.at(bar.span.end) - x - 0.5, 1.0)};
}

void write_named(HtmlWriter& out, const Bar& bar, const TimeScale& scale) {
  const Place place = place_of(bar, scale);
  const auto rect = out.element("rect", {{"class", class_of(bar.state)},
                                         {"x", number(kLeft + place.x)},
                                         {"y", number(top_of(bar.lane))},
                                         {"width", number(place.width)},
                                         {"height", number(kBar)}});
  const model::CaseResult result = model::result_of(*bar.attempt);
  out.leaf("title", shown(fmt::format("{}, attempt {}: {}, {}", bar.attempt->started.id, bar.attempt->started.attempt,
                                      words(model::to_string(result.outcome)),
                                      base::human_duration(bar.span.end - bar.span.begin))));
}

/// One shape of all bars of a lane that have the same state; those that touch become one.
std::string shape_of(std::vector<Place> places, double top) {
  std::sort(places.begin(), places.end(), [](const Place& left, const Place& right) { return left.x < right.x; });
  std::string path;
  for (std::size_t index = 0; index < places.size();) {
    const double x = places[index].x;
    double end = x + places[index].width;
    for (++index; index < places.size() && places[index].x <= end + 0.6; ++index) {
      end = std::max(end, places[index].x + places[index].width);
    }
    path += fmt::format("M{:.1f} {:.0f}h{:.1f}v{:.0f}h-{:.1f}z", kLeft + x, top, end - x, kBar, end - x);
  }
  return path;
}

/// True where all of them found room.
bool write_shapes(HtmlWriter& out, const std::vector<Bar>& bars, std::size_t from, const TimeScale& scale) {
  std::map<std::pair<std::size_t, State>, std::vector<Place>> groups;
  for (std::size_t index = from; index < bars.size(); ++index) {
    groups[{bars[index].lane, bars[index].state}].push_back(place_of(bars[index], scale));
  }
  bool all = true;
  for (auto& [key, places] : groups) {
    const std::string path = shape_of(std::move(places), top_of(key.first));
    if (out.size() + path.size() > kRoom) {
      all = false;
    } else {
      out.single("path", {{"class", class_of(key.second)}, {"d", path}});
    }
  }
  return all;
}

/// First those that deserve a name of their own.
void sort_by_interest(std::vector<Bar>& bars) {
  std::stable_sort(bars.begin(), bars.end(), [](const Bar& left, const Bar& right) {
    const bool left_passed = left.state == State::passed;
    const bool right_passed = right.state == State::passed;
    return left_passed != right_passed ? right_passed
                                       : left.span.end - left.span.begin > right.span.end - right.span.begin;
  });
}

std::string description(const Plot& plot, const TimeScale& scale) {
  const std::string what =
      fmt::format("{} on {}", base::counted(plot.bars.size(), "attempt"), base::counted(plot.lanes.size(), "job slot"));
  return scale.pauses() == 0
             ? what
             : fmt::format("{}; {} left out, times are UTC", what, base::counted(scale.pauses(), "long pause"));
}

}  // namespace

void write_timeline(HtmlWriter& out, const RunView& run) {
  Plot plot = plot_of(run);
  if (plot.bars.empty()) {
    return;
  }
  const auto section = out.element("section", {{"aria-labelledby", "timeline"}});
  write_heading(out, "timeline", "Timeline");
  const bool cut = plot.lanes.size() > kLanes;
  if (cut) {
    plot.lanes.resize(kLanes);
    std::erase_if(plot.bars, [](const Bar& bar) { return bar.lane >= kLanes; });
  }
  std::vector<TimeSpan> spans;
  spans.reserve(plot.bars.size());
  std::transform(plot.bars.begin(), plot.bars.end(), std::back_inserter(spans),
                 [](const Bar& bar) { return bar.span; });
  const TimeScale scale(std::move(spans), kWidth);
  sort_by_interest(plot.bars);
  const double height = top_of(plot.lanes.size());
  HtmlWriter drawing;
  write_frame(drawing, plot, scale, height);
  const std::size_t named = std::min(plot.bars.size(), kNamed);
  const bool all = write_shapes(drawing, plot.bars, named, scale);
  for (std::size_t index = named; index-- > 0;) {
    write_named(drawing, plot.bars[index], scale);
  }
  write_note(out, description(plot, scale) + '.');
  {
    const auto scroll =
        out.element("div", {{"class", "scroll"}, {"tabindex", "0"}, {"role", "region"}, {"aria-label", "Timeline"}});
    const auto svg = out.element("svg", {{"class", "timeline"},
                                         {"viewBox", fmt::format("0 0 {:.0f} {:.0f}", kLeft + kWidth + 10, height)},
                                         {"role", "img"},
                                         {"aria-label", description(plot, scale)}});
    out.append(drawing);
  }
  if (cut || !all) {
    write_note(out, "Not everything found room here: events.jsonl tells all.");
  }
}

}  // namespace opready::report
