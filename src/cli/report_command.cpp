// SPDX-License-Identifier: Apache-2.0
// `report`: a run's reports, drawn again from its events.
#include <unistd.h>

#include "opready/model/verdict.hpp"
#include "opready/record/event_log.hpp"
#include "opready/report/console_summary.hpp"
#include "opready/report/text_output.hpp"

#include "commands.hpp"
#include "report_files.hpp"

namespace opready::cli {

int perform(const ReportOptions& options) {
  const model::RunRecord record = record::read_event_log(options.directory / record::kEventLogName);
  write_report_files(record, base::OutputDirectory::create(options.directory), options.junit);
  const report::Terminal terminal = report::decide_terminal(options.colour, report::terminal_facts(STDOUT_FILENO));
  report::DescriptorOutput(STDOUT_FILENO).write(report::console_summary(record, options.directory.string(), terminal));
  return model::exit_status(record, options.require_ready);
}

}  // namespace opready::cli
