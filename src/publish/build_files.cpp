// SPDX-License-Identifier: Apache-2.0
// Tells of a run in the words of Prow's build directories.
#include "opready/publish/build_files.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "opready/base/duration.hpp"
#include "opready/base/timestamp.hpp"
#include "opready/model/attempts.hpp"
#include "opready/model/verdict.hpp"
#include "opready/report/console_summary.hpp"
#include "opready/report/log_path.hpp"
#include "opready/report/run_header.hpp"
#include "opready/report/summary_json.hpp"
#include "opready/report/wording.hpp"

namespace opready::publish {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kArtifacts = "artifacts";
constexpr const char* kHosts = "hosts";
constexpr const char* kMasked = "masked";

std::int64_t seconds(base::Timestamp time) {
  return std::chrono::floor<std::chrono::seconds>(time.time_since_epoch()).count();
}

std::string document(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

/// When it ended; where it was killed, the last that is known of it.
base::Timestamp end_of(const model::RunRecord& record) {
  if (record.finished) {
    return record.finished->time;
  }
  base::Timestamp last = record.started.time;
  for (const model::RunResumed& resumed : record.resumed) {
    last = std::max(last, resumed.time);
  }
  for (const model::CaseRecord& item : record.cases) {
    for (const model::AttemptRecord& attempt : item.attempts) {
      last = std::max({last, attempt.started.time, attempt.finished ? attempt.finished->time : last});
    }
  }
  return record.stop ? std::max(last, record.stop->time) : last;
}

bool was_aborted(const model::RunRecord& record) {
  const bool signalled = record.stop && record.stop->reason == model::StopReason::signal;
  return !record.finished || record.finished->stopped_by || signalled;
}

/// All attempts, each once, by their end; those without one last.
std::vector<const model::AttemptRecord*> attempts_in_order(const model::RunRecord& record) {
  std::vector<const model::AttemptRecord*> attempts;
  for (const model::CaseRecord& item : record.cases) {
    for (const model::AttemptRecord& attempt : item.attempts) {
      if (attempt.started.id == item.planned.test.id) {
        attempts.push_back(&attempt);
      }
    }
  }
  const auto time_of = [](const model::AttemptRecord* attempt) {
    return attempt->finished ? attempt->finished->time : base::Timestamp::max();
  };
  std::stable_sort(attempts.begin(), attempts.end(),
                   [&](const auto* one, const auto* other) { return time_of(one) < time_of(other); });
  return attempts;
}

/// "2026-01-31T08:15:33.123Z FAILED core-network-dns (attempt 2) in 3s: its spec failed", and the log's path.
std::string attempt_text(const model::AttemptRecord& attempt) {
  const model::CaseResult result = model::result_of(attempt);
  const base::Timestamp time = attempt.finished ? attempt.finished->time : attempt.started.time;
  std::string text = fmt::format("{} {} {}{}", base::rfc3339(time), report::word(result.outcome), attempt.started.id,
                                 report::attempt_suffix(attempt.started.attempt));
  if (attempt.finished) {
    text += " in " + base::human_duration(attempt.finished->duration);
  }
  if (!result.reason.empty()) {
    text += ": " + report::one_line(result.reason);
  }
  return text + "\n  " + report::log_path(attempt, kArtifacts) + '\n';
}

}  // namespace

std::string started_json(const model::RunRecord& record, const CiJob& ci) {
  Json json = {{"timestamp", seconds(record.started.time)}, {"node", record.started.process.host}};
  if (!ci.pull_number.empty()) {
    json["pull"] = ci.pull_number;
  }
  if (!ci.owner.empty() && !ci.refs.empty()) {
    json["repos"] = {{fmt::format("{}/{}", ci.owner, ci.repository), ci.refs}};
  }
  if (!ci.commit.empty()) {
    json["repo-commit"] = ci.commit;
  }
  return document(json);
}

std::string finished_json(const model::RunRecord& record, Hosts hosts) {
  const bool aborted = was_aborted(record);
  const bool passed = !aborted && model::exit_status(record, false) == static_cast<int>(base::ExitCode::ok);
  Json json = {{"timestamp", seconds(end_of(record))},
               {"passed", passed},
               {"result", aborted  ? "ABORTED"
                          : passed ? "SUCCESS"
                                   : "FAILURE"}};
  if (const std::string& version = record.started.cluster.kubernetes_version; !version.empty()) {
    json["job-version"] = version;
  }
  json["metadata"] = Json::parse(report::metadata_json(record));
  if (hosts == Hosts::masked) {
    json["metadata"][kHosts] = kMasked;
  }
  return document(json);
}

FinishedRun finished_run(const model::RunRecord& record) {
  return {record.started.run_id, seconds(end_of(record))};
}

std::optional<PublishedRun> published_run(std::string_view finished) {
  try {
    const Json json = Json::parse(finished);
    const Json& metadata = json.at("metadata");
    return PublishedRun{.run = {metadata.at("run_id").get<std::string>(), json.at("timestamp").get<std::int64_t>()},
                        .hosts = metadata.value(kHosts, "") == kMasked ? Hosts::masked : Hosts::named};
  } catch (const Json::exception&) {
    return std::nullopt;  // Another tool's.
  }
}

std::string build_log(const model::RunRecord& record) {
  const report::Terminal terminal;
  const model::RunStarted start = model::beginning_of(record);
  std::string log = fmt::format("op-readiness {}, run {}, {} to {}\n", start.tool_version, start.run_id,
                                base::rfc3339(start.time), base::rfc3339(end_of(record)));
  log += report::run_header(start, terminal) + '\n';
  for (const model::AttemptRecord* attempt : attempts_in_order(record)) {
    log += attempt_text(*attempt);
  }
  return log + report::console_summary(record, kArtifacts, terminal);
}

}  // namespace opready::publish
