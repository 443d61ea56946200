// SPDX-License-Identifier: Apache-2.0
// Draws the summary of a run.
#include "opready/report/console_summary.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "opready/base/counted.hpp"
#include "opready/base/duration.hpp"
#include "opready/base/sanitize.hpp"
#include "opready/model/attempts.hpp"
#include "opready/model/verdict.hpp"
#include "opready/report/failure_text.hpp"
#include "opready/report/log_path.hpp"
#include "opready/report/pods_wording.hpp"
#include "opready/report/rerun_command.hpp"
#include "opready/report/table.hpp"
#include "opready/report/wording.hpp"

#include "case_groups.hpp"

namespace opready::report {
namespace {

/// Of the longest names of categories.
constexpr std::size_t kSparedLetters = 6;
/// In columns: wider than screens are.
constexpr std::size_t kLongestCategory = 200;

Cell count_cell(int count, Tone tone_of_some = Tone::plain) {
  return {std::to_string(count), count > 0 ? tone_of_some : Tone::plain};
}

struct CountColumn {
  const char* title;
  int model::Counts::* count;
  Tone tone_of_some = Tone::plain;
};

/// What the table has beside category and time. With all of it the table is wider than most screens.
struct Layout {
  std::vector<CountColumn> counts;
  bool verdict = true;
};

/// Doubts have a column only where there are some.
Layout layout_for(const model::Counts& total) {
  Layout layout{.counts = {{"Cases", &model::Counts::total},
                           {"Passed", &model::Counts::passed},
                           {"Failed", &model::Counts::failed, Tone::bad}}};
  for (const CountColumn& doubt : {CountColumn{"Flaky", &model::Counts::flaky, Tone::doubtful},
                                   CountColumn{"Unproven", &model::Counts::unproven, Tone::doubtful},
                                   CountColumn{"Untested", &model::Counts::could_not_test, Tone::doubtful},
                                   CountColumn{"Skipped", &model::Counts::skipped, Tone::doubtful},
                                   CountColumn{"Not run", &model::Counts::not_run, Tone::doubtful}}) {
    if (total.*doubt.count > 0) {
      layout.counts.push_back(doubt);
    }
  }
  return layout;
}

std::vector<Cell> row(const model::CategoryVerdict& sum, const Layout& layout, Cell verdict) {
  std::vector<Cell> cells = {{base::elided(one_line(sum.category), kLongestCategory)}};
  for (const CountColumn& column : layout.counts) {
    cells.push_back(count_cell(sum.counts.*column.count, column.tone_of_some));
  }
  cells.push_back({base::human_duration(sum.duration)});
  if (layout.verdict) {
    cells.push_back(std::move(verdict));
  }
  return cells;
}

Cell verdict_cell(const model::CategoryVerdict& category) {
  const std::string text(model::to_string(category.readiness));
  return category.gates ? Cell{text, tone(category.readiness)} : Cell{"(" + text + ")"};
}

Table filled_table(const model::Verdict& verdict, const Layout& layout) {
  std::vector<Column> columns = {{"Category", Align::left, Elide::middle}};
  for (const CountColumn& column : layout.counts) {
    columns.push_back({column.title, Align::right});
  }
  columns.push_back({"Time", Align::right});
  if (layout.verdict) {
    columns.push_back({"Verdict"});
  }
  Table table(std::move(columns));
  model::CategoryVerdict total{.category = "Total", .counts = verdict.counts};
  for (const model::CategoryVerdict& category : verdict.categories) {
    table.add_row(row(category, layout, verdict_cell(category)));
    total.duration += category.duration;
  }
  if (verdict.categories.size() > 1) {
    table.add_row(row(total, layout, {}));
  }
  return table;
}

/// Where it's too wide, it goes without the sum of the counts; then names of categories lose letters; at last it goes
/// without the verdicts.
std::string category_table(const model::Verdict& verdict, bool flaky_fails, const Terminal& terminal) {
  const auto columns = static_cast<std::size_t>(std::max(terminal.columns, 0));
  Layout layout = layout_for(verdict.counts);
  if (filled_table(verdict, layout).width() > columns) {
    layout.counts.erase(layout.counts.begin());
  }
  const Table with_verdicts = filled_table(verdict, layout);
  layout.verdict = with_verdicts.width() <= columns + kSparedLetters && with_verdicts.fits(columns);
  const bool all_gate = std::all_of(verdict.categories.begin(), verdict.categories.end(),
                                    [](const model::CategoryVerdict& category) { return category.gates; });
  std::string out = filled_table(verdict, layout).text(terminal);
  out += all_gate || !layout.verdict ? "" : "A verdict in parentheses doesn't count towards the whole.\n";
  if (verdict.counts.flaky > 0) {
    out += fmt::format("Flaky cases are among those that {}.\n", flaky_fails ? "failed" : "passed");
  }
  return out;
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
    const model::AttemptRecord& attempt = attempt_of(record, result);
    out += fmt::format("  log: {}\n", log_path(attempt, report_directory));
    out += fmt::format("  again: {}\n", rerun_command(attempt, report_directory, test.id));
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
  std::string out;
  if (!verdict.categories.empty()) {
    out += '\n' + category_table(verdict, record.started.flaky_fails, terminal);
  }
  out += failed_cases(record, report_directory, terminal) + case_groups(record, report_directory) +
         namespaces_left(record, report_directory) + evidence_lacks(record);
  out += '\n' + painted(model::sentence(verdict), tone(verdict.readiness), terminal) + '\n';
  out += exceptions(verdict);
  return out + closing(record, report_directory);
}

}  // namespace opready::report
