// SPDX-License-Identifier: Apache-2.0
// `history`: the results of many builds as a grid.
#include <algorithm>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

#include "opready/base/error.hpp"
#include "opready/base/exit_code.hpp"
#include "opready/base/suggestion.hpp"
#include "opready/publish/builds.hpp"
#include "opready/publish/history_report.hpp"
#include "opready/report/text_output.hpp"

#include "commands.hpp"
#include "standard_output.hpp"
#include "user_file.hpp"

namespace opready::cli {
namespace {

void warn(const std::string& fault) {
  report::DescriptorOutput(STDERR_FILENO).write(fmt::format("opready: warning: left out: {}\n", fault));
}

publish::FoundBuilds find(const HistoryOptions& options) {
  publish::FoundBuilds found = publish::find_builds(options.roots, options.job);
  if (found.builds.empty() && !options.job.empty() &&
      std::find(found.jobs.begin(), found.jobs.end(), options.job) == found.jobs.end()) {
    throw base::usage_error(
        fmt::format("there is no job '{}'{}", options.job, base::did_you_mean(options.job, found.jobs)));
  }
  for (const std::string& fault : found.skipped) {
    warn(fault);
  }
  return found;
}

/// Builds that can't be read are named, and make no column.
publish::Grid grid_of(const publish::BuildGroup& group) {
  publish::GridBuilder builder(group.title);
  for (const publish::PastBuild& build : group.builds) {
    try {
      builder.add({build.id, build.time, build.passed}, publish::read_results(build));
    } catch (const base::Error& error) {
      warn(error.what());
    }
  }
  return builder.take(group.older);
}

std::vector<publish::Grid> grids_of(std::vector<publish::PastBuild> builds, const HistoryOptions& options) {
  std::vector<publish::Grid> grids;
  for (const publish::BuildGroup& group : publish::grouped(std::move(builds), options.by, options.builds)) {
    if (publish::Grid grid = grid_of(group); !grid.columns.empty()) {
      grids.push_back(std::move(grid));
    }
  }
  return grids;
}

std::size_t builds_without(const std::vector<publish::PastBuild>& builds, const std::string& label) {
  return static_cast<std::size_t>(std::count_if(builds.begin(), builds.end(), [&](const publish::PastBuild& build) {
    return publish::label_of(build, label).empty();
  }));
}

/// `history`: grids of builds, or such that stand side by side.
template <typename History>
void show(const History& history, const HistoryOptions& options) {
  if (options.html) {
    write_user_file(*options.html, publish::history_html(history));
  }
  answer(
      publish::history_text(history, report::decide_terminal(options.colour, report::terminal_facts(STDOUT_FILENO))));
}

}  // namespace

int perform(const HistoryOptions& options) {
  publish::FoundBuilds found = find(options);
  const std::size_t without = options.by.empty() ? 0 : builds_without(found.builds, options.by);
  if (without > 0 && without == found.builds.size()) {
    throw base::environment_error(fmt::format("no build has a label '{}'", options.by));
  }
  const std::vector<publish::Grid> grids = grids_of(std::move(found.builds), options);
  if (grids.empty()) {
    throw base::environment_error(
        "there is no build with results: name directories of Prow's layout (<job>/<build>/finished.json, "
        "artifacts/junit*.xml) or report directories");
  }
  if (options.by.empty()) {
    show(grids, options);
  } else {
    show(publish::side_by_side(options.by, grids, without), options);
  }
  return static_cast<int>(base::ExitCode::ok);
}

}  // namespace opready::cli
