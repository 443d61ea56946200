// SPDX-License-Identifier: Apache-2.0
// `compare`: what changed from one run to another.
#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "opready/base/error.hpp"
#include "opready/base/exit_code.hpp"
#include "opready/model/join.hpp"
#include "opready/publish/comparison_report.hpp"
#include "opready/record/event_log.hpp"

#include "commands.hpp"
#include "standard_output.hpp"

namespace opready::cli {
namespace {

bool is_file(const std::filesystem::path& path) {
  std::error_code error;
  return std::filesystem::is_regular_file(path, error);
}

bool holds_run(const std::filesystem::path& directory) {
  return is_file(directory / record::kEventLogName);
}

/// Report directories in `directory`, in the order of their names.
std::vector<std::filesystem::path> runs_in(const std::filesystem::path& directory) {
  std::vector<std::filesystem::path> runs;
  std::error_code error;
  std::filesystem::directory_iterator entries(directory, error);
  for (; !error && entries != std::filesystem::directory_iterator(); entries.increment(error)) {
    if (holds_run(entries->path())) {
      runs.push_back(entries->path());
    }
  }
  const bool absent = error == std::errc::no_such_file_or_directory || error == std::errc::not_a_directory;
  if (error && !absent) {
    throw base::environment_error(
        fmt::format("cannot read '{}': {}", directory.string(), base::errno_text(error.value())));
  }
  std::sort(runs.begin(), runs.end());
  return runs;
}

/// The run at `path`, that of the published build there, or all that lie in it as one.
model::RunRecord read_run(const std::filesystem::path& path) {
  if (is_file(path)) {
    return record::read_event_log(path);
  }
  const std::vector<std::filesystem::path> directories = {path, path / "artifacts"};
  // A build of one shard is that run, and no directory of shards that lacks the others.
  if (const auto run = std::find_if(directories.begin(), directories.end(), holds_run); run != directories.end()) {
    return record::read_event_log(*run / record::kEventLogName);
  }
  for (const std::filesystem::path& directory : directories) {
    std::vector<model::JoinedRun> parts;
    for (const std::filesystem::path& part : runs_in(directory)) {
      parts.push_back({record::read_event_log(part / record::kEventLogName), part.string()});
    }
    if (!parts.empty()) {
      return model::join(std::move(parts));
    }
  }
  throw base::environment_error(
      fmt::format("'{}' holds no run: name a report directory, which has an {}", path.string(), record::kEventLogName));
}

std::string drawn(const publish::Comparison& comparison, const CompareOptions& options) {
  switch (options.format) {
    case ComparisonFormat::text:
      return drawn_for_people(options.colour, [&](const report::Terminal& terminal) {
        return publish::comparison_text(comparison, terminal);
      });
    case ComparisonFormat::markdown:
      return publish::comparison_markdown(comparison);
    case ComparisonFormat::json:
      return publish::comparison_json(comparison);
  }
  return "";
}

}  // namespace

int perform(const CompareOptions& options) {
  const model::RunRecord base = read_run(options.base);
  const model::RunRecord newer = read_run(options.newer);
  const publish::Comparison comparison =
      publish::compare({base, options.base.string()}, {newer, options.newer.string()}, options.slower_factor);
  answer(drawn(comparison, options));
  return static_cast<int>(publish::has_regression(comparison) ? base::ExitCode::failed : base::ExitCode::ok);
}

}  // namespace opready::cli
