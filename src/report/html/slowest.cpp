// SPDX-License-Identifier: Apache-2.0
// The cases that took longest.
#include <algorithm>
#include <vector>

#include "opready/base/duration.hpp"

#include "html/parts.hpp"
#include "html/sections.hpp"

namespace opready::report {
namespace {

constexpr std::size_t kMost = 12;

std::vector<const CaseView*> slowest_of(const RunView& run) {
  std::vector<const CaseView*> cases;
  for (const CaseView& item : run.cases) {
    if (item.duration > std::chrono::milliseconds{}) {
      cases.push_back(&item);
    }
  }
  std::stable_sort(cases.begin(), cases.end(),
                   [](const CaseView* left, const CaseView* right) { return left->duration > right->duration; });
  cases.resize(std::min(cases.size(), kMost));
  return cases;
}

}  // namespace

void write_slowest(HtmlWriter& out, const RunView& run) {
  const std::vector<const CaseView*> cases = slowest_of(run);
  if (cases.empty()) {
    return;
  }
  const auto section = out.element("section", {{"aria-labelledby", "slowest"}});
  write_heading(out, "slowest", "Slowest cases");
  const auto table = out.element("table", {{"class", "slowest"}});
  out.leaf("caption", "All attempts of a case together");
  write_column_heads(out, {"Case", "#Time", "Share of the longest"});
  const auto body = out.element("tbody");
  const auto longest = static_cast<double>(cases.front()->duration.count());
  for (const CaseView* item : cases) {
    const auto row = out.element("tr");
    out.leaf("th", shown(item->record->planned.test.id), {{"scope", "row"}});
    out.leaf("td", base::human_duration(item->duration), {{"class", "number"}});
    const auto cell = out.element("td");
    write_bar(out, static_cast<double>(item->duration.count()) / longest, item->state);
    out.leaf("span", item->word, {{"class", "hidden"}});
  }
}

}  // namespace opready::report
