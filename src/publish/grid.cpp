// SPDX-License-Identifier: Apache-2.0
// Folds builds into grids, and puts grids side by side.
#include "opready/publish/grid.hpp"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

namespace opready::publish {
namespace {

const TestKey kOverallTest = {"", kOverall};

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
    row.label = names[name] > 1 && !suite.empty() ? fmt::format("{}: {}", suite, name) : name;
  }
  const auto place = [](const Row& row) { return std::tuple(row.test != kOverallTest, rank(row), row.label); };
  std::sort(rows.begin(), rows.end(), [&](const Row& left, const Row& right) { return place(left) < place(right); });
}

Cell latest_of(const GridRow& row) {
  const auto found = std::find_if(row.cells.begin(), row.cells.end(), [](Cell cell) { return cell != Cell::missing; });
  return found == row.cells.end() ? Cell::missing : *found;
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

RowCounts counts_of(std::span<const Cell> cells) {
  RowCounts counts;
  bool well = false;
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
    add_cell(kOverallTest, *passed ? Cell::passed : Cell::failed);
  }
  for (const auto& [test, cell] : results) {
    add_cell(test, cell);
  }
}

Grid GridBuilder::take(std::size_t older) {
  grid_.older = older;
  for (GridRow& row : grid_.rows) {
    row.cells.resize(grid_.columns.size(), Cell::missing);
    row.counts = counts_of(row.cells);
  }
  arrange(grid_.rows);
  return std::move(grid_);
}

std::size_t failing(const Grid& grid) {
  return static_cast<std::size_t>(std::count_if(grid.rows.begin(), grid.rows.end(), [](const GridRow& row) {
    return row.counts.streak > 0 && row.test != kOverallTest;
  }));
}

SideBySide side_by_side(std::string by, const std::vector<Grid>& grids, std::size_t without) {
  SideBySide all{.by = std::move(by), .without = without};
  std::map<TestKey, SideRow> rows;
  for (std::size_t column = 0; column < grids.size(); ++column) {
    all.values.push_back(grids[column].title);
    all.builds.push_back(grids[column].columns.size());
    for (const GridRow& row : grids[column].rows) {
      SideRow& known = rows[row.test];
      known.test = row.test;
      known.cells.resize(grids.size());
      known.cells[column] = {latest_of(row), row.counts};
    }
  }
  for (auto& [test, row] : rows) {
    all.rows.push_back(std::move(row));
  }
  arrange(all.rows);
  return all;
}

}  // namespace opready::publish
