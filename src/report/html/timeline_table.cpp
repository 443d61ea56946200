// SPDX-License-Identifier: Apache-2.0
// The timeline in words, for who doesn't see it.
#include "html/timeline_table.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "opready/base/counted.hpp"
#include "opready/base/duration.hpp"
#include "opready/model/attempts.hpp"
#include "opready/report/wording.hpp"

#include "html/parts.hpp"

namespace opready::report {
namespace {

/// Of the rows, in bytes.
constexpr std::size_t kRoom = 60'000;

void write_row(HtmlWriter& out, const Plot& plot, const Bar& bar) {
  const auto row = out.element("tr");
  const model::CaseStarted& started = bar.attempt->started;
  out.leaf("th", shown(started.attempt == 1 ? started.id : fmt::format("{}, attempt {}", started.id, started.attempt)),
           {{"scope", "row"}});
  out.leaf("td", in_words(model::to_string(model::result_of(*bar.attempt).outcome)), {{"class", class_of(bar.state)}});
  out.leaf("td", lane_name(plot, bar.lane));
  out.leaf("td", when(started.time));
  out.leaf("td", base::human_duration(bar.span.end - bar.span.begin), {{"class", "number"}});
}

std::vector<Bar> by_time(const Plot& plot, std::size_t most) {
  std::vector<Bar> bars(plot.bars.begin(),
                        plot.bars.begin() + static_cast<std::ptrdiff_t>(std::min(plot.bars.size(), most)));
  std::stable_sort(bars.begin(), bars.end(),
                   [](const Bar& left, const Bar& right) { return left.span.begin < right.span.begin; });
  return bars;
}

}  // namespace

void write_timeline_table(HtmlWriter& out, const Plot& plot, std::size_t most) {
  const auto details = out.element("details");
  out.leaf("summary", "The timeline as a table");
  std::size_t told = 0;
  {
    const auto scroll = out.element(
        "div", {{"class", "scroll"}, {"tabindex", "0"}, {"role", "region"}, {"aria-label", "The timeline as a table"}});
    const auto table = out.element("table");
    const std::vector<Bar> bars = by_time(plot, most);
    out.leaf("caption",
             fmt::format("{} in the order in which they started",
                         bars.size() < plot.bars.size() ? "Attempts that didn't pass, and the longest," : "Attempts"));
    write_column_heads(out, {"Case", "Result", "Slot", "Start", "#Time"});
    const auto body = out.element("tbody");
    const std::size_t end = out.size() + kRoom;
    for (const Bar& bar : bars) {
      if (out.size() >= end) {
        break;
      }
      write_row(out, plot, bar);
      ++told;
    }
  }
  if (const std::size_t left_out = plot.bars.size() - told; left_out > 0) {
    write_note(out, base::counted(left_out, "more attempt") + " found no room here: see events.jsonl.");
  }
}

}  // namespace opready::report
