// SPDX-License-Identifier: Apache-2.0
// Categories, and what was found of each KEP item.
#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "opready/base/duration.hpp"
#include "opready/model/kep.hpp"

#include "html/parts.hpp"
#include "html/sections.hpp"

namespace opready::report {
namespace {

/// Of all categories together, in bytes: users may have any number of their own.
constexpr std::size_t kRoom = 100'000;
constexpr std::size_t kCasesOfAnItem = 6;

std::string_view class_of(model::Readiness readiness) {
  switch (readiness) {
    case model::Readiness::ready:
      return "good";
    case model::Readiness::ready_except:
    case model::Readiness::incomplete:
      return "doubt";
    case model::Readiness::not_ready:
      return "bad";
  }
  return "";
}

std::string amount(int count) {
  return count == 0 ? "" : grouped(static_cast<std::size_t>(count));
}

void write_overview_row(HtmlWriter& out, const model::CategoryVerdict& category) {
  const auto row = out.element("tr");
  out.leaf("th", shown(category.category), {{"scope", "row"}});
  {
    const auto cell = out.element("td");
    out.leaf("span", model::to_string(category.readiness),
             {{"class", fmt::format("readiness {}", class_of(category.readiness))}});
    if (!category.gates) {
      out.leaf("span", " doesn't count", {{"class", "aside"}});
    }
  }
  const model::Counts& counts = category.counts;
  for (const int count : {counts.passed, counts.failed + counts.unproven + counts.could_not_test, counts.flaky,
                          counts.skipped, counts.not_run}) {
    out.leaf("td", amount(count), {{"class", "number"}});
  }
  const bool took = category.duration > std::chrono::milliseconds{};
  out.leaf("td", took ? base::human_duration(category.duration) : "", {{"class", "number"}});
}

void write_overview(HtmlWriter& out, const model::Verdict& verdict) {
  const auto scroll =
      out.element("div", {{"class", "scroll"}, {"tabindex", "0"}, {"role", "region"}, {"aria-label", "Categories"}});
  const auto table = out.element("table", {{"class", "overview"}});
  out.leaf("caption", "Cases by category; failed are also those that are unproven or could not be tested");
  write_column_heads(out, {"Category", "Verdict", "#Passed", "#Failed", "#Flaky", "#Skipped", "#Not run", "#Time"});
  const auto body = out.element("tbody");
  const std::size_t end = out.size() + kRoom / 2;
  for (const model::CategoryVerdict& category : verdict.categories) {
    if (out.size() < end) {
      write_overview_row(out, category);
    }
  }
}

/// What was found of a KEP item by all cases that are about it.
struct ItemView {
  State state = State::not_run;
  std::string word;
  std::vector<const CaseView*> cases;
};

/// The case that decides: the worst, but where one proves all of the item, those that prove less don't matter.
bool is_worse(State left, State right) {
  static constexpr State kFromWorst[] = {State::failed,  State::untested, State::unproven, State::not_run,
                                         State::skipped, State::flaky,    State::passed};
  return std::find(std::begin(kFromWorst), std::end(kFromWorst), left) <
         std::find(std::begin(kFromWorst), std::end(kFromWorst), right);
}

bool asks_nothing(const CaseView& item) {
  return item.record->planned.not_run == model::NotRun::not_applicable ||
         item.record->planned.not_run == model::NotRun::no_upstream_spec;
}

bool proves_all(const CaseView& item) {
  return item.record->planned.test.proves != model::Proves::part;
}

ItemView view_of(const model::KepItem& kep, const RunView& run) {
  ItemView item;
  const CaseView* worst = nullptr;
  bool proved = false;
  for (const CaseView& candidate : run.cases) {
    if (candidate.record->planned.test.kep != kep.id) {
      continue;
    }
    item.cases.push_back(&candidate);
    if (!asks_nothing(candidate)) {
      worst = worst == nullptr || is_worse(candidate.state, worst->state) ? &candidate : worst;
      proved = proved || proves_all(candidate);
    }
  }
  if (worst == nullptr && !item.cases.empty()) {
    const bool outside = item.cases.front()->record->planned.not_run == model::NotRun::not_applicable;
    item.word = outside ? "doesn't apply" : "no upstream spec";
  } else if (worst != nullptr) {
    item.state = worst->state;
    item.word = worst->word;
    if (worst->state == State::passed || worst->state == State::flaky) {
      item.word = proved ? "proved" : "proved in part";
    }
  }
  return item;
}

void write_cases(HtmlWriter& out, const std::vector<const CaseView*>& cases) {
  for (std::size_t index = 0; index < std::min(cases.size(), kCasesOfAnItem); ++index) {
    const CaseView& item = *cases[index];
    out.text(index == 0 ? "" : ", ");
    if (is_failure(item)) {
      out.leaf("a", item.record->planned.test.id, {HtmlLink::to_id(failure_id(item.record->planned.test.id))});
    } else {
      out.text(shown(item.record->planned.test.id));
    }
  }
  if (cases.size() > kCasesOfAnItem) {
    out.text(fmt::format(" and {} more", cases.size() - kCasesOfAnItem));
  }
}

void write_item(HtmlWriter& out, const model::KepItem& kep, const ItemView& item) {
  const auto row = out.element("tr");
  {
    const auto cell = out.element("td");
    write_state(out, item.state, item.word);
  }
  {
    const auto cell = out.element("th", {{"scope", "row"}});
    out.leaf("span", kep.id, {{"class", "id"}});
    out.leaf("span", kep.statement, {{"class", "what"}});
  }
  const auto cell = out.element("td", {{"class", "cases"}});
  write_cases(out, item.cases);
}

/// Rows of one category's items; those without a case in this run are left out.
HtmlWriter item_rows(const RunView& run, std::string_view category) {
  HtmlWriter rows;
  for (const model::KepItem& kep : model::kep_items()) {
    if (model::category_of(kep) == category) {
      if (const ItemView item = view_of(kep, run); !item.cases.empty()) {
        write_item(rows, kep, item);
      }
    }
  }
  return rows;
}

void write_items(HtmlWriter& out, const RunView& run) {
  const std::size_t end = out.size() + kRoom / 2;
  for (const model::CategoryVerdict& category : run.verdict.categories) {
    if (const HtmlWriter rows = item_rows(run, category.category); rows.size() > 0 && out.size() < end) {
      const auto table = out.element("table", {{"class", "items"}});
      out.leaf("caption", shown(category.category));
      write_column_heads(out, {"State", "KEP item", "Cases"});
      const auto body = out.element("tbody");
      out.append(rows);
    }
  }
}

}  // namespace

void write_categories(HtmlWriter& out, const RunView& run) {
  if (run.verdict.categories.empty()) {
    return;
  }
  const auto section = out.element("section", {{"aria-labelledby", "categories"}});
  write_heading(out, "categories", "Categories and KEP items");
  write_overview(out, run.verdict);
  write_items(out, run);
}

}  // namespace opready::report
