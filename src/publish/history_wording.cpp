// SPDX-License-Identifier: Apache-2.0
// Words headings and cells of grids.
#include "history_wording.hpp"

#include <algorithm>
#include <numeric>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "opready/base/counted.hpp"
#include "opready/report/wording.hpp"

namespace opready::publish {
namespace {

/// " (3 older ones, 1 unreadable one left out)"; empty where there are none.
std::string left_out_text(const LeftOut& left_out) {
  std::vector<std::string> parts;
  if (left_out.older > 0) {
    parts.push_back(base::counted(left_out.older, "older one"));
  }
  if (left_out.unreadable > 0) {
    parts.push_back(base::counted(left_out.unreadable, "unreadable one"));
  }
  return parts.empty() ? "" : fmt::format(" ({} left out)", fmt::join(parts, ", "));
}

}  // namespace

char letter(Cell cell) {
  switch (cell) {
    case Cell::missing:
      return ' ';
    case Cell::skipped:
      return kSkippedLetter;
    case Cell::passed:
      return kPassedLetter;
    case Cell::flaky:
      return kFlakyLetter;
    case Cell::failed:
      return kFailedLetter;
  }
  return ' ';
}

std::string legend() {
  return fmt::format("{} passed  {} failed  {} flaky  {} skipped", kPassedLetter, kFailedLetter, kFlakyLetter,
                     kSkippedLetter);
}

std::string heading(const Grid& grid) {
  const std::size_t tests = static_cast<std::size_t>(
      std::count_if(grid.rows.begin(), grid.rows.end(), [](const GridRow& row) { return row.test != overall_test(); }));
  std::string out = grid.title.empty() ? "runs: " : report::one_line(grid.title) + ": ";
  out += base::counted(grid.columns.size(), "build");
  if (!grid.columns.empty()) {
    out +=
        fmt::format(", {} to {}", report::one_line(grid.columns.back().id), report::one_line(grid.columns.front().id));
  }
  return out + left_out_text(grid.left_out) +
         fmt::format("; {} of {} fail now", failing(grid), base::counted(tests, "test"));
}

std::string heading(const SideBySide& grids) {
  const std::size_t builds = std::accumulate(grids.builds.begin(), grids.builds.end(), std::size_t{0});
  const std::string out =
      fmt::format("by {}: {} in {}{}", report::one_line(grids.by), base::counted(grids.values.size(), "value"),
                  base::counted(builds, "build"), left_out_text(grids.left_out));
  return out + (grids.without == 0 ? "" : fmt::format("; {} without it", base::counted(grids.without, "more build")));
}

std::string since(const Grid& grid, const GridRow& row) {
  return row.counts.streak == 0 ? "" : report::one_line(grid.columns.at(row.counts.since).id);
}

std::string side_text(const SideCell& cell) {
  std::string latest = cell.latest == Cell::missing ? "" : std::string(1, letter(cell.latest));
  if (cell.counts.failed == 0) {
    return latest;
  }
  return fmt::format("{}{}{}/{}", latest, latest.empty() ? "" : " ", cell.counts.failed, cell.counts.builds);
}

}  // namespace opready::publish
