// SPDX-License-Identifier: Apache-2.0
// A table of specs: what became of each, and where its pods ran.
#include <fmt/format.h>

#include "opready/base/counted.hpp"
#include "opready/base/duration.hpp"
#include "opready/report/log_path.hpp"
#include "opready/report/pods_wording.hpp"
#include "opready/report/wording.hpp"

#include "html/parts.hpp"
#include "html/sections.hpp"

namespace opready::report {
namespace {

void write_row(HtmlWriter& out, const RunView& run, const CaseView& item, const model::SpecResult& spec) {
  const auto row = out.element("tr");
  out.leaf("td", in_words(model::to_string(spec.status)), {{"class", class_of(state_of(spec.status))}});
  {
    const auto cell = out.element("th");
    out.text(shown(spec.spec.name));
    const auto meta = out.element("span", {{"class", "what"}});
    out.text(shown(item.record->planned.test.id) + (spec.spec.file.empty() ? "" : " · "));
    write_place(out, run.record->started.plan, item.record->planned.test.suite, spec.spec);
    if (spec.status == model::SpecStatus::skipped && !spec.message.empty()) {
      out.text(" · " + shown(spec.message));
    }
  }
  out.leaf("td", spec.pods ? shown(pods_text(*spec.pods)) : "");
  out.leaf("td", base::human_duration(spec.duration));
}

struct Rows {
  HtmlWriter markup;
  std::size_t all = 0;
  std::size_t left_out = 0;
};

/// A quarter of the room is for specs that didn't pass.
Rows rows_of(const RunView& run, std::size_t room) {
  Rows rows;
  for (const CaseView& item : run.cases) {
    if (!ran_as(*item.record).empty()) {
      continue;  // They stand at the case that ran in its stead.
    }
    for (const model::SpecResult& spec : item.result.specs) {
      ++rows.all;
      const bool passed = spec.status == model::SpecStatus::passed;
      if (rows.markup.size() < (passed ? room / 4 * 3 : room)) {
        write_row(rows.markup, run, item, spec);
        rows.markup.line_break();
      } else {
        ++rows.left_out;
      }
    }
  }
  return rows;
}

}  // namespace

void write_spec_rows(HtmlWriter& out, const RunView& run, std::size_t room) {
  const Rows rows = rows_of(run, room);
  if (rows.all == 0) {
    return;
  }
  const auto section = out.element("section", {{"aria-labelledby", "specs"}});
  write_heading(out, "specs", "Specs, and where their pods ran", grouped(rows.all));
  {
    const auto table = out.element(
        "table",
        {{"class", "rows specs sortable"}, {"data-rows", "spec"}, {"data-left-out", std::to_string(rows.left_out)}});
    out.leaf("caption", "Specs as they ended");
    write_column_heads(out, {"Result", "Spec", "Pods", "#Time"});
    const auto body = out.element("tbody");
    out.append(rows.markup);
  }
  if (rows.left_out > 0) {
    write_note(out, base::counted(rows.left_out, "more spec") + " found no room here: see summary.json.");
  }
}

}  // namespace opready::report
