// SPDX-License-Identifier: Apache-2.0
// Flaky cases, attempt by attempt.
#include <algorithm>

#include <fmt/format.h>

#include "opready/base/counted.hpp"
#include "opready/base/duration.hpp"
#include "opready/model/attempts.hpp"
#include "opready/report/wording.hpp"

#include "html/parts.hpp"
#include "html/sections.hpp"

namespace opready::report {
namespace {

/// Of all of them together, in bytes.
constexpr std::size_t kRoom = 100'000;
constexpr std::size_t kAttempts = 10;
constexpr std::size_t kSpecs = 5;

void write_attempt(HtmlWriter& out, const model::AttemptRecord& attempt) {
  const model::CaseResult result = model::result_of(attempt);
  const auto row = out.element("tr");
  out.leaf("th", std::to_string(attempt.started.attempt), {{"scope", "row"}, {"class", "number"}});
  {
    const auto cell = out.element("td");
    write_state(out, state_of(result.outcome), in_words(model::to_string(result.outcome)));
  }
  {
    const auto cell = out.element("td");
    out.text(shown(result.reason));
    std::size_t failed = 0;
    for (const model::SpecResult& spec : result.specs) {
      if (model::is_failure(spec.status) && ++failed <= kSpecs) {
        out.leaf("p", shown(spec.spec.name), {{"class", "what"}});
      }
    }
    if (failed > kSpecs) {
      write_note(out, base::counted(failed - kSpecs, "more failed spec"));
    }
  }
  out.leaf("td", attempt.finished ? base::human_duration(attempt.finished->duration) : "", {{"class", "number"}});
  const auto cell = out.element("td");
  write_log_link(out, attempt, "log");
}

void write_flake(HtmlWriter& out, const CaseView& item) {
  const auto& attempts = item.record->attempts;
  const auto scroll = out.element("div", {{"class", "scroll"}});
  const auto table = out.element("table");
  {
    const auto caption = out.element("caption");
    out.leaf("span", shown(item.record->planned.test.id), {{"class", "id"}});
    if (attempts.size() > kAttempts) {
      out.text(fmt::format(" (the last {} of {} attempts)", kAttempts, attempts.size()));
    }
  }
  write_column_heads(out, {"#Attempt", "Result", "Reason", "#Time", "Log"});
  const auto body = out.element("tbody");
  const auto first = attempts.end() - static_cast<std::ptrdiff_t>(std::min(attempts.size(), kAttempts));
  std::for_each(first, attempts.end(), [&](const model::AttemptRecord& attempt) { write_attempt(out, attempt); });
}

}  // namespace

void write_flakes(HtmlWriter& out, const RunView& run) {
  const auto count = static_cast<std::size_t>(
      std::count_if(run.cases.begin(), run.cases.end(), [](const CaseView& item) { return item.flaky; }));
  if (count == 0) {
    return;
  }
  const auto section = out.element("section", {{"aria-labelledby", "flaky"}});
  write_heading(out, "flaky", "Flaky", grouped(count));
  write_note(out, run.record->started.flaky_fails ? "These passed after failing, which counts as failed here."
                                                  : "These passed after failing.");
  const std::size_t end = out.size() + kRoom;
  std::size_t left_out = 0;
  for (const CaseView& item : run.cases) {
    if (item.flaky && out.size() < end) {
      write_flake(out, item);
    } else if (item.flaky) {
      ++left_out;
    }
  }
  if (left_out > 0) {
    write_note(out, base::counted(left_out, "more flaky case") + ": see summary.json.");
  }
}

}  // namespace opready::report
