// SPDX-License-Identifier: Apache-2.0
// Folds events into the record of a run.
#include "opready/model/run_record.hpp"

#include <algorithm>
#include <type_traits>

#include <fmt/format.h>

namespace opready::model {
namespace {

void index_cases(RunRecord& record) {
  for (std::size_t place = 0; place < record.cases.size(); ++place) {
    const PlannedCase& planned = record.cases[place].planned;
    record.credited[planned.test.id].push_back(place);
    if (!planned.same_as.empty() && planned.same_as != planned.test.id) {
      record.credited[planned.same_as].push_back(place);
    }
  }
}

void start_run(RunRecord& record, const RunStarted& event) {
  record = RunRecord{};
  record.started = event;
  record.evidence_lacks = event.evidence_lacks;
  // The plan's cases move to where their attempts are: one copy is enough.
  for (PlannedCase& planned : record.started.plan.cases) {
    if (planned.not_run == NotRun::other_shard) {
      record.in_other_shards.push_back(std::move(planned));
    } else {
      record.cases.push_back({std::move(planned), {}});
    }
  }
  record.started.plan.cases.clear();
  index_cases(record);
}

/// What follows belongs to the new end.
void resume_run(RunRecord& record, const RunResumed& event) {
  record.resumed.push_back(event);
  record.started.labels = event.labels;
  record.started.flaky_fails = event.flaky_fails;
  record.stop.reset();
  record.finished.reset();
  record.namespaces_left.clear();
}

/// Calls `act` for the case and for those in whose stead it runs.
template <typename Act>
void for_each_credited(RunRecord& record, const std::string& id, const Act& act) {
  if (const auto found = record.credited.find(id); found != record.credited.end()) {
    for (const std::size_t place : found->second) {
      act(record.cases[place]);
    }
  }
}

void start_case(RunRecord& record, const CaseStarted& event) {
  for_each_credited(record, event.id, [&](CaseRecord& item) {
    item.attempts.push_back({.started = event, .e2e_run = {}, .finished = {}, .stopped = false, .directory = {}});
  });
}

/// Calls `act` for each record of the attempt `number` at the case.
template <typename Act>
void for_each_attempt(RunRecord& record, const std::string& id, int number, const Act& act) {
  for_each_credited(record, id, [&](CaseRecord& item) {
    const auto attempt =
        std::find_if(item.attempts.rbegin(), item.attempts.rend(),
                     [&](const AttemptRecord& candidate) { return candidate.started.attempt == number; });
    if (attempt != item.attempts.rend()) {
      act(*attempt);
    }
  });
}

void finish_case(RunRecord& record, const CaseFinished& event) {
  const bool stopped = record.stop && record.stop->reason != StopReason::failures;
  for_each_attempt(record, event.id, event.attempt, [&](AttemptRecord& attempt) {
    attempt.finished = event;
    attempt.stopped = stopped;
  });
}

}  // namespace

RunStarted beginning_of(const RunRecord& record) {
  RunStarted started = record.started;
  std::vector<PlannedCase>& cases = started.plan.cases;
  for (const CaseRecord& item : record.cases) {
    cases.push_back(item.planned);
  }
  cases.insert(cases.end(), record.in_other_shards.begin(), record.in_other_shards.end());
  return started;
}

bool was_interrupted(const AttemptRecord& attempt) {
  if (!attempt.finished) {
    return true;
  }
  const CaseResult& result = attempt.finished->result;
  // One that had failed already when the stop came counts as failed, though not all of its specs had their turn.
  const bool cut_off = std::any_of(result.specs.begin(), result.specs.end(),
                                   [](const SpecResult& spec) { return spec.status == SpecStatus::cancelled; });
  return result.outcome == Outcome::cancelled || (attempt.stopped && cut_off);
}

void apply(RunRecord& record, const Event& event) {
  std::visit(
      [&](const auto& happened) {
        using Happened = std::decay_t<decltype(happened)>;
        if constexpr (std::is_same_v<Happened, RunStarted>) {
          start_run(record, happened);
        } else if constexpr (std::is_same_v<Happened, RunResumed>) {
          resume_run(record, happened);
        } else if constexpr (std::is_same_v<Happened, CaseStarted>) {
          start_case(record, happened);
        } else if constexpr (std::is_same_v<Happened, CaseFinished>) {
          finish_case(record, happened);
        } else if constexpr (std::is_same_v<Happened, E2eRunStarted>) {
          for_each_attempt(record, happened.id, happened.attempt,
                           [&](AttemptRecord& attempt) { attempt.e2e_run = happened.e2e_run; });
        } else if constexpr (std::is_same_v<Happened, StopRequested>) {
          // After --fail-fast cases go on, until something else ends them.
          if (!record.stop || record.stop->reason == StopReason::failures) {
            record.stop = happened;
          }
        } else if constexpr (std::is_same_v<Happened, RunFinished>) {
          record.finished = happened;
        } else if constexpr (std::is_same_v<Happened, EvidenceLacks>) {
          record.evidence_lacks.push_back(happened.why);
        } else {
          static_assert(std::is_same_v<Happened, NamespacesLeft>);
          record.namespaces_left = happened.namespaces;
        }
      },
      event);
}

}  // namespace opready::model
