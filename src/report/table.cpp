// SPDX-License-Identifier: Apache-2.0
// Lays out text tables.
#include "opready/report/table.hpp"

#include <algorithm>
#include <numeric>

#include "opready/base/sanitize.hpp"

namespace opready::report {
namespace {

constexpr std::size_t kGap = 2;
constexpr std::size_t kNarrowest = 8;

std::string aligned(const std::string& text, Align align, std::size_t width, Tone tone, const Terminal& terminal) {
  const std::string cut = base::elided(text, width);
  const std::string padding(width - std::min(width, base::display_width(cut)), ' ');
  const std::string shown = painted(cut, tone, terminal);
  return align == Align::left ? shown + padding : padding + shown;
}

}  // namespace

void Table::add_row(std::vector<Cell> cells) {
  cells.resize(columns_.size());
  rows_.push_back(std::move(cells));
}

std::vector<std::size_t> Table::natural_widths() const {
  std::vector<std::size_t> widths;
  for (std::size_t index = 0; index < columns_.size(); ++index) {
    std::size_t width = base::display_width(columns_[index].title);
    for (const std::vector<Cell>& row : rows_) {
      width = std::max(width, base::display_width(row[index].text));
    }
    widths.push_back(width);
  }
  return widths;
}

std::size_t Table::width() const {
  const std::vector<std::size_t> widths = natural_widths();
  return std::accumulate(widths.begin(), widths.end(), kGap * (widths.size() - 1));
}

std::vector<std::size_t> Table::fitting_widths(std::size_t limit) const {
  std::vector<std::size_t> widths = natural_widths();
  const std::size_t total = width();
  if (total <= limit) {
    return widths;
  }
  std::size_t* widest = nullptr;
  for (std::size_t index = 0; index < widths.size(); ++index) {
    if (columns_[index].align == Align::left && (widest == nullptr || widths[index] > *widest)) {
      widest = &widths[index];
    }
  }
  if (widest != nullptr) {
    const std::size_t excess = total - limit;
    const std::size_t narrowest = std::min(*widest, kNarrowest);
    *widest = *widest > excess ? std::max(*widest - excess, narrowest) : narrowest;
  }
  return widths;
}

std::string Table::line(const std::vector<Cell>& cells, const std::vector<std::size_t>& widths,
                        const Terminal& terminal) const {
  std::string out;
  for (std::size_t index = 0; index < cells.size(); ++index) {
    out.append(index == 0 ? 0 : kGap, ' ');
    out += aligned(cells[index].text, columns_[index].align, widths[index], cells[index].tone, terminal);
  }
  out.erase(out.find_last_not_of(' ') + 1);
  return out + '\n';
}

std::string Table::text(const Terminal& terminal) const {
  if (columns_.empty()) {
    return "";
  }
  const std::vector<std::size_t> widths = fitting_widths(static_cast<std::size_t>(std::max(terminal.columns, 0)));
  std::vector<Cell> titles;
  titles.reserve(columns_.size());
  for (const Column& column : columns_) {
    titles.push_back({column.title, Tone::bold});
  }
  std::string out = line(titles, widths, terminal);
  for (const std::vector<Cell>& row : rows_) {
    out += line(row, widths, terminal);
  }
  return out;
}

}  // namespace opready::report
