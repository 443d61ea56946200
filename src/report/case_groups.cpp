// SPDX-License-Identifier: Apache-2.0
// Sorts cases under headings.
#include "case_groups.hpp"

#include <algorithm>
#include <map>
#include <vector>

#include <fmt/format.h>

#include "opready/base/counted.hpp"
#include "opready/model/attempts.hpp"
#include "opready/report/log_path.hpp"
#include "opready/report/wording.hpp"

namespace opready::report {
namespace {

/// Of a flaky case; the reports name them all.
constexpr std::size_t kNamedSpecs = 5;

/// Lists of cases under headings.
class Groups {
 public:
  /// `more`: whole lines to stand below the case.
  void add(const std::string& title, const std::string& id, const std::string& detail, const std::string& more = "") {
    lines_[title] += fmt::format("  {}{}{}\n{}", id, detail.empty() ? "" : ": ", detail, more);
  }

  [[nodiscard]] std::string text() const {
    std::string out;
    for (const auto& [title, lines] : lines_) {
      out += fmt::format("\n{}:\n{}", title, lines);
    }
    return out;
  }

 private:
  std::map<std::string, std::string> lines_;
};

std::size_t skipped_specs(const model::CaseResult& result) {
  return static_cast<std::size_t>(
      std::count_if(result.specs.begin(), result.specs.end(),
                    [](const model::SpecResult& spec) { return spec.status == model::SpecStatus::skipped; }));
}

/// Notes what is short of a clean pass but no failure.
void note_doubts(Groups& groups, const model::RunRecord& run, const model::CaseRecord& record,
                 const model::CaseResult& result) {
  const std::string& id = record.planned.test.id;
  const std::string reason = one_line(reason_text(run, record, result));
  if (record.planned.not_run) {
    groups.add("Not run, " + std::string(heading(*record.planned.not_run)), id, reason);
  } else if (result.outcome == model::Outcome::not_run) {
    groups.add("Not run, " + reason, id, "");
  } else if (result.outcome == model::Outcome::cancelled) {
    groups.add("Cancelled", id, reason);
  } else if (result.outcome == model::Outcome::skipped) {
    groups.add("Skipped", id, reason);
  } else if (const std::size_t skipped = skipped_specs(result); skipped > 0) {
    groups.add("Passed in part", id, base::counted(skipped, "spec") + " skipped");
  }
}

std::string spec_lines(const std::vector<std::string>& names) {
  std::string out;
  for (std::size_t index = 0; index < std::min(names.size(), kNamedSpecs); ++index) {
    out += "    " + one_line(names[index]) + '\n';
  }
  if (names.size() > kNamedSpecs) {
    out += fmt::format("    ... and {}\n", base::counted(names.size() - kNamedSpecs, "more spec"));
  }
  return out;
}

void note_flake(Groups& groups, const model::RunRecord& run, const model::CaseRecord& record,
                std::string_view report_directory) {
  const model::AttemptRecord* const failed = first_failed(record);
  if (failed != nullptr && model::is_flaky(record)) {
    groups.add(
        run.started.flaky_fails ? "Flaky, passed after failing, which counts as failed (--flaky fails)"
                                : "Flaky, passed after failing",
        record.planned.test.id,
        fmt::format("{} (attempt {})", one_line(model::result_of(*failed).reason), failed->started.attempt),
        spec_lines(model::flaky_specs(record)) + fmt::format("    log: {}\n", log_path(*failed, report_directory)));
  }
}

}  // namespace

std::string case_groups(const model::RunRecord& run, std::string_view report_directory) {
  Groups groups;
  for (const model::CaseRecord& record : run.cases) {
    const model::CaseResult result = model::result_of(record);
    if (!model::is_failure(result.outcome)) {
      note_doubts(groups, run, record, result);
      note_flake(groups, run, record, report_directory);
    }
    if (result.leaked) {
      groups.add("Left processes behind, which were ended", record.planned.test.id, "");
    }
  }
  return groups.text();
}

}  // namespace opready::report
