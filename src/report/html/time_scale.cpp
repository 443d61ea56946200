// SPDX-License-Identifier: Apache-2.0
// Finds the pauses of a run and lays what is between them side by side.
#include "html/time_scale.hpp"

#include <algorithm>
#include <array>
#include <chrono>

#include "opready/base/duration.hpp"

namespace opready::report {
namespace {

using std::chrono::milliseconds;
using namespace std::chrono_literals;

constexpr double kGap = 24;
constexpr int kMostTicks = 8;
constexpr milliseconds kShortestPause = 1min;
/// A pause is shown as one where it's longer than this part of the work.
constexpr int kPausePart = 4;
constexpr std::array<milliseconds, 16> kSteps = {1s,   2s,    5s,    10s,   15s, 30s, 1min, 2min,
                                                 5min, 10min, 15min, 30min, 1h,  2h,  6h,   24h};

milliseconds length(const TimeSpan& span) {
  return std::max(span.end - span.begin, milliseconds(1));
}

std::chrono::sys_days day_of(base::Timestamp time) {
  return std::chrono::floor<std::chrono::days>(time);
}

/// Sorted, those that overlap or follow one another within `pause` as one.
std::vector<TimeSpan> merged(const std::vector<TimeSpan>& sorted, milliseconds pause) {
  std::vector<TimeSpan> all;
  for (const TimeSpan& span : sorted) {
    if (!all.empty() && span.begin - all.back().end <= pause) {
      all.back().end = std::max(all.back().end, span.end);
    } else {
      all.push_back(span);
    }
  }
  return all;
}

milliseconds sum_of(const std::vector<TimeSpan>& spans) {
  milliseconds sum{};
  for (const TimeSpan& span : spans) {
    sum += length(span);
  }
  return sum;
}

}  // namespace

TimeScale::TimeScale(std::vector<TimeSpan> busy, double width) {
  std::sort(busy.begin(), busy.end(),
            [](const TimeSpan& left, const TimeSpan& right) { return left.begin < right.begin; });
  const milliseconds work = sum_of(merged(busy, 0ms));
  for (const TimeSpan& span : merged(busy, std::max(kShortestPause, work / kPausePart))) {
    periods_.push_back({span});
  }
  lay_out(width);
}

void TimeScale::lay_out(double width) {
  milliseconds work{};
  for (const Period& period : periods_) {
    work += length(period.span);
  }
  // Of very many pauses each is narrower.
  const double gap = std::min(kGap, width / 2 / static_cast<double>(periods_.size()));
  const double room = width - gap * static_cast<double>(periods_.size() - 1);
  double x = 0;
  for (Period& period : periods_) {
    period.x = x;
    period.width = room * static_cast<double>(length(period.span).count()) / static_cast<double>(work.count());
    x += period.width + gap;
  }
}

double TimeScale::at(base::Timestamp time) const {
  const auto after =
      std::find_if(periods_.begin(), periods_.end(), [&](const Period& period) { return time <= period.span.end; });
  const Period& period = after == periods_.end() ? periods_.back() : *after;
  const auto within = std::clamp(time, period.span.begin, period.span.end) - period.span.begin;
  return period.x +
         period.width * static_cast<double>(within.count()) / static_cast<double>(length(period.span).count());
}

std::vector<TimeScale::Tick> TimeScale::ticks() const {
  std::vector<Tick> ticks;
  if (pauses() > 0) {
    const bool days = day_of(periods_.front().span.begin) != day_of(periods_.back().span.end);
    double free_from = 0;
    for (const Period& period : periods_) {
      if (period.x >= free_from) {
        const std::string time = base::rfc3339(period.span.begin);
        ticks.push_back({period.x, days ? time.substr(5, 5) + ' ' + time.substr(11, 5) : time.substr(11, 8)});
        free_from = period.x + 70;  // As wide as its label.
      }
    }
    return ticks;
  }
  const TimeSpan& span = periods_.front().span;
  const auto* const fitting =
      std::find_if(kSteps.begin(), kSteps.end(), [&](milliseconds step) { return length(span) / step < kMostTicks; });
  const milliseconds step = fitting == kSteps.end() ? length(span) / kMostTicks : *fitting;
  for (milliseconds since{}; since <= span.end - span.begin; since += step) {
    ticks.push_back({at(span.begin + since), base::go_duration(since)});
  }
  return ticks;
}

}  // namespace opready::report
