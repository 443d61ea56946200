// SPDX-License-Identifier: Apache-2.0
// Lays out text tables.
#include "opready/report/table.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <string_view>

#include "opready/base/sanitize.hpp"

namespace opready::report {
namespace {

constexpr std::size_t kGap = 2;
constexpr std::size_t kNarrowest = 8;

bool continues_a_character(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

/// The widest end of it that has so many columns at most.
std::string_view end_of(std::string_view text, std::size_t columns) {
  std::size_t width = base::display_width(text);
  while (width > columns) {
    std::size_t length = 1;
    while (length < text.size() && continues_a_character(text[length])) {
      ++length;
    }
    width -= std::min(width, base::display_width(text.substr(0, length)));
    text.remove_prefix(length);
  }
  return text;
}

std::size_t whole_width(const std::vector<std::size_t>& widths) {
  return std::accumulate(widths.begin(), widths.end(), kGap * (widths.size() - 1));
}

std::string elided(const std::string& text, std::size_t width, Elide where) {
  if (where == Elide::end || base::display_width(text) <= width || width == 0) {
    return base::elided(text, width);
  }
  const std::size_t end = (width - 1) / 2;
  std::string cut = base::elided(text, width - end);
  return cut.append(end_of(text, end));
}

std::string aligned(const Cell& cell, const Column& column, std::size_t width, const Terminal& terminal) {
  const std::string cut = elided(cell.text, width, column.elide);
  const std::string padding(width - std::min(width, base::display_width(cut)), ' ');
  const std::string shown = painted(cut, cell.tone, terminal);
  return column.align == Align::left ? shown + padding : padding + shown;
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
  return whole_width(natural_widths());
}

bool Table::fits(std::size_t columns) const {
  return whole_width(fitting_widths(columns)) <= columns;
}

bool Table::tells_cells_apart(std::size_t column, std::size_t width) const {
  std::map<std::string, std::string> whole;
  return std::all_of(rows_.begin(), rows_.end(), [&](const std::vector<Cell>& row) {
    const std::string& text = row[column].text;
    return whole.try_emplace(elided(text, width, columns_[column].elide), text).first->second == text;
  });
}

std::vector<std::size_t> Table::fitting_widths(std::size_t limit) const {
  std::vector<std::size_t> widths = natural_widths();
  const std::size_t total = width();
  if (total <= limit) {
    return widths;
  }
  std::optional<std::size_t> widest;
  for (std::size_t index = 0; index < widths.size(); ++index) {
    if (columns_[index].align == Align::left && (!widest || widths[index] > widths[*widest])) {
      widest = index;
    }
  }
  if (widest) {
    std::size_t& width = widths[*widest];
    const std::size_t natural = width;
    const std::size_t excess = total - limit;
    const std::size_t narrowest = std::min(natural, kNarrowest);
    width = natural > excess ? std::max(natural - excess, narrowest) : narrowest;
    while (columns_[*widest].elide == Elide::middle && width < natural && !tells_cells_apart(*widest, width)) {
      ++width;
    }
  }
  return widths;
}

std::string Table::line(const std::vector<Cell>& cells, const std::vector<std::size_t>& widths,
                        const Terminal& terminal) const {
  std::string out;
  for (std::size_t index = 0; index < cells.size(); ++index) {
    out.append(index == 0 ? 0 : kGap, ' ');
    out += aligned(cells[index], columns_[index], widths[index], terminal);
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
