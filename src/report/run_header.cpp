// SPDX-License-Identifier: Apache-2.0
// Draws the first lines of a run.
#include "opready/report/run_header.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "opready/base/counted.hpp"
#include "opready/report/plan_findings.hpp"
#include "opready/report/pods_wording.hpp"
#include "opready/report/wording.hpp"

namespace opready::report {
namespace {

/// Enough to recognise what is meant; `list` and the summary name them all.
constexpr std::size_t kNamedCases = 5;

std::string warning(const std::string& text, const Terminal& terminal) {
  return painted("warning:", Tone::doubtful, terminal) + ' ' + text + '\n';
}

std::string named(const std::vector<const model::PlannedCase*>& cases) {
  std::vector<std::string> names;
  for (std::size_t index = 0; index < std::min(cases.size(), kNamedCases); ++index) {
    names.push_back(cases[index]->test.id);
  }
  std::string out = fmt::format("{}", fmt::join(names, ", "));
  return cases.size() > kNamedCases ? out + fmt::format(" and {} more", cases.size() - kNamedCases) : out;
}

std::string amount(const model::RunStarted& started) {
  const PlanTotals totals = totals_of(started.plan);
  std::string out;
  if (started.shard) {
    out += fmt::format("shard {}: {} of {}\n", model::to_string(*started.shard), totals.cases - totals.in_other_shards,
                       base::counted(totals.cases, "case"));
  }
  out += base::counted(totals.to_run, "case") + " to run";
  if (started.jobs > 1) {
    out += fmt::format(", up to {} at a time", started.jobs);
  }
  if (totals.credited > 0) {
    out += fmt::format("; {} more {} the result of one with the same specs", totals.credited,
                       totals.credited == 1 ? "gets" : "get");
  }
  if (totals.not_run > 0) {
    out += fmt::format("; {} not run:", totals.not_run);
  }
  out += '\n';
  for (const auto& [reason, cases] : not_run_groups(started.plan)) {
    out += fmt::format("  {}: {}\n", heading(reason), named(cases));
  }
  return out;
}

}  // namespace

std::string run_header(const model::RunStarted& started, const Terminal& terminal) {
  std::string out = cluster_line(started.cluster) + '\n' + suite_lines(started.plan);
  for (const std::string& notice : notices(started.plan, started.cluster)) {
    out += warning(notice, terminal);
  }
  for (const std::string& why : started.evidence_lacks) {
    out += warning(fmt::format("{}: {}", kEvidenceLacks, one_line(why)), terminal);
  }
  if (const std::string placed = placement_text(started.placement); !placed.empty()) {
    out += "placement: " + placed + '\n';
  }
  out += amount(started);
  for (const std::string& finding : findings(started.plan)) {
    out += warning(finding, terminal);
  }
  for (const std::string& notice : {scheduler_notice(started.plan, started.cluster, started.placement),
                                    taint_notice(started.cluster, started.placement)}) {
    out += notice.empty() ? "" : warning(notice, terminal);
  }
  return out + '\n';
}

}  // namespace opready::report
