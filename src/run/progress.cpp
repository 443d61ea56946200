// SPDX-License-Identifier: Apache-2.0
// Reads from a run's record where it's to go on.
#include "opready/run/progress.hpp"

#include <algorithm>
#include <optional>

#include "opready/model/attempts.hpp"
#include "opready/plan/command_line.hpp"
#include "opready/run/retry.hpp"

namespace opready::run {
namespace {

bool failed(const model::AttemptRecord& attempt) {
  return !model::was_interrupted(attempt) && model::is_failure(attempt.finished->result.outcome);
}

/// As Runner starts an attempt.
model::PlannedCase planned_for(const model::PlannedCase& planned, const std::vector<std::string>& specs) {
  return specs.empty() ? planned : plan::only_specs(planned, specs, "");
}

CaseProgress progress_of(const model::CaseRecord& item, int retries) {
  CaseProgress progress;
  for (const model::AttemptRecord& attempt : item.attempts) {
    progress.attempts = std::max(progress.attempts, attempt.started.attempt);
    progress.failures += failed(attempt) ? 1 : 0;
  }
  if (item.attempts.empty()) {
    return progress;
  }
  const model::AttemptRecord& last = item.attempts.back();
  const std::vector<std::string>& specs = last.started.specs;
  const std::optional<Retry> next =
      model::was_interrupted(last) ? Retry{specs} : retry_of(planned_for(item.planned, specs), last.finished->result);
  if (next && progress.failures <= retries) {
    progress.specs = next->specs;
  } else {
    progress.done = true;
  }
  return progress;
}

}  // namespace

std::vector<CaseProgress> progress_of(const model::RunRecord& record, int retries) {
  std::vector<CaseProgress> progress;
  progress.reserve(record.cases.size());
  for (const model::CaseRecord& item : record.cases) {
    progress.push_back(progress_of(item, retries));
  }
  progress.resize(progress.size() + record.in_other_shards.size());
  return progress;
}

std::size_t cases_left(const model::RunRecord& record, int retries) {
  return static_cast<std::size_t>(
      std::count_if(record.cases.begin(), record.cases.end(), [&](const model::CaseRecord& item) {
        const bool runs = !item.planned.not_run && item.planned.same_as.empty();
        return runs && !progress_of(item, retries).done;
      }));
}

Unfinished unfinished_of(const model::RunRecord& record) {
  const model::ProcessIdentity& run = record.resumed.empty() ? record.started.process : record.resumed.back().process;
  Unfinished unfinished;
  for (const model::CaseRecord& item : record.cases) {
    if (item.attempts.empty() || !item.planned.same_as.empty() || !model::was_interrupted(item.attempts.back())) {
      continue;
    }
    const model::AttemptRecord& last = item.attempts.back();
    if (!last.finished && last.started.pid > 0) {
      unfinished.children.push_back({.host = run.host,
                                     .boot = run.boot,
                                     .pid_namespace = run.pid_namespace,
                                     .pid = last.started.pid,
                                     .start_ticks = last.started.pid_start});
    }
    if (!last.e2e_run.empty()) {
      unfinished.e2e_runs.push_back(last.e2e_run);
    }
  }
  return unfinished;
}

}  // namespace opready::run
