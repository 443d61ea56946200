// SPDX-License-Identifier: Apache-2.0
// Failures: what a reader needs to find the cause of each.
#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "opready/base/counted.hpp"
#include "opready/base/duration.hpp"
#include "opready/model/attempts.hpp"
#include "opready/report/log_path.hpp"
#include "opready/report/pods_wording.hpp"
#include "opready/report/rerun_command.hpp"
#include "opready/report/wording.hpp"

#include "html/excerpt.hpp"
#include "html/parts.hpp"
#include "html/sections.hpp"

namespace opready::report {
namespace {

/// Of all failures together, in bytes; beyond it they stand in the table of cases only.
constexpr std::size_t kRoom = 500'000;
/// Shared by the excerpts of all failures, so that a few are shown at length and many in short.
constexpr std::size_t kExcerpts = 300'000;
constexpr std::size_t kShortestExcerpt = 300;
constexpr std::size_t kLongestExcerpt = 4'000;
constexpr std::size_t kSpecsOfACase = 8;
constexpr std::size_t kWarningsOfASpec = 5;
constexpr std::size_t kAttemptsOfACase = 8;

std::size_t failed_specs(const CaseView& item) {
  return static_cast<std::size_t>(
      std::count_if(item.result.specs.begin(), item.result.specs.end(),
                    [](const model::SpecResult& spec) { return model::is_failure(spec.status); }));
}

std::size_t excerpt_size(const RunView& run) {
  std::size_t excerpts = 0;
  for (const CaseView& item : run.cases) {
    excerpts += is_failure(item) ? std::clamp<std::size_t>(failed_specs(item), 1, kSpecsOfACase) : 0;
  }
  return std::clamp(kExcerpts / std::max<std::size_t>(excerpts, 1), kShortestExcerpt, kLongestExcerpt);
}

void write_excerpt(HtmlWriter& out, std::string_view foreign, std::size_t size) {
  const Excerpt excerpt = beginning_of(foreign, size);
  if (!excerpt.text.empty()) {
    out.leaf("pre", excerpt.text, {{"tabindex", "0"}});
  }
  if (excerpt.lines_left > 0) {
    write_note(out, fmt::format("{} more of this text: see the log.", base::counted(excerpt.lines_left, "line")));
  }
}

/// The end of what a child said last, where no spec tells why it failed.
void write_last_words(HtmlWriter& out, std::string_view foreign, std::size_t size) {
  if (const std::string end = end_of(foreign, size); !end.empty()) {
    out.leaf("pre", end, {{"tabindex", "0"}});
  }
}

void write_spec(HtmlWriter& out, const RunView& run, const CaseView& item, const model::SpecResult& spec,
                std::size_t excerpt) {
  const auto block = out.element("div", {{"class", "spec"}});
  out.leaf("h4", shown(spec.spec.name, 400));
  {
    const auto meta = out.element("p", {{"class", "meta"}});
    write_state(out, state_of(spec.status), in_words(model::to_string(spec.status)));
    out.text(" in " + base::human_duration(spec.duration) + (spec.spec.file.empty() ? "" : " · "));
    write_place(out, run.record->started.plan, item.record->planned.test.suite, spec.spec);
    if (spec.pods) {
      out.text(" · " + shown(pods_text(*spec.pods)));
    }
  }
  write_excerpt(out, spec.failure.empty() ? spec.message : spec.failure, excerpt);
  const std::vector<std::string> warnings = waiting_lines(spec);
  for (std::size_t index = 0; index < std::min(warnings.size(), kWarningsOfASpec); ++index) {
    write_note(out, shown(warnings[index]));
  }
}

void write_specs(HtmlWriter& out, const RunView& run, const CaseView& item, std::size_t excerpt) {
  std::size_t failed = 0;
  for (const model::SpecResult& spec : item.result.specs) {
    if (model::is_failure(spec.status) && ++failed <= kSpecsOfACase) {
      write_spec(out, run, item, spec, excerpt);
    }
  }
  if (failed > kSpecsOfACase) {
    write_note(out, fmt::format("{}: see summary.json.", base::counted(failed - kSpecsOfACase, "more failed spec")));
  }
  if (failed == 0) {
    write_last_words(out, item.result.detail, excerpt);
  }
}

void write_ways_on(HtmlWriter& out, const RunView& run, const CaseView& item) {
  const auto& attempts = item.record->attempts;
  if (attempts.empty()) {
    return;
  }
  const model::AttemptRecord& told = attempt_of(*item.record, item.result);
  const auto ways = out.element("p", {{"class", "ways"}});
  const std::size_t first = attempts.size() - std::min(attempts.size(), kAttemptsOfACase);
  for (std::size_t index = first; index < attempts.size(); ++index) {
    const model::AttemptRecord& attempt = attempts[index];
    write_log_link(out, attempt,
                   attempts.size() == 1 ? "log" : fmt::format("log of attempt {}", attempt.started.attempt));
    out.text(" ");
  }
  out.leaf("code", rerun_command(told, run.directory, item.record->planned.test.id), {{"class", "command"}});
}

/// To another case, by its id.
void write_reference(HtmlWriter& out, const RunView& run, const std::string& id) {
  const auto found = std::find_if(run.cases.begin(), run.cases.end(),
                                  [&](const CaseView& item) { return item.record->planned.test.id == id; });
  if (found == run.cases.end()) {
    out.text(shown(id));
  } else {
    write_case_name(out, *found);
  }
}

HtmlWriter failure(const RunView& run, const CaseView& item, std::size_t excerpt) {
  const model::TestCase& test = item.record->planned.test;
  HtmlWriter out;
  {
    const auto article = out.element(
        "article", {{"class", "failure item"}, {"id", failure_id(item.record->planned.test.id)}, {"tabindex", "-1"}});
    {
      const auto heading = out.element("h3");
      write_state(out, item.state, item.word);
      out.text(" ");
      out.leaf("span", shown(test.id), {{"class", "id"}});
    }
    out.leaf("p", shown(test.description), {{"class", "what"}});
    out.leaf(
        "p",
        shown(fmt::format("{} · {}", test.kep.empty() ? test.category : test.kep, base::human_duration(item.duration))),
        {{"class", "meta"}});
    out.leaf("p", shown(item.reason, 600), {{"class", "reason"}});
    if (const std::string ran = ran_as(*item.record); !ran.empty()) {
      const auto note = out.element("p", {{"class", "note"}});
      out.text("It selects the same specs as another case, which ran in its stead: see ");
      write_reference(out, run, ran);
      out.text(".");
    } else {
      write_specs(out, run, item, excerpt);
    }
    write_ways_on(out, run, item);
  }
  out.line_break();
  return out;
}

}  // namespace

void write_failures(HtmlWriter& out, RunView& run) {
  const auto count = static_cast<std::size_t>(std::count_if(run.cases.begin(), run.cases.end(), is_failure));
  if (count == 0) {
    return;
  }
  const auto section = out.element("section", {{"class", "failures"}, {"aria-labelledby", "failures"}});
  write_heading(out, "failures", "Failures", grouped(count));
  const std::size_t excerpt = excerpt_size(run);
  const std::size_t end = out.size() + kRoom;
  std::size_t left_out = 0;
  for (CaseView& item : run.cases) {
    if (!is_failure(item)) {
      continue;
    }
    const HtmlWriter told = left_out == 0 ? failure(run, item, excerpt) : HtmlWriter();
    if (left_out == 0 && out.size() + told.size() <= end) {
      out.append(told);
      item.told = true;
    } else {
      ++left_out;
    }
  }
  if (left_out > 0) {
    write_note(out, fmt::format("{} {} told here: see the table of cases and summary.json.",
                                base::counted(left_out, "more failure"), left_out == 1 ? "isn't" : "aren't"));
  }
}

}  // namespace opready::report
