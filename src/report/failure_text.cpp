// SPDX-License-Identifier: Apache-2.0
// Draws the failures of a case.
#include "opready/report/failure_text.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "opready/base/counted.hpp"
#include "opready/base/sanitize.hpp"
#include "opready/report/pods_wording.hpp"
#include "opready/report/wording.hpp"

namespace opready::report {
namespace {

constexpr std::size_t kMaxSpecs = 20;
constexpr std::size_t kMaxLines = 6;
/// Wider than screens, since a failure cut to 80 columns often loses its point; narrower than a dumped object.
constexpr std::size_t kMaxColumns = 400;

/// The lines of `text` that aren't blank.
std::vector<std::string> lines_of(std::string_view text) {
  const std::string clean = base::sanitized(text);
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin < clean.size();) {
    const std::size_t end = std::min(clean.find('\n', begin), clean.size());
    const std::string_view line = std::string_view(clean).substr(begin, end - begin);
    if (line.find_first_not_of(" \t") != std::string_view::npos) {
      lines.emplace_back(line);
    }
    begin = end + 1;
  }
  return lines;
}

void append_first(std::string& out, const std::vector<std::string>& lines, std::string_view more) {
  for (std::size_t index = 0; index < std::min(lines.size(), kMaxLines); ++index) {
    out += "    " + base::elided(lines[index], kMaxColumns) + '\n';
  }
  if (lines.size() > kMaxLines) {
    out += fmt::format("    ... ({})\n", base::counted(lines.size() - kMaxLines, more));
  }
}

void append_spec(std::string& out, const model::SpecResult& spec, const Terminal& terminal) {
  out += "  " + painted(one_line(spec.spec.name), Tone::bold, terminal) + '\n';
  if (const std::string place = place_text(spec.spec); !place.empty()) {
    out += "    " + place + '\n';
  }
  append_first(out, lines_of(spec.failure.empty() ? spec.message : spec.failure), "more line");
  append_first(out, waiting_lines(spec), "more warning");
}

void append_last_lines(std::string& out, std::string_view text) {
  const std::vector<std::string> lines = lines_of(text);
  for (std::size_t index = lines.size() - std::min(lines.size(), kMaxLines); index < lines.size(); ++index) {
    out += "    " + base::elided(lines[index], kMaxColumns) + '\n';
  }
}

}  // namespace

std::string failure_text(const model::CaseResult& result, const Terminal& terminal) {
  std::string out;
  std::size_t failed = 0;
  for (const model::SpecResult& spec : result.specs) {
    if (model::is_failure(spec.status) && ++failed <= kMaxSpecs) {
      append_spec(out, spec, terminal);
    }
  }
  if (failed > kMaxSpecs) {
    out += fmt::format("  ... and {}\n", base::counted(failed - kMaxSpecs, "more failed spec"));
  }
  if (failed == 0) {
    append_last_lines(out, result.detail);
  }
  return out;
}

}  // namespace opready::report
