// SPDX-License-Identifier: Apache-2.0
// Folds builds into grids, and puts grids side by side.
#include "opready/publish/grid.hpp"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

namespace opready::publish {
namespace {

/// Of two rows of one test in one build.
Cell together(Cell known, Cell next) {
  if (known == Cell::missing || known == Cell::skipped) {
    return next;
  }
  return known == next || next == Cell::skipped ? known : Cell::flaky;
}

Cell cell_of(const junit::Case& row) {
  switch (row.kind) {
    case junit::CaseKind::passed:
      return Cell::passed;
    case junit::CaseKind::failed:
    case junit::CaseKind::error:
      return Cell::failed;
    case junit::CaseKind::skipped:
      return row.body.empty() && (row.message.empty() || row.message == "skipped") ? Cell::missing : Cell::skipped;
  }
  return Cell::missing;
}

/// A build tells of itself even where it tells of no test.
std::size_t newest_of(const GridRow& row, std::size_t newest_with_tests) {
  return row.test == overall_test() ? 0 : newest_with_tests;
}

/// 0 for what fails now, 1 for what isn't always well, 2 for all else.
template <typename Row>
int rank(const Row& row);

template <>
int rank(const GridRow& row) {
  const bool well = row.counts.failed == 0 && row.counts.flaky == 0;
  return row.counts.streak > 0 ? 0 : well ? 2 : 1;
}

template <>
int rank(const SideRow& row) {
  int best = 2;
  for (const SideCell& cell : row.cells) {
    const bool well = cell.counts.failed == 0 && cell.counts.flaky == 0;
    best = std::min(best, cell.latest == Cell::failed ? 0 : well ? 2 : 1);
  }
  return best;
}

/// Names the rows, and puts them in order.
template <typename Row>
void arrange(std::vector<Row>& rows) {
  std::map<std::string, int> names;
  for (const Row& row : rows) {
    ++names[row.test.second];
  }
  for (Row& row : rows) {
    const auto& [suite, name] = row.test;
    const bool alone = names[name] == 1 || suite.empty() || row.test == overall_test();
    row.label = alone ? name : fmt::format("{}: {}", suite, name);
  }
  const auto place = [](const Row& row) { return std::tuple(row.test != overall_test(), rank(row), row.label); };
  std::sort(rows.begin(), rows.end(), [&](const Row& left, const Row& right) { return place(left) < place(right); });
}

}  // namespace

void add_results(BuildResults& results, const junit::Report& report) {
  for (const junit::Suite& suite : report.suites) {
    for (const junit::Case& row : suite.cases) {
      if (const Cell cell = cell_of(row); cell != Cell::missing) {
        Cell& known = results[{suite.name, row.name}];
        known = together(known, cell);
      }
    }
  }
}

const TestKey& overall_test() {
  static const TestKey test = {std::string(1, '\0'), "Overall"};  // XML knows no NUL.
  return test;
}

RowCounts counts_of(std::span<const Cell> cells, std::size_t newest) {
  RowCounts counts;
  bool well = newest < cells.size() && cells[newest] == Cell::missing;
  for (std::size_t column = 0; column < cells.size(); ++column) {
    const Cell cell = cells[column];
    if (cell == Cell::missing || cell == Cell::skipped) {
      continue;
    }
    ++counts.builds;
    counts.failed += cell == Cell::failed ? 1 : 0;
    counts.flaky += cell == Cell::flaky ? 1 : 0;
    well = well || cell != Cell::failed;
    if (!well) {
      ++counts.streak;
      counts.since = column;
    }
  }
  return counts;
}

void GridBuilder::add_cell(const TestKey& test, Cell cell) {
  const auto [place, is_new] = places_.try_emplace(test, grid_.rows.size());
  if (is_new) {
    grid_.rows.push_back({.test = test});
  }
  std::vector<Cell>& cells = grid_.rows[place->second].cells;
  cells.resize(grid_.columns.size(), Cell::missing);
  cells.back() = cell;
}

void GridBuilder::add(GridColumn column, const BuildResults& results) {
  const std::optional<bool> passed = column.passed;
  grid_.columns.push_back(std::move(column));
  if (passed) {
    add_cell(overall_test(), *passed ? Cell::passed : Cell::failed);
  }
  for (const auto& [test, cell] : results) {
    add_cell(test, cell);
  }
  if (!told_of_tests_ && !results.empty()) {
    told_of_tests_ = true;
    grid_.newest = grid_.columns.size() - 1;
  }
}

Grid GridBuilder::take(const LeftOut& left_out) {
  grid_.left_out = left_out;
  for (GridRow& row : grid_.rows) {
    row.cells.resize(grid_.columns.size(), Cell::missing);
    row.counts = counts_of(row.cells, newest_of(row, grid_.newest));
  }
  arrange(grid_.rows);
  return std::move(grid_);
}

std::size_t failing(const Grid& grid) {
  return static_cast<std::size_t>(std::count_if(grid.rows.begin(), grid.rows.end(), [](const GridRow& row) {
    return row.counts.streak > 0 && row.test != overall_test();
  }));
}

SideBySide side_by_side(std::string by, const std::vector<Grid>& grids, std::size_t without) {
  SideBySide all{.by = std::move(by), .without = without};
  std::map<TestKey, SideRow> rows;
  for (std::size_t column = 0; column < grids.size(); ++column) {
    const Grid& grid = grids[column];
    all.values.push_back(grid.title);
    all.builds.push_back(grid.columns.size());
    all.left_out.older += grid.left_out.older;
    all.left_out.unreadable += grid.left_out.unreadable;
    for (const GridRow& row : grid.rows) {
      SideRow& known = rows[row.test];
      known.test = row.test;
      known.cells.resize(grids.size());
      known.cells[column] = {row.cells.at(newest_of(row, grid.newest)), row.counts};
    }
  }
  for (auto& [test, row] : rows) {
    all.rows.push_back(std::move(row));
  }
  arrange(all.rows);
  return all;
}

}  // namespace opready::publish
