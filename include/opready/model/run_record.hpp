// SPDX-License-Identifier: Apache-2.0
// The fold of a run's events: what every report is drawn from.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "opready/model/event.hpp"

namespace opready::model {

struct AttemptRecord {
  CaseStarted started;                   ///< Its `id` is another case's where that one ran in this one's stead.
  std::string e2e_run;                   ///< As e2e.test told it; empty where it didn't come so far.
  std::optional<CaseFinished> finished;  ///< Absent: the run ended before it did.
  bool stopped = false;                  ///< The run was being stopped when it finished, and so was it.
  std::string directory;                 ///< The report directory that holds its files; empty: the run's own.
};

struct CaseRecord {
  PlannedCase planned;
  std::vector<AttemptRecord> attempts;
};

struct RunRecord {
  RunStarted started;
  std::vector<CaseRecord> cases;             ///< In the plan's order.
  std::vector<PlannedCase> in_other_shards;  ///< What other runs of the same plan perform.
  std::vector<RunResumed> resumed;           ///< What follows tells of the time since the last of these.
  std::optional<StopRequested> stop;
  std::optional<RunFinished> finished;  ///< Absent: the run was killed.
  std::vector<NamespaceLeft> namespaces_left;
  std::vector<std::string> joined;          ///< Of joined runs: their directories, the earliest begun first.
  std::vector<std::string> evidence_lacks;  ///< Why it isn't known where pods ran, or not for sure.
  /// By a case's id the places in `cases` of those that its attempts count for: itself, and those in whose stead it
  /// runs. It's apply()'s own, by which it finds the cases of an event; whoever else makes a record leaves it empty.
  std::unordered_map<std::string, std::vector<std::size_t>> credited;
};

/// Adds one event to a record that consists of nothing but earlier events. RunStarted must come first; an event about
/// an unknown case is ignored (a later version's).
void apply(RunRecord& record, const Event& event);

/// The event that the run began with, its plan complete: the cases of other shards last.
[[nodiscard]] RunStarted beginning_of(const RunRecord& record);

/// The run ended before this attempt did: what it came to isn't what the case would have come to.
[[nodiscard]] bool was_interrupted(const AttemptRecord& attempt);

}  // namespace opready::model
