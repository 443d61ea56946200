// SPDX-License-Identifier: Apache-2.0
// From points in time to places on a plot, without the time in which nothing ran.
#pragma once

#include <string>
#include <vector>

#include "opready/base/timestamp.hpp"

namespace opready::report {

struct TimeSpan {
  base::Timestamp begin;
  base::Timestamp end;
};

/// A run that goes on the next day, or several joined ones, would be two specks on a true scale: a pause that is long
/// beside the work is drawn as a narrow gap.
class TimeScale {
 public:
  struct Tick {
    double x = 0;
    /// Time since the start; where there are pauses the time, UTC: "08:15:30", over several days "01-31 08:15".
    std::string label;
  };

  /// `busy`, at least one: when something ran.
  TimeScale(std::vector<TimeSpan> busy, double width);

  [[nodiscard]] double at(base::Timestamp time) const;
  [[nodiscard]] std::vector<Tick> ticks() const;
  [[nodiscard]] std::size_t pauses() const { return periods_.size() - 1; }

 private:
  struct Period {
    TimeSpan span;
    double x = 0;
    double width = 0;
  };

  void lay_out(double width);

  std::vector<Period> periods_;
};

}  // namespace opready::report
