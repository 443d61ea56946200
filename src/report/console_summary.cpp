// SPDX-License-Identifier: Apache-2.0
// Draws the summary of a run.
#include "opready/report/console_summary.hpp"

#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "opready/base/counted.hpp"
#include "opready/base/duration.hpp"
#include "opready/model/attempts.hpp"
#include "opready/model/verdict.hpp"
#include "opready/report/failure_text.hpp"
#include "opready/report/log_path.hpp"
#include "opready/report/pods_wording.hpp"
#include "opready/report/table.hpp"
#include "opready/report/wording.hpp"

#include "case_groups.hpp"

namespace opready::report {
namespace {

Cell count_cell(int count, Tone tone_of_some = Tone::plain) {
  return {std::to_string(count), count > 0 ? tone_of_some : Tone::plain};
}

/// A column that stands there only where it counts something: with all of them the table is wider than most screens.
struct DoubtColumn {
  const char* title;
  int model::Counts::* count;
};

std::vector<DoubtColumn> doubt_columns(const model::Counts& total) {
  std::vector<DoubtColumn> columns = {{"Unproven", &model::Counts::unproven},
                                      {"Untested", &model::Counts::could_not_test},
                                      {"Skipped", &model::Counts::skipped},
                                      {"Not run", &model::Counts::not_run}};
  std::erase_if(columns, [&](const DoubtColumn& column) { return total.*column.count == 0; });
  return columns;
}

Table empty_table(const std::vector<DoubtColumn>& doubts) {
  std::vector<Column> columns = {
      {"Category"}, {"Cases", Align::right}, {"Passed", Align::right}, {"Failed", Align::right}};
  for (const DoubtColumn& doubt : doubts) {
    columns.push_back({doubt.title, Align::right});
  }
  columns.insert(columns.end(), {{"Time", Align::right}, {"Verdict"}});
  return Table(std::move(columns));
}

std::vector<Cell> row(const model::CategoryVerdict& sum, const std::vector<DoubtColumn>& doubts, Cell verdict) {
  std::vector<Cell> cells = {{one_line(sum.category)},
                             count_cell(sum.counts.total),
                             count_cell(sum.counts.passed),
                             count_cell(sum.counts.failed, Tone::bad)};
  for (const DoubtColumn& doubt : doubts) {
    cells.push_back(count_cell(sum.counts.*doubt.count, Tone::doubtful));
  }
  cells.insert(cells.end(), {{base::human_duration(sum.duration)}, std::move(verdict)});
  return cells;
}

Cell verdict_cell(const model::CategoryVerdict& category) {
  const std::string text(model::to_string(category.readiness));
  return category.gates ? Cell{text, tone(category.readiness)} : Cell{"(" + text + ")"};
}

/// No column, since these are counted in one already.
std::string flaky_count(const model::Counts& total, bool flaky_fails) {
  return total.flaky == 0 ? ""
                          : fmt::format("Flaky: {} of those {}.\n", total.flaky, flaky_fails ? "failed" : "passed");
}

std::string category_table(const model::Verdict& verdict, const Terminal& terminal) {
  const std::vector<DoubtColumn> doubts = doubt_columns(verdict.counts);
  Table table = empty_table(doubts);
  model::CategoryVerdict total{.category = "Total", .counts = verdict.counts};
  bool all_gate = true;
  for (const model::CategoryVerdict& category : verdict.categories) {
    table.add_row(row(category, doubts, verdict_cell(category)));
    total.duration += category.duration;
    all_gate = all_gate && category.gates;
  }
  if (verdict.categories.size() > 1) {
    table.add_row(row(total, doubts, {}));
  }
  return table.text(terminal) + (all_gate ? "" : "A verdict in parentheses doesn't count towards the whole.\n");
}

/// " in 42s", ", ran as core-network-dns"; empty where nothing ran.
std::string how_it_ran(const model::CaseRecord& record) {
  if (const std::string stand_in = ran_as(record); !stand_in.empty()) {
    return ", ran as " + stand_in;
  }
  return record.attempts.empty() ? "" : " in " + base::human_duration(duration_of(record));
}

/// What of it passed after failing.
std::string flakes_text(const model::CaseRecord& record) {
  const std::size_t flakes = model::flaky_specs(record).size();
  return flakes == 0 ? "" : fmt::format("flaky: {} passed after failing", base::counted(flakes, "other spec"));
}

std::string failed_case(const model::CaseRecord& record, const model::CaseResult& result,
                        std::string_view report_directory, const Terminal& terminal) {
  const model::TestCase& test = record.planned.test;
  std::string out = fmt::format("\n{} {} [{}]{}\n", painted(word(result.outcome), tone(result.outcome), terminal),
                                test.id, one_line(test.category), how_it_ran(record));
  for (const std::string& line :
       {one_line(test.description), one_line(result.reason), pods_text(result), flakes_text(record)}) {
    out += line.empty() ? "" : "  " + line + '\n';
  }
  out += failure_text(result, terminal);
  if (!record.attempts.empty()) {
    out += fmt::format("  log: {}\n", log_path(attempt_of(record, result), report_directory));
  }
  return out;
}

std::string failed_cases(const model::RunRecord& record, std::string_view report_directory, const Terminal& terminal) {
  std::string out;
  for (const model::CaseRecord& item : record.cases) {
    const model::CaseResult result = model::result_of(item);
    if (model::is_failure(result.outcome)) {
      out += failed_case(item, result, report_directory, terminal);
    }
  }
  return out;
}

/// What keeps a good verdict from being READY. What keeps a bad one from it is named above, case by case.
std::string exceptions(const model::Verdict& verdict) {
  std::string out;
  for (const model::CategoryVerdict& category : verdict.categories) {
    if (category.readiness == model::Readiness::ready_except) {
      for (const std::string& reason : category.reasons) {
        out += "  " + one_line(reason) + '\n';
      }
    }
  }
  for (const std::string& reason : verdict.reasons) {
    out += "  " + one_line(reason) + '\n';
  }
  if (verdict.settled_by_placing > 0) {
    out += fmt::format("  run with --place to send the pods of {} to Windows nodes\n",
                       base::counted(static_cast<std::size_t>(verdict.settled_by_placing), "unproven case"));
  }
  return out;
}

std::string evidence_lacks(const model::RunRecord& record) {
  std::string out = record.evidence_lacks.empty() ? "" : "\nEvidence of where pods run is lacking:\n";
  for (const std::string& why : record.evidence_lacks) {
    out += "  " + one_line(why) + '\n';
  }
  return out;
}

std::string namespaces_left(const model::RunRecord& record, std::string_view report_directory) {
  std::string out = record.namespaces_left.empty() ? "" : "\nLeft in the cluster:\n";
  for (const model::NamespaceLeft& left : record.namespaces_left) {
    out += fmt::format("  namespace {}, of {}\n", one_line(left.name), left.case_id);
  }
  return out.empty() ? "" : out + fmt::format("  `op-readiness cleanup {}` deletes them\n", report_directory);
}

/// ", stopped by SIGINT"; of a run that its time limit ended and then a signal, both.
std::string stops_text(const model::RunRecord& record) {
  const std::optional<int>& signal = record.finished->stopped_by;
  if (!record.stop) {
    return "";
  }
  const bool hastened = signal && record.stop->reason != model::StopReason::signal;
  return ", " + stop_text(*record.stop) + (hastened ? ", then by " + signal_name(*signal) : "");
}

std::string closing(const model::RunRecord& record, std::string_view report_directory) {
  if (!record.finished) {
    return fmt::format("The run was ended before it finished; report: {}\n", report_directory);
  }
  return fmt::format("Took {}{}{}; report: {}\n", base::human_duration(record.finished->duration),
                     record.resumed.empty() ? "" : " since it was resumed", stops_text(record), report_directory);
}

}  // namespace

std::string console_summary(const model::RunRecord& record, std::string_view report_directory,
                            const Terminal& terminal) {
  const model::Verdict verdict = model::judge(record);
  std::string out = (verdict.categories.empty() ? "" : '\n' + category_table(verdict, terminal)) +
                    flaky_count(verdict.counts, record.started.flaky_fails);
  out += failed_cases(record, report_directory, terminal) + case_groups(record, report_directory) +
         namespaces_left(record, report_directory) + evidence_lacks(record);
  out += '\n' + painted(model::sentence(verdict), tone(verdict.readiness), terminal) + '\n';
  out += exceptions(verdict);
  return out + closing(record, report_directory);
}

}  // namespace opready::report
