// SPDX-License-Identifier: Apache-2.0
// Several runs as one: shards of a plan, and runs of the same cases after one another.
#pragma once

#include <string>
#include <vector>

#include "opready/model/run_record.hpp"

namespace opready::model {

/// A run, and where it's to be found.
struct JoinedRun {
  RunRecord record;
  std::string directory;  ///< Its report directory.
};

/// The cases of all `runs`, at least one, in the order in which these began: their attempts follow one another, so the
/// later counts, and each says which directory holds its files. What a run left undone is made good by one that did it.
/// Throws base::Error where they are about several clusters or one is named twice (exit code 2), and where some perform
/// shards of a plan and the others aren't there (exit code 3).
[[nodiscard]] RunRecord join(std::vector<JoinedRun> runs);

}  // namespace opready::model
