// SPDX-License-Identifier: Apache-2.0
// Draws grids as wide as the terminal.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "opready/base/sanitize.hpp"
#include "opready/base/timestamp.hpp"
#include "opready/publish/history_report.hpp"
#include "opready/report/table.hpp"
#include "opready/report/wording.hpp"

#include "history_wording.hpp"

namespace opready::publish {
namespace {

using report::Align;
using report::Tone;

constexpr std::size_t kGap = 2;          // Between the columns of a Table.
constexpr std::size_t kMaxIdWidth = 20;  // Ids of Prow's builds have 19 digits.
constexpr std::size_t kMinNameWidth = 24;

std::size_t widest_label(const Grid& grid) {
  std::size_t widest = 0;
  for (const GridRow& row : grid.rows) {
    widest = std::max(widest, base::display_width(report::one_line(row.label)));
  }
  return widest;
}

/// Names of report directories are long, and end with the time at which they were made.
std::string short_since(const Grid& grid, const GridRow& row) {
  const std::string id = since(grid, row);
  const bool fits = base::display_width(id) <= kMaxIdWidth;
  return fits ? id : base::compact_utc(grid.columns.at(row.counts.since).time);
}

Tone tone(const RowCounts& counts) {
  return counts.streak > 0 ? Tone::bad : counts.failed + counts.flaky > 0 ? Tone::doubtful : Tone::plain;
}

std::string letters(const std::vector<Cell>& cells, std::size_t count) {
  std::string text;
  std::transform(cells.begin(), cells.begin() + static_cast<std::ptrdiff_t>(count), std::back_inserter(text), letter);
  return text;
}

/// How wide names are, and how many builds stand beside them.
std::pair<std::size_t, std::size_t> room(const Grid& grid, const report::Terminal& terminal) {
  std::size_t since_width = std::string_view("Since").size();
  for (const GridRow& row : grid.rows) {
    since_width = std::max(since_width, base::display_width(short_since(grid, row)));
  }
  const std::size_t others = std::string_view("FailedFlaky").size() + since_width + 4 * kGap;
  const std::size_t columns = static_cast<std::size_t>(std::max(terminal.columns, 0));
  const std::size_t rest = columns - std::min(columns, others);
  // Names are worth more than builds of long ago, but some of these must be seen.
  const std::size_t name_width = std::min(widest_label(grid), std::max(kMinNameWidth, rest / 2));
  return {name_width, std::min(grid.columns.size(), rest - std::min(rest, name_width))};
}

std::string text_of(const Grid& grid, const report::Terminal& terminal) {
  const auto [name_width, builds] = room(grid, terminal);
  report::Table table({{"Test"}, {"Failed", Align::right}, {"Flaky", Align::right}, {"Since"}, {"Builds"}});
  for (const GridRow& row : grid.rows) {
    const RowCounts& counts = row.counts;
    table.add_row({{base::elided(report::one_line(row.label), name_width), tone(counts)},
                   {std::to_string(counts.failed)},
                   {std::to_string(counts.flaky)},
                   {short_since(grid, row)},
                   {letters(row.cells, builds)}});
  }
  std::string out = report::painted(heading(grid), Tone::bold, terminal) + '\n';
  out += fmt::format("{}\nThe newest build stands first{}.\n\n", legend(),
                     builds < grid.columns.size() ? fmt::format("; the newest {} are shown", builds) : "");
  return out + table.text(terminal);
}

/// As many of the columns, from the first on, as fit beside names.
std::size_t fitting_values(const SideBySide& grids, const report::Terminal& terminal) {
  std::size_t width = kMinNameWidth;
  std::size_t fitting = 0;
  while (fitting < grids.values.size()) {
    std::size_t widest = base::display_width(base::elided(report::one_line(grids.values[fitting]), kMaxIdWidth));
    for (const SideRow& row : grids.rows) {
      widest = std::max(widest, side_text(row.cells[fitting]).size());
    }
    width += kGap + widest;
    if (static_cast<int>(width) > terminal.columns && fitting > 0) {
      break;
    }
    ++fitting;
  }
  return fitting;
}

}  // namespace

std::string history_text(const std::vector<Grid>& grids, const report::Terminal& terminal) {
  std::string out;
  for (const Grid& grid : grids) {
    out += (out.empty() ? "" : "\n") + text_of(grid, terminal);
  }
  return out;
}

std::string history_text(const SideBySide& grids, const report::Terminal& terminal) {
  const std::size_t fitting = fitting_values(grids, terminal);
  std::vector<report::Column> columns = {{"Test"}};
  for (std::size_t value = 0; value < fitting; ++value) {
    columns.push_back({base::elided(report::one_line(grids.values[value]), kMaxIdWidth), Align::right});
  }
  report::Table table(std::move(columns));
  for (const SideRow& row : grids.rows) {
    std::vector<report::Cell> cells = {{report::one_line(row.label)}};
    for (std::size_t value = 0; value < fitting; ++value) {
      const SideCell& cell = row.cells[value];
      cells.push_back({side_text(cell), cell.latest == Cell::failed ? Tone::bad : tone(cell.counts)});
    }
    table.add_row(std::move(cells));
  }
  std::string out = report::painted(heading(grids), Tone::bold, terminal) + '\n';
  out += fmt::format("{}\nThe latest result, and how many of all builds failed{}.\n\n", legend(),
                     fitting < grids.values.size() ? fmt::format("; {} values are shown", fitting) : "");
  return out + table.text(terminal);
}

}  // namespace opready::publish
