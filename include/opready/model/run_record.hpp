// SPDX-License-Identifier: Apache-2.0
// The fold of a run's events: what every report is drawn from.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "opready/model/event.hpp"

namespace opready::model {

struct AttemptRecord {
  CaseStarted started;
  std::string e2e_run;                   ///< As e2e.test told it; empty where it didn't come so far.
  std::optional<CaseFinished> finished;  ///< Absent: the run ended before it did.
};

struct CaseRecord {
  PlannedCase planned;
  std::vector<AttemptRecord> attempts;
};

struct RunRecord {
  RunStarted started;
  std::vector<CaseRecord> cases;  ///< In the plan's order.
  std::optional<StopRequested> stop;
  std::optional<RunFinished> finished;  ///< Absent: the run was killed.
  std::vector<NamespaceLeft> namespaces_left;
  std::vector<std::string> evidence_lacks;  ///< Why it isn't known where pods ran, or not for sure.
};

/// Adds one event. RunStarted must come first; an event about an unknown case is ignored (a later version's).
void apply(RunRecord& record, const Event& event);

/// What became of a case: the result of its last attempt, or one made up for a case without a finished attempt (not
/// run and why, or cancelled where the run ended in the middle of it).
[[nodiscard]] CaseResult result_of(const CaseRecord& record);

/// Sum of the attempts' durations.
[[nodiscard]] std::chrono::milliseconds duration_of(const CaseRecord& record);

}  // namespace opready::model
