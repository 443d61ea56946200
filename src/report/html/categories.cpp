// SPDX-License-Identifier: Apache-2.0
// Categories, and what was found of each KEP item.
#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "opready/base/counted.hpp"
#include "opready/base/duration.hpp"
#include "opready/model/kep.hpp"
#include "opready/report/kep_items.hpp"

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

void write_overview_row(HtmlWriter& out, const model::CategoryVerdict& category, bool flaky_fails) {
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
  const int passed = counts.passed - (flaky_fails ? 0 : counts.flaky);
  for (const int count : {passed, counts.failed + counts.unproven + counts.could_not_test, counts.flaky, counts.skipped,
                          counts.not_run}) {
    out.leaf("td", amount(count), {{"class", "number"}});
  }
  const bool took = category.duration > std::chrono::milliseconds{};
  out.leaf("td", took ? base::human_duration(category.duration) : "", {{"class", "number"}});
}

/// Returns how many categories found no room.
std::size_t write_overview(HtmlWriter& out, const RunView& run) {
  const auto scroll =
      out.element("div", {{"class", "scroll"}, {"tabindex", "0"}, {"role", "region"}, {"aria-label", "Categories"}});
  const auto table = out.element("table", {{"class", "overview"}});
  const bool flaky_fails = run.record->started.flaky_fails;
  out.leaf("caption", fmt::format("Cases by category; failed are also those that are unproven or could not be tested{}",
                                  flaky_fails ? ", and the flaky" : ""));
  write_column_heads(out, {"Category", "Verdict", "#Passed", "#Failed", "#Flaky", "#Skipped", "#Not run", "#Time"});
  const auto body = out.element("tbody");
  const std::size_t end = out.size() + kRoom / 2;
  std::size_t told = 0;
  for (const model::CategoryVerdict& category : run.verdict.categories) {
    if (out.size() >= end) {
      break;
    }
    write_overview_row(out, category, flaky_fails);
    ++told;
  }
  return run.verdict.categories.size() - told;
}

/// What was found of a KEP item by all cases that are about it.
struct ItemView {
  State state = State::not_run;
  std::string word;
  std::vector<const CaseView*> cases;
};

bool is_worse(const CaseView* left, const CaseView* right) {
  static constexpr State kFromWorst[] = {State::failed,  State::untested, State::unproven, State::not_run,
                                         State::skipped, State::flaky,    State::passed};
  return std::find(std::begin(kFromWorst), std::end(kFromWorst), left->state) <
         std::find(std::begin(kFromWorst), std::end(kFromWorst), right->state);
}

bool asks_nothing(const CaseView* item) {
  return item->record->planned.not_run == model::NotRun::not_applicable ||
         item->record->planned.not_run == model::NotRun::no_upstream_spec;
}

/// What the worst of its cases came to, all of which may have passed but for specs that skipped themselves.
void tell_worst(ItemView& item) {
  std::vector<const CaseView*> cases = item.cases;
  std::erase_if(cases, asks_nothing);
  const auto worst = std::min_element(cases.begin(), cases.end(), is_worse);
  if (worst == cases.end()) {
    return;
  }
  const bool passed = (*worst)->state == State::passed || (*worst)->state == State::flaky;
  item.state = passed ? State::skipped : (*worst)->state;
  item.word = passed ? "specs skipped" : (*worst)->word;
}

State proved_state(const ItemView& item) {
  const bool flaky =
      std::any_of(item.cases.begin(), item.cases.end(), [](const CaseView* candidate) { return candidate->flaky; });
  return flaky ? State::flaky : State::passed;
}

ItemView view_of(const ItemResult& result, const RunView& run) {
  ItemView item;
  for (const CaseView& candidate : run.cases) {
    if (candidate.record->planned.test.kep == result.item.id) {
      item.cases.push_back(&candidate);
    }
  }
  switch (result.state) {
    case ItemState::passed:
      item.state = proved_state(item);
      item.word = "proved";
      break;
    case ItemState::passed_in_part:
      item.state = proved_state(item);
      item.word = "proved in part";
      break;
    case ItemState::unprovable:
      item.word = "no upstream spec";
      break;
    case ItemState::not_applicable:
      item.word = "doesn't apply";
      break;
    case ItemState::unsettled:
    case ItemState::failed:
      tell_worst(item);
      break;
    case ItemState::not_chosen:
      break;
  }
  return item;
}

void write_cases(HtmlWriter& out, const std::vector<const CaseView*>& cases) {
  for (std::size_t index = 0; index < std::min(cases.size(), kCasesOfAnItem); ++index) {
    const CaseView& item = *cases[index];
    out.text(index == 0 ? "" : ", ");
    write_case_name(out, item);
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

struct ItemRows {
  HtmlWriter markup;
  std::size_t items = 0;
};

/// Rows of one category's items; those without a case in this run are left out.
ItemRows item_rows(const RunView& run, const std::vector<ItemResult>& items, std::string_view category) {
  ItemRows rows;
  for (const ItemResult& result : items) {
    if (!result.cases.empty() && model::category_of(result.item) == category) {
      write_item(rows.markup, result.item, view_of(result, run));
      ++rows.items;
    }
  }
  return rows;
}

void write_items(HtmlWriter& out, const RunView& run) {
  const std::vector<ItemResult> items = item_results(*run.record);
  const std::size_t end = out.size() + kRoom / 2;
  std::size_t left_out = 0;
  for (const model::CategoryVerdict& category : run.verdict.categories) {
    const ItemRows rows = item_rows(run, items, category.category);
    if (out.size() >= end) {
      left_out += rows.items;
    } else if (rows.items > 0) {
      const auto table = out.element("table", {{"class", "items"}});
      out.leaf("caption", shown(category.category));
      write_column_heads(out, {"State", "KEP item", "Cases"});
      const auto body = out.element("tbody");
      out.append(rows.markup);
    }
  }
  if (left_out > 0) {
    write_note(out, base::counted(left_out, "more KEP item") + " found no room here: see summary.json.");
  }
}

}  // namespace

void write_categories(HtmlWriter& out, const RunView& run) {
  if (run.verdict.categories.empty()) {
    return;
  }
  const auto section = out.element("section", {{"aria-labelledby", "categories"}});
  write_heading(out, "categories", "Categories and KEP items");
  if (const std::size_t left_out = write_overview(out, run); left_out > 0) {
    write_note(out, fmt::format("and {} more: see summary.json.", grouped(left_out)));
  }
  write_items(out, run);
}

}  // namespace opready::report
