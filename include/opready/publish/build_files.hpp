// SPDX-License-Identifier: Apache-2.0
// What a build directory holds beside the artifacts: the files that dashboards read first.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "opready/model/run_record.hpp"
#include "opready/publish/build_place.hpp"

namespace opready::publish {

/// With --redact-hosts they are masked.
enum class Hosts : std::uint8_t { named, masked };

/// {timestamp, node, pull, repos, repo-commit}: seconds since 1970, the machine, and what CI says of the commits.
[[nodiscard]] std::string started_json(const model::RunRecord& record, const CiJob& ci);

/// {timestamp, passed, result, job-version, metadata}. The result is ABORTED where a signal ended the run or it was
/// killed; `timestamp` is then that of the last thing known of it. metadata: that of metadata.json, labels included.
/// Where hosts are masked it says so too ("hosts": "masked").
[[nodiscard]] std::string finished_json(const model::RunRecord& record, Hosts hosts);

/// Which run a finished.json is of, as it stood: one that went on since has another.
struct FinishedRun {
  std::string run_id;
  std::int64_t timestamp = 0;

  friend bool operator==(const FinishedRun&, const FinishedRun&) = default;
};

[[nodiscard]] FinishedRun finished_run(const model::RunRecord& record);

struct PublishedRun {
  FinishedRun run;
  Hosts hosts = Hosts::named;
};

/// From the content of a finished.json; nothing where it isn't one of ours.
[[nodiscard]] std::optional<PublishedRun> published_run(std::string_view finished);

/// The run as a text to read: against what it was, a line for each attempt with its log, the summary.
[[nodiscard]] std::string build_log(const model::RunRecord& record);

}  // namespace opready::publish
