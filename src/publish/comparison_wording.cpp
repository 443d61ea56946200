// SPDX-License-Identifier: Apache-2.0
// Words the head, the headings and each side of a difference.
#include "comparison_wording.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "opready/base/counted.hpp"
#include "opready/base/duration.hpp"
#include "opready/base/sanitize.hpp"
#include "opready/base/timestamp.hpp"
#include "opready/report/wording.hpp"

namespace opready::publish {
namespace {

/// The rest of a reason stands in the reports of the run.
constexpr std::size_t kMaxReason = 200;

std::string_view heading(Change change) {
  switch (change) {
    case Change::newly_failing:
      return "Newly failing";
    case Change::no_longer_passing:
      return "No longer passing";
    case Change::changed:
      return "Otherwise changed";
    case Change::fixed:
      return "Fixed";
    case Change::flaky:
      return "Newly flaky";
    case Change::no_longer_flaky:
      return "No longer flaky";
    case Change::slower:
      return "Slower";
    case Change::renamed:
      return "Renamed";
    case Change::added:
      return "Added";
    case Change::gone:
      return "Gone";
  }
  return "Changed";
}

std::string outcome_text(const Told& told) {
  return told.outcome.empty() ? "no result" : report::in_words(told.outcome);
}

std::string with_reason(const Told& told) {
  const std::string reason = base::elided(report::one_line(told.reason), kMaxReason);
  return outcome_text(told) + (reason.empty() ? "" : ": " + reason);
}

std::string side_text(const std::optional<Told>& told, Change change, bool with_why) {
  if (!told) {
    return "not there";
  }
  switch (change) {
    case Change::renamed:
      return report::one_line(told->name);
    case Change::slower:
      return base::human_duration(told->duration);
    case Change::flaky:
    case Change::no_longer_flaky:
    case Change::newly_failing:
    case Change::no_longer_passing:
    case Change::changed:
    case Change::fixed:
    case Change::added:
    case Change::gone:
      return with_why ? with_reason(*told) : outcome_text(*told);
  }
  return "";
}

Fact fact(std::string_view name, const Comparison& comparison, std::string (*text)(const ComparedRun&)) {
  return {name, text(comparison.base), text(comparison.newer)};
}

int count(const Comparison& comparison, Change change) {
  return static_cast<int>(std::count_if(
      comparison.differences.begin(), comparison.differences.end(),
      [&](const Difference& difference) { return difference.change == change && difference.regression; }));
}

/// "; 3 cases fail as before; 1 case is gone": what is no regression, but should be seen.
std::string besides(const Comparison& comparison) {
  std::string out;
  if (comparison.still_failing > 0) {
    out = fmt::format("; {} as before",
                      base::counted(static_cast<std::size_t>(comparison.still_failing), "case fails", "cases fail"));
  }
  const auto gone = std::count_if(
      comparison.differences.begin(), comparison.differences.end(),
      [](const Difference& difference) { return difference.change == Change::gone && !difference.of_spec; });
  if (gone > 0) {
    out += "; " + base::counted(static_cast<std::size_t>(gone), "case is gone", "cases are gone");
  }
  return out;
}

}  // namespace

std::vector<Fact> facts(const Comparison& comparison) {
  return {
      fact("Run", comparison, [](const ComparedRun& run) { return run.directory; }),
      fact("Started", comparison, [](const ComparedRun& run) { return base::rfc3339(run.started); }),
      fact("Context", comparison, [](const ComparedRun& run) { return run.context; }),
      fact("Kubernetes", comparison, [](const ComparedRun& run) { return run.kubernetes_version; }),
      fact("Suites", comparison, [](const ComparedRun& run) { return fmt::format("{}", fmt::join(run.suites, ", ")); }),
      fact("Windows", comparison,
           [](const ComparedRun& run) { return fmt::format("{}", fmt::join(run.windows_builds, ", ")); }),
      fact("Passed", comparison,
           [](const ComparedRun& run) { return fmt::format("{} of {}", run.counts.passed, run.counts.total); }),
      fact("Verdict", comparison,
           [](const ComparedRun& run) {
             return fmt::format("{}{}", run.readiness ? model::to_string(*run.readiness) : "no verdict",
                                run.finished ? "" : " (it was killed)");
           }),
  };
}

std::vector<ChangeGroup> groups(const Comparison& comparison) {
  std::vector<ChangeGroup> groups;
  for (const Difference& difference : comparison.differences) {
    if (groups.empty() || groups.back().differences.front().change != difference.change) {
      groups.emplace_back();
    }
    groups.back().differences.push_back(difference);
  }
  for (ChangeGroup& group : groups) {
    group.heading = fmt::format("{} ({})", heading(group.differences.front().change), group.differences.size());
  }
  return groups;
}

std::string base_text(const Difference& difference) {
  return side_text(difference.base, difference.change, false);
}

std::string newer_text(const Difference& difference) {
  const std::string text = side_text(difference.newer, difference.change, true);
  if (difference.change == Change::slower) {
    return fmt::format("{}, {:.1f} times", text,
                       static_cast<double>(difference.newer->duration.count()) /
                           static_cast<double>(difference.base->duration.count()));
  }
  return difference.change == Change::flaky ? text + ", after a failure" : text;
}

std::string spec_text(const Difference& difference) {
  if (!difference.of_spec || difference.change == Change::renamed) {
    return "";
  }
  return report::one_line((difference.newer ? difference.newer : difference.base)->name);
}

std::string closing(const Comparison& comparison) {
  const std::string rest = besides(comparison);
  if (!comparison.newer.readiness) {
    return fmt::format("No verdict: the new run has no case{}.", rest);
  }
  if (!has_regression(comparison)) {
    return fmt::format("No regression{}.", rest);
  }
  std::vector<std::string> parts;
  for (const auto& [change, word] :
       {std::pair(Change::newly_failing, "newly failing"), std::pair(Change::no_longer_passing, "no longer passing"),
        std::pair(Change::flaky, "newly flaky")}) {
    if (const int number = count(comparison, change); number > 0) {
      parts.push_back(fmt::format("{} {}", number, word));
    }
  }
  return fmt::format("REGRESSION: {}{}.", fmt::join(parts, ", "), rest);
}

}  // namespace opready::publish
