// SPDX-License-Identifier: Apache-2.0
// `report`: a run's reports, drawn again from its events, or those of several runs as one.
#include <filesystem>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "opready/model/join.hpp"
#include "opready/model/verdict.hpp"
#include "opready/record/event_log.hpp"
#include "opready/report/ci_log.hpp"
#include "opready/report/console_summary.hpp"
#include "opready/report/text_output.hpp"

#include "commands.hpp"
#include "report_files.hpp"

namespace opready::cli {
namespace {

model::RunRecord read(const std::filesystem::path& directory) {
  return record::read_event_log(directory / record::kEventLogName);
}

model::RunRecord read_joined(const std::vector<std::filesystem::path>& directories) {
  std::vector<model::JoinedRun> runs;
  runs.reserve(directories.size());
  for (const std::filesystem::path& directory : directories) {
    runs.push_back({read(directory), std::filesystem::absolute(directory).string()});
  }
  return model::join(std::move(runs));
}

std::string joined_text(const std::vector<std::filesystem::path>& directories) {
  std::vector<std::string> names;
  names.reserve(directories.size());
  for (const std::filesystem::path& directory : directories) {
    names.push_back(directory.string());
  }
  return fmt::format("{}", fmt::join(names, " "));
}

}  // namespace

int perform(const ReportOptions& options) {
  const bool one = options.directories.size() == 1 && !options.output_dir;
  const model::RunRecord record = one ? read(options.directories.front()) : read_joined(options.directories);
  if (options.output_dir) {
    write_report_files(record, new_directory(*options.output_dir), options.junit);
  } else if (one) {
    write_report_files(record, base::OutputDirectory::create(options.directories.front()), options.junit);
  }
  const std::string shown = options.output_dir ? options.output_dir->string() : joined_text(options.directories);
  const report::Terminal terminal = report::decide_terminal(options.colour, report::terminal_facts(STDOUT_FILENO));
  report::DescriptorOutput screen(STDOUT_FILENO);
  report::CiLogOutput(screen, terminal.log).write(report::console_summary(record, shown, terminal));
  return model::exit_status(record, options.require_ready);
}

}  // namespace opready::cli
