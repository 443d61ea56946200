// SPDX-License-Identifier: Apache-2.0
// `report`: a run's reports, drawn again from its events, or those of several runs as one.
#include <filesystem>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "opready/model/join.hpp"
#include "opready/model/verdict.hpp"
#include "opready/record/event_log.hpp"
#include "opready/report/console_summary.hpp"
#include "opready/report/summary_markdown.hpp"

#include "commands.hpp"
#include "report_files.hpp"
#include "standard_output.hpp"
#include "step_summary.hpp"

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

std::string drawn(const ReportOptions& options, const model::RunRecord& record, const std::string& shown,
                  const report::Terminal& terminal) {
  switch (options.format) {
    case ReportFormat::text:
      return report::console_summary(record, shown, terminal);
    case ReportFormat::markdown:
      return report::summary_markdown(record, shown);
    case ReportFormat::certification:
      return report::certification_markdown(record);
  }
  return "";
}

std::string printed(const ReportOptions& options, const model::RunRecord& record, const std::string& shown) {
  return drawn_for_people(options.colour,
                          [&](const report::Terminal& terminal) { return drawn(options, record, shown, terminal); });
}

}  // namespace

int perform(const ReportOptions& options) {
  const bool one = options.directories.size() == 1 && !options.output_dir;
  const model::RunRecord record = one ? read(options.directories.front()) : read_joined(options.directories);
  const std::string shown = options.output_dir ? options.output_dir->string() : joined_text(options.directories);
  if (options.output_dir) {
    write_report_files(record, new_directory(*options.output_dir), shown, options.junit);
  } else if (one) {
    write_report_files(record, base::OutputDirectory::create(options.directories.front()), shown, options.junit);
  }
  answer(printed(options, record, shown));
  if (options.directories.size() > 1 && options.format == ReportFormat::text) {
    add_step_summary(record, shown);  // No run has written a page of all of them.
  }
  return model::exit_status(record, options.require_ready);
}

}  // namespace opready::cli
