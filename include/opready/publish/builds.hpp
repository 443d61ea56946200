// SPDX-License-Identifier: Apache-2.0
// Finds builds of any tool in the layout of Prow's results, and reads them.
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "opready/base/timestamp.hpp"
#include "opready/publish/grid.hpp"

namespace opready::publish {

/// One build of a job, or a run that wasn't published.
struct PastBuild {
  std::filesystem::path path;
  std::string job;                           ///< Empty for a report directory.
  std::string id;                            ///< The directory's name.
  base::Timestamp time;                      ///< When it began.
  std::optional<bool> passed;                ///< As finished.json says.
  std::map<std::string, std::string> facts;  ///< The texts of its metadata.json, and of finished.json's "metadata".
};

struct FoundBuilds {
  std::vector<PastBuild> builds;
  std::vector<std::string> jobs;     ///< Of all builds there are, each once.
  std::vector<std::string> skipped;  ///< What can't be read, and why, as sentences that name it.
  std::vector<std::string> ignored;  ///< What else can't be read, of builds that can.
};

/// The builds in and below `roots`, as deep as Prow nests pull requests; links and hidden directories aren't followed.
/// A directory with started.json, finished.json or artifacts is a build of the job that its parent is called after; one
/// with an events.jsonl, or with a junit*.xml and no build below it, is a report directory. A build without
/// finished.json is under way or was cut off: it's skipped. `job`, where it isn't empty, leaves out others. Throws
/// Error (exit code 3) where a root isn't there.
[[nodiscard]] FoundBuilds find_builds(const std::vector<std::filesystem::path>& roots, const std::string& job);

/// What the junit*.xml files of a build tell, all below its artifacts directory; of a run of ours the merged one. None
/// is none where finished.json says what the build came to. Throws Error (exit code 3) where there is nothing to show,
/// or a file can't be read to its end.
[[nodiscard]] BuildResults read_results(const PastBuild& build);

/// Its value of a label; "job" is its job, and what's no label may be another fact. Empty where it has none.
[[nodiscard]] std::string label_of(const PastBuild& build, const std::string& label);

/// Builds that make one grid.
struct BuildGroup {
  std::string title;
  std::vector<PastBuild> builds;  ///< The newest first.
};

/// A group for each job, or for each value of the label `by`; what has no such label is in none. A job is known by its
/// directory, and called by as much of that as tells it from others. Builds of one job whose ids are all numbers are
/// ordered by these, as Prow does, and others by their times.
[[nodiscard]] std::vector<BuildGroup> grouped(std::vector<PastBuild> builds, const std::string& by);

}  // namespace opready::publish
