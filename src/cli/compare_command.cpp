// SPDX-License-Identifier: Apache-2.0
// `compare`: what changed from one run to another.
#include <unistd.h>

#include <fmt/format.h>

#include "opready/base/error.hpp"
#include "opready/base/exit_code.hpp"
#include "opready/publish/comparison_report.hpp"
#include "opready/record/event_log.hpp"

#include "commands.hpp"
#include "standard_output.hpp"

namespace opready::cli {
namespace {

/// Where the run at `path` keeps its events: a published build has its report directory inside.
std::filesystem::path event_log_of(const std::filesystem::path& path) {
  if (std::filesystem::is_regular_file(path)) {
    return path;
  }
  for (const std::filesystem::path& directory : {path, path / "artifacts"}) {
    if (std::filesystem::exists(directory / record::kEventLogName)) {
      return directory / record::kEventLogName;
    }
  }
  throw base::environment_error(
      fmt::format("'{}' holds no run: name a report directory, which has an {}", path.string(), record::kEventLogName));
}

std::string drawn(const publish::Comparison& comparison, const CompareOptions& options) {
  switch (options.format) {
    case ComparisonFormat::text:
      return publish::comparison_text(comparison,
                                      report::decide_terminal(options.colour, report::terminal_facts(STDOUT_FILENO)));
    case ComparisonFormat::markdown:
      return publish::comparison_markdown(comparison);
    case ComparisonFormat::json:
      return publish::comparison_json(comparison);
  }
  return "";
}

}  // namespace

int perform(const CompareOptions& options) {
  const model::RunRecord base = record::read_event_log(event_log_of(options.base));
  const model::RunRecord newer = record::read_event_log(event_log_of(options.newer));
  const publish::Comparison comparison =
      publish::compare({base, options.base.string()}, {newer, options.newer.string()}, options.slower_factor);
  answer(drawn(comparison, options));
  return static_cast<int>(publish::has_regression(comparison) ? base::ExitCode::failed : base::ExitCode::ok);
}

}  // namespace opready::cli
