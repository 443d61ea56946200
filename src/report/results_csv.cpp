// SPDX-License-Identifier: Apache-2.0
// Lays a run out as rows of cells.
#include "opready/report/results_csv.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "opready/base/duration.hpp"
#include "opready/base/sanitize.hpp"
#include "opready/model/attempts.hpp"
#include "opready/report/log_path.hpp"
#include "opready/report/wording.hpp"

namespace opready::report {
namespace {

using Cells = std::vector<std::string>;

/// Spreadsheets cut a cell after 32,767 characters, some in the middle of one.
constexpr std::size_t kMaxCell = 8000;
/// What makes a cell a formula where it stands first: East Asian spreadsheets take the full-width ones too.
constexpr std::array<std::string_view, 8> kFormulaSigns = {"=", "+", "-", "@", "＝", "＋", "－", "＠"};
/// What spreadsheets may drop in front of it: the tab, spaces of any width and of none, the byte order mark.
constexpr std::array<std::string_view, 19> kBlanks = {
    "\t",     " ",      "\u00A0", "\u2000", "\u2001", "\u2002", "\u2003", "\u2004", "\u2005", "\u2006",
    "\u2007", "\u2008", "\u2009", "\u200A", "\u200B", "\u202F", "\u205F", "\u3000", "\uFEFF"};

bool looks_like_a_formula(std::string_view text) {
  const auto begins = [&](std::string_view start) { return text.starts_with(start); };
  const auto find_blank = [&] { return std::find_if(kBlanks.begin(), kBlanks.end(), begins); };
  for (const auto* blank = find_blank(); blank != kBlanks.end(); blank = find_blank()) {
    text.remove_prefix(blank->size());
  }
  return std::any_of(kFormulaSigns.begin(), kFormulaSigns.end(), begins);
}

std::string cell(std::string_view foreign) {
  std::string text(base::utf8_prefix(one_line(foreign), kMaxCell));
  if (looks_like_a_formula(text)) {
    text.insert(0, 1, '\'');
  }
  if (text.find_first_of("\",\t") == std::string::npos) {
    return text;
  }
  std::string quoted = "\"";
  for (const char c : text) {
    quoted += c == '"' ? "\"\"" : std::string(1, c);
  }
  return quoted + '"';
}

void append_line(std::string& out, const Cells& cells) {
  std::string_view separator;
  for (const std::string& text : cells) {
    out.append(separator).append(cell(text));
    separator = ",";
  }
  out += "\r\n";
}

/// The columns of a case's every row.
Cells case_cells(const model::RunRecord& run, const model::CaseRecord& record, const model::CaseResult& result) {
  const model::TestCase& test = record.planned.test;
  return {test.category,
          test.id,
          test.description,
          test.kep,
          test.proves ? std::string(to_string(*test.proves)) : "",
          std::string(to_string(result.outcome)),
          reason_text(run, record, result),
          std::to_string(record.attempts.size()),
          model::is_flaky(record) ? "yes" : "no"};
}

void append_places(Cells& cells, const model::SpecResult& spec) {
  std::vector<std::string> nodes;
  std::set<std::string> builds;
  if (spec.pods) {
    for (const model::PodsOnNode& place : spec.pods->nodes) {
      nodes.push_back(place.node.name);
      if (!place.node.build.empty()) {
        builds.insert(place.node.build);
      }
    }
  }
  cells.push_back(fmt::format("{}", fmt::join(nodes, " ")));
  cells.push_back(fmt::format("{}", fmt::join(builds, " ")));
}

void append_case(std::string& out, const model::RunRecord& run, const model::CaseRecord& record) {
  const model::CaseResult result = model::result_of(record);
  const Cells of_case = case_cells(run, record, result);
  for (const model::SpecResult& spec : result.specs) {
    Cells cells = of_case;
    cells.insert(cells.end(), {spec.spec.name, place_text(spec.spec), std::string(to_string(spec.status)), spec.message,
                               base::seconds_text(spec.duration)});
    append_places(cells, spec);
    cells.push_back(log_path(attempt_of(record, spec)));
    append_line(out, cells);
  }
  if (result.specs.empty()) {
    Cells cells = of_case;
    cells.insert(cells.end(), {"", "", "", "", base::seconds_text(model::duration_of(record)), "", ""});
    cells.push_back(record.attempts.empty() ? "" : log_path(attempt_of(record, result)));
    append_line(out, cells);
  }
}

}  // namespace

std::string results_csv(const model::RunRecord& record) {
  std::string out =
      "category,case,description,kep,proves,outcome,reason,attempts,flaky,spec,place,spec_outcome,spec_reason,"
      "duration_seconds,nodes,windows_builds,log\r\n";
  for (const model::CaseRecord& item : record.cases) {
    append_case(out, record, item);
  }
  return out;
}

}  // namespace opready::report
