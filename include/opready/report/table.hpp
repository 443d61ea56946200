// SPDX-License-Identifier: Apache-2.0
// A text table with aligned columns that fits the terminal.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "opready/report/style.hpp"

namespace opready::report {

enum class Align { left, right };
/// Where text that is too wide loses some. Names that begin alike are still told apart by their ends.
enum class Elide { end, middle };

struct Column {
  std::string title;
  Align align = Align::left;
  Elide elide = Elide::end;
};

struct Cell {
  std::string text;  ///< One line of valid UTF-8.
  Tone tone = Tone::plain;
};

/// Columns are as wide as their widest cell; where the whole is wider than the terminal, the widest left-aligned
/// column is elided. One that is elided in the middle stays so wide that no two of its cells become alike.
class Table {
 public:
  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

  /// A cell for each column.
  void add_row(std::vector<Cell> cells);
  [[nodiscard]] std::string text(const Terminal& terminal) const;
  /// What it takes where nothing is elided.
  [[nodiscard]] std::size_t width() const;
  /// True where it takes so many columns at most, cells elided if need be.
  [[nodiscard]] bool fits(std::size_t columns) const;

 private:
  [[nodiscard]] std::vector<std::size_t> natural_widths() const;
  [[nodiscard]] bool tells_cells_apart(std::size_t column, std::size_t width) const;
  [[nodiscard]] std::vector<std::size_t> fitting_widths(std::size_t limit) const;
  [[nodiscard]] std::string line(const std::vector<Cell>& cells, const std::vector<std::size_t>& widths,
                                 const Terminal& terminal) const;

  std::vector<Column> columns_;
  std::vector<std::vector<Cell>> rows_;
};

}  // namespace opready::report
