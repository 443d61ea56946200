// SPDX-License-Identifier: Apache-2.0
// Faults of category files as people read them.
#include "opready/specs/diagnostic.hpp"

#include <algorithm>
#include <string_view>
#include <tuple>

#include <fmt/format.h>

#include "opready/base/sanitize.hpp"

namespace opready::specs {

namespace {

// A longer one shows nothing that helps.
constexpr std::size_t kLongestShownLine = 500;

/// White space as wide as `prefix`, with its tabs, since their width is the terminal's affair.
std::string blanks(std::string_view prefix) {
  std::string blanks;
  while (true) {
    const std::size_t tab = prefix.find('\t');
    blanks.append(base::display_width(prefix.substr(0, tab)), ' ');
    if (tab == std::string_view::npos) {
      return blanks;
    }
    blanks += '\t';
    prefix.remove_prefix(tab + 1);
  }
}

std::string shown_source(const Diagnostic& diagnostic) {
  const std::string& line = diagnostic.source_line;
  if (line.empty() || line.size() > kLongestShownLine) {
    return {};
  }
  const auto before_caret = static_cast<std::size_t>(std::max(diagnostic.place.column - 1, 0));
  const std::string prefix = base::sanitized(line.substr(0, before_caret));
  return fmt::format("{}\n{}^\n", base::sanitized(line), blanks(prefix));
}

}  // namespace

std::string text(const model::SourcePlace& place) {
  return fmt::format("{}:{}:{}", place.file, place.line, place.column);
}

std::string render(std::vector<Diagnostic> diagnostics) {
  const auto place = [](const Diagnostic& each) {
    return std::tie(each.place.file, each.place.line, each.place.column);
  };
  std::stable_sort(diagnostics.begin(), diagnostics.end(),
                   [&](const Diagnostic& left, const Diagnostic& right) { return place(left) < place(right); });
  std::string rendered;
  for (const Diagnostic& each : diagnostics) {
    rendered += fmt::format("{}: error: {}\n{}", text(each.place), each.message, shown_source(each));
  }
  return rendered;
}

}  // namespace opready::specs
