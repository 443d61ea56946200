// SPDX-License-Identifier: Apache-2.0
// `history`: the results of many builds as a grid.
#include <algorithm>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "opready/base/error.hpp"
#include "opready/base/exit_code.hpp"
#include "opready/base/suggestion.hpp"
#include "opready/publish/builds.hpp"
#include "opready/publish/history_report.hpp"

#include "commands.hpp"
#include "standard_output.hpp"
#include "user_file.hpp"

namespace opready::cli {
namespace {

constexpr std::string_view kLeftOut = "left out";

void warn(std::string_view what_of_it, std::string_view fault) {
  tell_warning(fmt::format("{}: {}", what_of_it, fault));
}

publish::FoundBuilds find(const HistoryOptions& options) {
  publish::FoundBuilds found = publish::find_builds(options.roots, options.job);
  if (found.builds.empty() && !options.job.empty() &&
      std::find(found.jobs.begin(), found.jobs.end(), options.job) == found.jobs.end()) {
    throw base::usage_error(
        fmt::format("there is no job '{}'{}", options.job, base::did_you_mean(options.job, found.jobs)));
  }
  for (const std::string& fault : found.skipped) {
    warn(kLeftOut, fault);
  }
  for (const std::string& fault : found.ignored) {
    warn("ignored", fault);
  }
  return found;
}

/// Adds a column; says whether it could. Of a build whose tests can't be read its own result still counts.
bool add_build(publish::GridBuilder& builder, const publish::PastBuild& build) {
  publish::BuildResults results;
  try {
    results = publish::read_results(build);
  } catch (const base::Error& error) {
    warn(build.passed ? "tests left out" : kLeftOut, error.what());
    if (!build.passed) {
      return false;
    }
  }
  builder.add({build.id, build.time, build.passed}, results);
  return true;
}

/// Of the newest `limit` builds that can be read.
publish::Grid grid_of(const publish::BuildGroup& group, std::size_t limit) {
  publish::GridBuilder builder(group.title);
  std::size_t added = 0;
  auto build = group.builds.begin();
  for (; build != group.builds.end() && added < limit; ++build) {
    added += add_build(builder, *build) ? 1U : 0U;
  }
  const auto tried = static_cast<std::size_t>(build - group.builds.begin());
  return builder.take({.older = group.builds.size() - tried, .unreadable = tried - added});
}

std::vector<publish::Grid> grids_of(std::vector<publish::PastBuild> builds, const HistoryOptions& options) {
  std::vector<publish::Grid> grids;
  for (const publish::BuildGroup& group : publish::grouped(std::move(builds), options.by)) {
    if (publish::Grid grid = grid_of(group, options.builds); !grid.columns.empty()) {
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
  answer(drawn_for_people(options.colour,
                          [&](const report::Terminal& terminal) { return publish::history_text(history, terminal); }));
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
