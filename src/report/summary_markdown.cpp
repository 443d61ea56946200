// SPDX-License-Identifier: Apache-2.0
// Draws summary.md.
#include "opready/report/summary_markdown.hpp"

#include <vector>

#include <fmt/format.h>

#include "opready/base/duration.hpp"
#include "opready/base/redact.hpp"
#include "opready/base/timestamp.hpp"
#include "opready/model/attempts.hpp"
#include "opready/model/verdict.hpp"
#include "opready/report/failure_text.hpp"
#include "opready/report/log_path.hpp"
#include "opready/report/markdown_text.hpp"
#include "opready/report/plan_findings.hpp"
#include "opready/report/rerun_command.hpp"
#include "opready/report/wording.hpp"

#include "case_groups.hpp"

namespace opready::report {
namespace {

/// One sentence, what it's about in it as code.
std::string verdict_text(const model::Verdict& verdict) {
  std::string text = model::sentence(verdict);
  if (!verdict.scope.empty()) {
    text.replace(text.find(" of ") + 4, verdict.scope.size(), code_span(verdict.scope));
  }
  return text;
}

std::string how_it_ended(const model::RunRecord& record) {
  if (!record.finished) {
    return "The run was ended before it finished.";
  }
  return fmt::format("Took {}{}{}.", base::human_duration(record.finished->duration),
                     record.resumed.empty() ? "" : " since it was resumed",
                     record.stop ? ", " + code_span(stop_text(*record.stop)) : "");
}

std::string opening(const model::RunRecord& record, const model::Verdict& verdict) {
  const model::RunStarted& started = record.started;
  std::string out =
      fmt::format("# {}\n\n{}  \nop-readiness {}, run {}, began {}.", verdict_text(verdict),
                  code_span(base::redacted(cluster_line(started.cluster))), code_span(started.tool_version),
                  code_span(started.run_id), base::rfc3339(started.time));
  out += ' ' + how_it_ended(record) + '\n';
  for (const std::string& reason : verdict.reasons) {
    out += "\n- " + code_span(reason);
  }
  return out + (verdict.reasons.empty() ? "" : "\n");
}

std::string table_row(const model::CategoryVerdict& sum, const std::string& name, const std::string& verdict) {
  const model::Counts& counts = sum.counts;
  return fmt::format("| {} | {} | {} | {} | {} | {} | {} | {} | {} | {} | {} |\n", name, counts.total, counts.passed,
                     counts.failed, counts.unproven, counts.could_not_test, counts.skipped, counts.not_run,
                     counts.flaky, base::human_duration(sum.duration), verdict);
}

void add_table(MarkdownPage& page, const model::Verdict& verdict) {
  std::vector<std::string> rows;
  model::CategoryVerdict total{.category = "", .counts = verdict.counts};
  for (const model::CategoryVerdict& category : verdict.categories) {
    rows.push_back(
        table_row(category, code_cell(category.category),
                  fmt::format("{}{}", model::to_string(category.readiness), category.gates ? "" : " (doesn't count)")));
    total.duration += category.duration;
  }
  if (rows.size() > 1) {
    rows.push_back(table_row(total, "Total", ""));
  }
  page.add_section(
      "\n| Category | Cases | Passed | Failed | Unproven | Untested | Skipped | Not run | Flaky | Time | Verdict |\n"
      "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |\n",
      rows, "row");
}

std::string failed_case(const model::CaseRecord& record, const model::CaseResult& result,
                        std::string_view report_directory) {
  const model::TestCase& test = record.planned.test;
  std::string out = fmt::format("\n### {}: {}\n\n", word(result.outcome), code_span(test.id));
  out += code_span(test.description) + (test.kep.empty() ? "" : ", KEP-2578 item " + code_span(test.kep));
  out += fmt::format(", {}", base::human_duration(model::duration_of(record)));
  out += result.reason.empty() ? "\n" : ": " + code_span(result.reason) + '\n';
  if (const std::string excerpt = failure_text(result, {}); !excerpt.empty()) {
    out += '\n' + code_block(excerpt);
  }
  if (!record.attempts.empty()) {
    const model::AttemptRecord& attempt = attempt_of(record, result);
    out += fmt::format("\n- log: {}\n- again: {}\n", code_line(log_path(attempt, report_directory)),
                       code_line(rerun_command(attempt, report_directory, test.id)));
  }
  return out;
}

void add_failures(MarkdownPage& page, const model::RunRecord& record, std::string_view report_directory) {
  std::vector<std::string> failures;
  for (const model::CaseRecord& item : record.cases) {
    const model::CaseResult result = model::result_of(item);
    if (model::is_failure(result.outcome)) {
      failures.push_back(failed_case(item, result, report_directory));
    }
  }
  page.add_section("\n## What failed\n", failures, "failure");
}

std::string grouped_case(const GroupedCase& item) {
  std::string out = "- " + code_span(item.id) + (item.detail.empty() ? "" : ": " + code_span(item.detail)) + '\n';
  for (const std::string& line : item.more) {
    out += "  - " + code_line(line) + '\n';
  }
  return out;
}

void add_groups(MarkdownPage& page, const model::RunRecord& record, std::string_view report_directory) {
  for (const auto& [title, cases] : grouped_cases(record, report_directory)) {
    std::vector<std::string> items;
    items.reserve(cases.size());
    for (const GroupedCase& item : cases) {
      items.push_back(grouped_case(item));
    }
    page.add_section(fmt::format("\n## {}\n\n", code_span(title)), items, "case");
  }
}

/// What keeps a good verdict from being READY; what keeps a bad one from it stands above, case by case.
void add_exceptions(MarkdownPage& page, const model::Verdict& verdict) {
  std::vector<std::string> items;
  for (const model::CategoryVerdict& category : verdict.categories) {
    if (category.readiness == model::Readiness::ready_except) {
      for (const std::string& reason : category.reasons) {
        items.push_back("- " + code_span(reason) + '\n');
      }
    }
  }
  page.add_section("\n## Exceptions\n\n", items, "exception");
}

void add_lacks(MarkdownPage& page, const model::RunRecord& record) {
  std::vector<std::string> items;
  items.reserve(record.evidence_lacks.size());
  for (const std::string& why : record.evidence_lacks) {
    items.push_back("- " + code_span(why) + '\n');
  }
  page.add_section("\n## Evidence of where pods ran is lacking\n\n", items, "reason");
}

}  // namespace

std::string summary_markdown(const model::RunRecord& record, std::string_view report_directory, std::size_t max_bytes) {
  const model::Verdict verdict = model::judge(record);
  MarkdownPage page(max_bytes);
  page.add(opening(record, verdict));
  add_table(page, verdict);
  add_failures(page, record, report_directory);
  add_groups(page, record, report_directory);
  add_exceptions(page, verdict);
  add_lacks(page, record);
  return page.text();
}

}  // namespace opready::report
