// SPDX-License-Identifier: Apache-2.0
// A table of all cases.
#include <algorithm>

#include <fmt/format.h>

#include "opready/base/counted.hpp"
#include "opready/base/duration.hpp"
#include "opready/report/log_path.hpp"

#include "html/parts.hpp"
#include "html/sections.hpp"

namespace opready::report {
namespace {

/// How much a row tells of a case that passed: with thousands of them it's little.
enum class Detail { full, brief };

/// "2/3": of those that a case selects, how many passed.
std::string specs_text(const CaseView& item) {
  const auto passed =
      std::count_if(item.result.specs.begin(), item.result.specs.end(),
                    [](const model::SpecResult& spec) { return spec.status == model::SpecStatus::passed; });
  const std::size_t all = std::max(item.record->planned.specs.size(), item.result.specs.size());
  return all == 0 ? "" : fmt::format("{}/{}", passed, all);
}

void write_name(HtmlWriter& out, const CaseView& item, Detail detail) {
  const model::TestCase& test = item.record->planned.test;
  const auto cell = out.element("th");
  write_case_name(out, item);
  if (detail == Detail::full) {
    out.leaf("span", shown(test.description, 160), {{"class", "what"}});
    if (!item.reason.empty()) {
      out.leaf("span", shown(item.reason, 160), {{"class", "what"}});
    }
  }
}

void write_row(HtmlWriter& out, const CaseView& item, Detail detail) {
  const auto row = out.element("tr");
  const model::TestCase& test = item.record->planned.test;
  out.leaf("td", item.word, {{"class", class_of(item.state)}});
  write_name(out, item, detail);
  out.leaf("td", shown(test.kep.empty() ? test.category : test.kep, 80));
  out.leaf("td", specs_text(item));
  const bool ran = !item.record->attempts.empty() && ran_as(*item.record).empty();
  out.leaf("td", ran ? base::human_duration(item.duration) : "");
}

struct Rows {
  HtmlWriter markup;
  std::size_t left_out = 0;
};

/// What didn't pass comes before what did, where there's no room for all.
std::size_t room_for_passed(const RunView& run, std::size_t room) {
  HtmlWriter others;
  for (const CaseView& item : run.cases) {
    if (item.state != State::passed && others.size() < room) {
      write_row(others, item, Detail::full);
    }
  }
  return room - std::min(others.size(), room);
}

Rows rows_of(const RunView& run, Detail detail, std::size_t room) {
  Rows rows;
  std::size_t room_left = room_for_passed(run, room);
  for (const CaseView& item : run.cases) {
    const bool passed = item.state == State::passed;
    HtmlWriter row;
    write_row(row, item, passed ? detail : Detail::full);
    row.line_break();
    if (passed ? row.size() > room_left : rows.markup.size() > room) {
      ++rows.left_out;
      continue;
    }
    room_left -= passed ? row.size() : 0;
    rows.markup.append(row);
  }
  return rows;
}

}  // namespace

void write_case_rows(HtmlWriter& out, const RunView& run, std::size_t room) {
  if (run.cases.empty()) {
    return;
  }
  Rows rows = rows_of(run, Detail::full, room);
  const bool brief = rows.left_out > 0;
  if (brief) {
    rows = rows_of(run, Detail::brief, room);
  }
  const auto section = out.element("section", {{"aria-labelledby", "cases"}});
  write_heading(out, "cases", "Cases", grouped(run.cases.size()));
  if (brief) {
    write_note(out, "Of cases that passed this tells little: more is in summary.json.");
  }
  {
    const auto table = out.element(
        "table", {{"class", "rows sortable"}, {"data-rows", "case"}, {"data-left-out", std::to_string(rows.left_out)}});
    out.leaf("caption", "All cases of the run");
    write_column_heads(out, {"Result", "Case", "Item", "#Specs", "#Time"});
    const auto body = out.element("tbody");
    out.append(rows.markup);
  }
  if (rows.left_out > 0) {
    write_note(out, base::counted(rows.left_out, "more case") + " found no room here: see summary.json.");
  }
}

}  // namespace opready::report
