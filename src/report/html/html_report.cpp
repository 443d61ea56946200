// SPDX-License-Identifier: Apache-2.0
// Puts a run's page together of its sections.
#include "opready/report/html_report.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "opready/base/timestamp.hpp"
#include "opready/report/html_page.hpp"

#include "html/parts.hpp"
#include "html/sections.hpp"

namespace opready::report {
namespace {

/// Of the page's body, in bytes. What the other sections leave of it is for the tables of cases and then of specs.
constexpr std::size_t kRoom = 1'900'000;
constexpr std::size_t kRoomForSpecs = 60'000;  ///< At least.

struct Section {
  std::string_view id;
  std::string_view title;
  HtmlWriter markup;
};

HtmlWriter written(void (*write)(HtmlWriter&, const RunView&), const RunView& run) {
  HtmlWriter out;
  write(out, run);
  return out;
}

/// In the page's order; some are empty.
std::array<Section, 8> sections_of(RunView& run) {
  HtmlWriter failures;
  write_failures(failures, run);
  std::array<Section, 8> sections = {{{"failures", "Failures", failures},
                                      {"flaky", "Flaky", written(write_flakes, run)},
                                      {"categories", "Categories", written(write_categories, run)},
                                      {"cases", "Cases", {}},
                                      {"specs", "Specs", {}},
                                      {"timeline", "Timeline", written(write_timeline, run)},
                                      {"slowest", "Slowest", written(write_slowest, run)},
                                      {"environment", "Environment", written(write_environment, run)}}};
  std::size_t room = kRoom;
  for (const Section& section : sections) {
    room -= std::min(section.markup.size(), room);
  }
  Section& cases = sections[3];
  write_case_rows(cases.markup, run, room - std::min(kRoomForSpecs, room));
  write_spec_rows(sections[4].markup, run, std::max(kRoomForSpecs, room - std::min(cases.markup.size(), room)));
  return sections;
}

/// Search and filter. Hidden until the script that performs them has begun.
void write_tools(HtmlWriter& out, const RunView& run) {
  const auto tools = out.element("div", {{"class", "tools"}, {"id", "tools"}, {"role", "search"}, {"hidden", ""}});
  out.leaf("label", "Search", {{"for", "search"}, {"class", "hidden"}});
  out.single("input", {{"type", "search"},
                       {"id", "search"},
                       {"placeholder", "Search cases, specs, reasons"},
                       {"autocomplete", "off"},
                       {"spellcheck", "false"}});
  {
    const auto group =
        out.element("div", {{"class", "states"}, {"role", "group"}, {"aria-label", "Show only these results"}});
    for (const State state : {State::passed, State::flaky, State::failed, State::unproven, State::untested,
                              State::skipped, State::not_run}) {
      if (std::any_of(run.cases.begin(), run.cases.end(), [&](const CaseView& item) { return item.state == state; })) {
        const auto button =
            out.element("button", {{"type", "button"}, {"aria-pressed", "false"}, {"data-state", class_of(state)}});
        write_state(out, state, name_of(state));
      }
    }
  }
  out.leaf("p", "", {{"id", "found"}, {"role", "status"}, {"aria-live", "polite"}});
}

void write_navigation(HtmlWriter& out, const std::array<Section, 8>& sections) {
  const auto navigation = out.element("nav", {{"aria-label", "Sections"}});
  const auto list = out.element("ul");
  for (const Section& section : sections) {
    if (section.markup.size() > 0) {
      const auto item = out.element("li");
      out.leaf("a", section.title, {HtmlLink::to_id(section.id)});
    }
  }
}

void write_header(HtmlWriter& out, const std::array<Section, 8>& sections) {
  const auto header = out.element("header", {{"class", "page"}});
  out.leaf("a", "Skip to the results", {HtmlLink::to_id("main"), {"class", "skip"}});
  out.leaf("span", "op-readiness", {{"class", "brand"}});
  write_navigation(out, sections);
  out.leaf("button", "Theme", {{"type", "button"}, {"id", "theme"}, {"hidden", ""}});
}

void write_footer(HtmlWriter& out, const model::RunStarted& started) {
  const auto footer = out.element("footer");
  out.leaf("p", fmt::format("op-readiness {} · run {} · programs read summary.json and junit_op-readiness.xml",
                            shown(started.tool_version, 60), shown(started.run_id, 60)));
  const auto keys = out.element("p", {{"id", "keys"}, {"hidden", ""}});
  const auto label = out.element("label");
  out.single("input", {{"type", "checkbox"}, {"id", "use-keys"}, {"checked", ""}});
  out.text(" Keys: ");
  out.leaf("kbd", "/");
  out.text(" search, ");
  out.leaf("kbd", "Esc");
  out.text(" show all, ");
  out.leaf("kbd", "j");
  out.text(" and ");
  out.leaf("kbd", "k");
  out.text(" next and previous failure, ");
  out.leaf("kbd", "t");
  out.text(" theme");
}

std::string title_of(const RunView& run) {
  const model::RunStarted& started = run.record->started;
  return fmt::format("{}: {}, {} - op-readiness", model::to_string(run.verdict.readiness),
                     shown(started.cluster.context.empty() ? "cluster" : started.cluster.context, 80),
                     base::rfc3339(started.time).substr(0, 10));
}

}  // namespace

std::string html_report(const model::RunRecord& record, std::string_view report_directory) {
  RunView run = view_of(record, report_directory);
  const std::array<Section, 8> sections = sections_of(run);
  HtmlWriter body;
  write_header(body, sections);
  {
    const auto main = body.element("main", {{"id", "main"}, {"tabindex", "-1"}});
    write_verdict(body, run);
    write_tools(body, run);
    for (const Section& section : sections) {
      body.line_break();
      body.append(section.markup);
    }
  }
  write_footer(body, record.started);
  return html_page(title_of(run), body);
}

}  // namespace opready::report
