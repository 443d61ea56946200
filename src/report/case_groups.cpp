// SPDX-License-Identifier: Apache-2.0
// Sorts cases under headings.
#include "case_groups.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "opready/base/counted.hpp"
#include "opready/model/attempts.hpp"
#include "opready/report/log_path.hpp"
#include "opready/report/wording.hpp"

namespace opready::report {
namespace {

/// Of a flaky case; the reports name them all.
constexpr std::size_t kNamedSpecs = 5;

std::size_t skipped_specs(const model::CaseResult& result) {
  return static_cast<std::size_t>(
      std::count_if(result.specs.begin(), result.specs.end(),
                    [](const model::SpecResult& spec) { return spec.status == model::SpecStatus::skipped; }));
}

/// Notes what is short of a clean pass but no failure.
void note_doubts(CaseGroups& groups, const model::RunRecord& run, const model::CaseRecord& record,
                 const model::CaseResult& result) {
  const std::string& id = record.planned.test.id;
  const std::string reason = one_line(reason_text(run, record, result));
  if (record.planned.not_run) {
    groups["Not run, " + std::string(heading(*record.planned.not_run))].push_back({id, reason, {}});
  } else if (result.outcome == model::Outcome::not_run) {
    groups["Not run, " + reason].push_back({id, "", {}});
  } else if (result.outcome == model::Outcome::cancelled) {
    groups["Cancelled"].push_back({id, reason, {}});
  } else if (result.outcome == model::Outcome::skipped) {
    groups["Skipped"].push_back({id, reason, {}});
  } else if (const std::size_t skipped = skipped_specs(result); skipped > 0) {
    groups["Passed in part"].push_back({id, base::counted(skipped, "spec") + " skipped", {}});
  }
}

std::vector<std::string> spec_lines(const std::vector<std::string>& names) {
  std::vector<std::string> lines;
  for (std::size_t index = 0; index < std::min(names.size(), kNamedSpecs); ++index) {
    lines.push_back(one_line(names[index]));
  }
  if (names.size() > kNamedSpecs) {
    lines.push_back("... and " + base::counted(names.size() - kNamedSpecs, "more spec"));
  }
  return lines;
}

void note_flake(CaseGroups& groups, const model::RunRecord& run, const model::CaseRecord& record,
                std::string_view report_directory) {
  const model::AttemptRecord* const failed = first_failed(record);
  if (failed != nullptr && model::is_flaky(record)) {
    std::vector<std::string> more = spec_lines(model::flaky_specs(record));
    more.push_back("log: " + log_path(*failed, report_directory));
    groups[run.started.flaky_fails ? "Flaky, passed after failing, which counts as failed (--flaky fails)"
                                   : "Flaky, passed after failing"]
        .push_back({record.planned.test.id,
                    fmt::format("{} (attempt {})", one_line(model::result_of(*failed).reason), failed->started.attempt),
                    std::move(more)});
  }
}

}  // namespace

CaseGroups grouped_cases(const model::RunRecord& run, std::string_view report_directory) {
  CaseGroups groups;
  for (const model::CaseRecord& record : run.cases) {
    const model::CaseResult result = model::result_of(record);
    if (!model::is_failure(result.outcome)) {
      note_doubts(groups, run, record, result);
      note_flake(groups, run, record, report_directory);
    }
    if (result.leaked) {
      groups["Left processes behind, which were ended"].push_back({record.planned.test.id, "", {}});
    }
  }
  return groups;
}

std::string case_groups(const model::RunRecord& run, std::string_view report_directory) {
  std::string out;
  for (const auto& [title, cases] : grouped_cases(run, report_directory)) {
    out += fmt::format("\n{}:\n", title);
    for (const GroupedCase& item : cases) {
      out += fmt::format("  {}{}{}\n", item.id, item.detail.empty() ? "" : ": ", item.detail);
      for (const std::string& line : item.more) {
        out += "    " + line + '\n';
      }
    }
  }
  return out;
}

}  // namespace opready::report
