// SPDX-License-Identifier: Apache-2.0
// Who ran when, on which job slot.
#include <algorithm>
#include <cstddef>
#include <iterator>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "opready/base/counted.hpp"
#include "opready/base/duration.hpp"
#include "opready/model/attempts.hpp"
#include "opready/report/wording.hpp"

#include "html/parts.hpp"
#include "html/sections.hpp"
#include "html/time_scale.hpp"
#include "html/timeline_plot.hpp"
#include "html/timeline_table.hpp"

namespace opready::report {
namespace {

constexpr double kWidth = 1000;
constexpr double kLeft = 60;
/// What longer names of lanes take to the left of that.
constexpr double kMoreLeft = 30;
constexpr double kTop = 22;
constexpr double kLane = 20;
constexpr double kBar = 14;
constexpr std::size_t kLanes = 40;
constexpr std::size_t kResumptions = 40;
/// Bars that tell their case when pointed at: failures, and the longest. The others of a lane share one shape.
constexpr std::size_t kNamed = 150;
/// Of the plot, in bytes.
constexpr std::size_t kRoom = 100'000;

std::string number(double value) {
  return fmt::format("{:.1f}", value);
}

double top_of(std::size_t lane) {
  return kTop + kLane * static_cast<double>(lane);
}

double left_of(const Plot& plot) {
  return plot.joined ? -kMoreLeft : 0;
}

void write_frame(HtmlWriter& out, const Plot& plot, const TimeScale& scale, double height) {
  for (const TimeScale::Tick& tick : scale.ticks()) {
    const std::string x = number(kLeft + tick.x);
    out.single("line", {{"class", "tick"}, {"x1", x}, {"x2", x}, {"y1", number(kTop - 4)}, {"y2", number(height)}});
    out.leaf("text", tick.label, {{"x", x}, {"y", "12"}});
  }
  for (std::size_t lane = 0; lane < plot.lanes.size(); ++lane) {
    out.leaf("text", lane_name(plot, lane),
             {{"x", fmt::format("{:.0f}", left_of(plot))}, {"y", number(top_of(lane) + kBar - 3)}});
  }
}

/// Where a run was begun anew, on whatever pause lies before.
void write_resumptions(HtmlWriter& out, const std::vector<model::RunResumed>& resumed, const TimeScale& scale,
                       double height) {
  for (std::size_t index = 0; index < std::min(resumed.size(), kResumptions); ++index) {
    const std::string x = number(kLeft + scale.at(resumed[index].time));
    const auto line = out.element(
        "line", {{"class", "resumed"}, {"x1", x}, {"x2", x}, {"y1", number(kTop - 4)}, {"y2", number(height)}});
    out.leaf("title", "resumed " + when(resumed[index].time));
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
                                      in_words(model::to_string(result.outcome)),
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

/// Returns how many found no room.
std::size_t write_shapes(HtmlWriter& out, const std::vector<Bar>& bars, std::size_t from, const TimeScale& scale) {
  std::map<std::pair<std::size_t, State>, std::vector<Place>> groups;
  for (std::size_t index = from; index < bars.size(); ++index) {
    groups[{bars[index].lane, bars[index].state}].push_back(place_of(bars[index], scale));
  }
  std::size_t left_out = 0;
  for (const auto& [key, places] : groups) {
    const std::string path = shape_of(places, top_of(key.first));
    if (out.size() + path.size() > kRoom) {
      left_out += places.size();
    } else {
      out.single("path", {{"class", class_of(key.second)}, {"d", path}});
    }
  }
  return left_out;
}

std::string description(const Plot& plot, const TimeScale& scale, std::size_t resumptions) {
  std::string text =
      fmt::format("{} on {}", base::counted(plot.bars.size(), "attempt"), base::counted(plot.lanes.size(), "job slot"));
  if (resumptions > 0) {
    text += fmt::format("; {}, as dashed lines show{}", base::counted(resumptions, "time resumed", "times resumed"),
                        resumptions > kResumptions ? fmt::format(" for the first {}", kResumptions) : "");
  }
  if (scale.pauses() > 0) {
    text += fmt::format("; {} left out, times are UTC", base::counted(scale.pauses(), "long pause"));
  }
  return text;
}

/// Lanes beyond those that are drawn. Returns how many attempts are on them.
std::size_t cut_lanes(Plot& plot) {
  plot.lanes.resize(std::min(plot.lanes.size(), kLanes));
  return std::erase_if(plot.bars, [](const Bar& bar) { return bar.lane >= kLanes; });
}

TimeScale scale_of(const Plot& plot) {
  std::vector<TimeSpan> spans;
  spans.reserve(plot.bars.size());
  std::transform(plot.bars.begin(), plot.bars.end(), std::back_inserter(spans),
                 [](const Bar& bar) { return bar.span; });
  return {std::move(spans), kWidth};
}

/// Returns how many attempts found no room.
std::size_t write_drawing(HtmlWriter& out, const Plot& whole, const std::vector<model::RunResumed>& resumed) {
  Plot plot = whole;
  std::size_t left_out = cut_lanes(plot);
  const TimeScale scale = scale_of(plot);
  const double height = top_of(plot.lanes.size());
  HtmlWriter drawing;
  write_frame(drawing, plot, scale, height);
  const std::size_t named = std::min(plot.bars.size(), kNamed);
  left_out += write_shapes(drawing, plot.bars, named, scale);
  for (std::size_t index = named; index-- > 0;) {
    write_named(drawing, plot.bars[index], scale);
  }
  write_resumptions(drawing, resumed, scale, height);
  const std::string described = description(plot, scale, resumed.size());
  write_note(out, described + '.');
  const auto scroll =
      out.element("div", {{"class", "scroll"}, {"tabindex", "0"}, {"role", "region"}, {"aria-label", "Timeline"}});
  const double left = left_of(plot);
  const auto svg =
      out.element("svg", {{"class", "timeline"},
                          {"viewBox", fmt::format("{:.0f} 0 {:.0f} {:.0f}", left, kLeft + kWidth + 10 - left, height)},
                          {"role", "img"},
                          {"aria-label", described}});
  out.append(drawing);
  return left_out;
}

}  // namespace

void write_timeline(HtmlWriter& out, const RunView& run) {
  const Plot plot = plot_of(run);
  if (plot.bars.empty()) {
    return;
  }
  const auto section = out.element("section", {{"aria-labelledby", "timeline"}});
  write_heading(out, "timeline", "Timeline");
  if (const std::size_t left_out = write_drawing(out, plot, run.record->resumed); left_out > 0) {
    write_note(out, base::counted(left_out, "more attempt") + " found no room here: events.jsonl tells all.");
  }
  write_timeline_table(out, plot, kNamed);
}

}  // namespace opready::report
