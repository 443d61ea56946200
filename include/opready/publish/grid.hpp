// SPDX-License-Identifier: Apache-2.0
// The results of many builds as a grid: a row for each test, a column for each build, as TestGrid shows it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "opready/base/timestamp.hpp"
#include "opready/junit/report.hpp"

namespace opready::publish {

/// What one build tells of one test.
enum class Cell : std::uint8_t { missing, skipped, passed, flaky, failed };

/// A test, known by its suite's name and its own.
using TestKey = std::pair<std::string, std::string>;
using BuildResults = std::map<TestKey, Cell>;

/// Adds the rows of a report, as TestGrid counts them: of rows that repeat, those that were skipped tell nothing beside
/// others, and passes with failures are a flake. A skipped row that gives no reason is none: Ginkgo writes one for each
/// of the thousands of specs that weren't selected.
void add_results(BuildResults& results, const junit::Report& report);

struct GridColumn {
  std::string id;              ///< Of the build.
  base::Timestamp time;        ///< When it began; the epoch where that's unknown.
  std::optional<bool> passed;  ///< The build as a whole, where it says so.
};

/// What a row's cells come to; `builds` are those that ran the test.
struct RowCounts {
  int builds = 0;
  int failed = 0;
  int flaky = 0;
  /// Builds that failed since it last passed; what skipped or lacks it doesn't end that. 0 for what the newest build
  /// lacks: it was renamed or removed, or was the row of an attempt that crashed.
  int streak = 0;
  std::size_t since = 0;  ///< The column of the first of them.

  friend bool operator==(const RowCounts&, const RowCounts&) = default;
};

/// `cells`, the newest build's first; `newest`: the column of the newest that tells of tests.
[[nodiscard]] RowCounts counts_of(std::span<const Cell> cells, std::size_t newest);

struct GridRow {
  TestKey test;
  std::string label;  ///< Its name, with its suite's where others are called the same; foreign text.
  std::vector<Cell> cells;
  RowCounts counts;
};

/// Builds that make no column.
struct LeftOut {
  std::size_t older = 0;       ///< There are too many.
  std::size_t unreadable = 0;  ///< They tell neither of tests nor what they came to.
};

/// Rows that fail now come first, then those that failed or were flaky at some time; each by their labels. In front of
/// them stands overall_test(), where builds say what they came to as a whole.
struct Grid {
  std::string title;                ///< The job, or a label's value; empty for runs that belong to none.
  std::vector<GridColumn> columns;  ///< The newest first.
  std::vector<GridRow> rows;
  std::size_t newest = 0;  ///< The column of the newest build that tells of tests: what fails in it fails now.
  LeftOut left_out;
};

/// What a build came to as a whole; no test of a JUnit file has this key.
[[nodiscard]] const TestKey& overall_test();

/// Folds builds into a grid one by one, so that none has to be kept.
class GridBuilder {
 public:
  explicit GridBuilder(std::string title) { grid_.title = std::move(title); }

  /// To be called with the newest build first.
  void add(GridColumn column, const BuildResults& results);
  [[nodiscard]] Grid take(const LeftOut& left_out);

 private:
  void add_cell(const TestKey& test, Cell cell);

  Grid grid_;
  bool told_of_tests_ = false;
  std::map<TestKey, std::size_t> places_;
};

/// Tests that fail now.
[[nodiscard]] std::size_t failing(const Grid& grid);

/// What one column of several grids side by side tells of a test: the newest build's result, and how often it failed.
struct SideCell {
  Cell latest = Cell::missing;
  RowCounts counts;
};

struct SideRow {
  TestKey test;
  std::string label;
  std::vector<SideCell> cells;
};

/// Grids as the columns of one.
struct SideBySide {
  std::string by;  ///< The label whose values the columns are.
  std::vector<std::string> values;
  std::vector<std::size_t> builds;  ///< How many each column stands for.
  std::vector<SideRow> rows;        ///< In the order of a Grid's, by the latest results.
  std::size_t without = 0;          ///< Builds that have no such label.
  LeftOut left_out;                 ///< In all columns.
};

[[nodiscard]] SideBySide side_by_side(std::string by, const std::vector<Grid>& grids, std::size_t without);

}  // namespace opready::publish
