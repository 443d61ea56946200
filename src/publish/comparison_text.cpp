// SPDX-License-Identifier: Apache-2.0
// Draws a comparison for a terminal.
#include <algorithm>

#include <fmt/format.h>

#include "opready/publish/comparison_report.hpp"
#include "opready/report/table.hpp"
#include "opready/report/wording.hpp"

#include "comparison_wording.hpp"

namespace opready::publish {
namespace {

using report::Tone;

Tone tone(const Difference& difference) {
  if (difference.regression) {
    return Tone::bad;
  }
  const bool good = difference.change == Change::fixed || difference.change == Change::no_longer_flaky;
  return good ? Tone::good : Tone::bold;
}

std::string head(const Comparison& comparison, const report::Terminal& terminal) {
  report::Table table({{""}, {"Base"}, {"New"}});
  for (const Fact& fact : facts(comparison)) {
    const Tone differs = fact.base == fact.newer ? Tone::plain : Tone::bold;
    table.add_row({{std::string(fact.name)}, {report::one_line(fact.base)}, {report::one_line(fact.newer), differs}});
  }
  return table.text(terminal);
}

std::string entry(const Difference& difference) {
  const std::string kep = difference.kep.empty() ? "" : fmt::format(" ({})", report::one_line(difference.kep));
  std::string out = fmt::format("  {}{}\n", report::one_line(difference.case_id), kep);
  if (const std::string spec = spec_text(difference); !spec.empty()) {
    out += fmt::format("    {}\n", spec);
  }
  const char* const arrow = difference.change == Change::renamed ? "\n    -> " : " -> ";
  return out + fmt::format("    {}{}{}\n", base_text(difference), arrow, newer_text(difference));
}

Tone tone_of_closing(const Comparison& comparison) {
  if (has_regression(comparison)) {
    return Tone::bad;
  }
  return comparison.newer.readiness ? Tone::good : Tone::doubtful;
}

}  // namespace

std::string comparison_text(const Comparison& comparison, const report::Terminal& terminal) {
  std::string out = head(comparison, terminal);
  for (const ChangeGroup& group : groups(comparison)) {
    out += '\n' + report::painted(group.heading, tone(group.differences.front()), terminal) + '\n';
    for (const Difference& difference : group.differences) {
      out += entry(difference);
    }
  }
  return out + '\n' + report::painted(closing(comparison), tone_of_closing(comparison), terminal) + '\n';
}

}  // namespace opready::publish
