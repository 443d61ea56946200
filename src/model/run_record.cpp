// SPDX-License-Identifier: Apache-2.0
// Folds events into the record of a run.
#include "opready/model/run_record.hpp"

#include <algorithm>
#include <type_traits>

#include <fmt/format.h>

namespace opready::model {
namespace {

CaseRecord* find_case(RunRecord& record, const std::string& id) {
  const auto found = std::find_if(record.cases.begin(), record.cases.end(),
                                  [&](const CaseRecord& candidate) { return candidate.planned.test.id == id; });
  return found == record.cases.end() ? nullptr : &*found;
}

void start_run(RunRecord& record, const RunStarted& event) {
  record = RunRecord{};
  record.started = event;
  record.evidence_lacks = event.evidence_lacks;
  // The plan's cases move to where their attempts are: one copy is enough.
  for (PlannedCase& planned : record.started.plan.cases) {
    record.cases.push_back({std::move(planned), {}});
  }
  record.started.plan.cases.clear();
}

void start_case(RunRecord& record, const CaseStarted& event) {
  if (CaseRecord* found = find_case(record, event.id)) {
    found->attempts.push_back({event, "", std::nullopt});
  }
}

/// Null where no such attempt was started.
AttemptRecord* find_attempt(RunRecord& record, const std::string& id, int number) {
  CaseRecord* found = find_case(record, id);
  if (found == nullptr) {
    return nullptr;
  }
  const auto attempt =
      std::find_if(found->attempts.rbegin(), found->attempts.rend(),
                   [&](const AttemptRecord& candidate) { return candidate.started.attempt == number; });
  return attempt == found->attempts.rend() ? nullptr : &*attempt;
}

}  // namespace

void apply(RunRecord& record, const Event& event) {
  std::visit(
      [&](const auto& happened) {
        using Happened = std::decay_t<decltype(happened)>;
        if constexpr (std::is_same_v<Happened, RunStarted>) {
          start_run(record, happened);
        } else if constexpr (std::is_same_v<Happened, CaseStarted>) {
          start_case(record, happened);
        } else if constexpr (std::is_same_v<Happened, CaseFinished>) {
          if (AttemptRecord* attempt = find_attempt(record, happened.id, happened.attempt)) {
            attempt->finished = happened;
          }
        } else if constexpr (std::is_same_v<Happened, E2eRunStarted>) {
          if (AttemptRecord* attempt = find_attempt(record, happened.id, happened.attempt)) {
            attempt->e2e_run = happened.e2e_run;
          }
        } else if constexpr (std::is_same_v<Happened, StopRequested>) {
          if (!record.stop) {
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

CaseResult result_of(const CaseRecord& record) {
  CaseResult result;
  if (record.planned.not_run) {
    const bool nothing = *record.planned.not_run == NotRun::selects_nothing;
    result.outcome = nothing ? Outcome::nothing_selected : Outcome::not_run;
    result.reason = record.planned.not_run_detail;
    return result;
  }
  if (record.attempts.empty()) {
    result.outcome = Outcome::not_run;
    result.reason = "the run ended before its turn";
    return result;
  }
  const AttemptRecord& last = record.attempts.back();
  if (last.finished) {
    return last.finished->result;
  }
  result.outcome = Outcome::cancelled;
  result.reason = "the run ended in the middle of it and wrote no result";
  return result;
}

std::chrono::milliseconds duration_of(const CaseRecord& record) {
  std::chrono::milliseconds sum{};
  for (const AttemptRecord& attempt : record.attempts) {
    sum += attempt.finished ? attempt.finished->duration : std::chrono::milliseconds{};
  }
  return sum;
}

}  // namespace opready::model
