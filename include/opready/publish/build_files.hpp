// SPDX-License-Identifier: Apache-2.0
// What a build directory holds beside the artifacts: the files that dashboards read first.
#pragma once

#include <string>
#include <string_view>

#include "opready/model/run_record.hpp"
#include "opready/publish/build_place.hpp"

namespace opready::publish {

/// {timestamp, node, pull, repos, repo-commit}: seconds since 1970, the machine, and what CI says of the commits.
[[nodiscard]] std::string started_json(const model::RunRecord& record, const CiJob& ci);

/// {timestamp, passed, result, job-version, metadata}. The result is ABORTED where a signal ended the run or it was
/// killed; `timestamp` is then that of the last thing known of it. metadata: that of metadata.json, labels included.
[[nodiscard]] std::string finished_json(const model::RunRecord& record);

/// True where `finished`, the content of a finished.json, is of this run as it stands: one that went on has another.
[[nodiscard]] bool tells_of(std::string_view finished, const model::RunRecord& record);

/// The run as a text to read: against what it was, a line for each attempt with its log, the summary.
[[nodiscard]] std::string build_log(const model::RunRecord& record);

}  // namespace opready::publish
