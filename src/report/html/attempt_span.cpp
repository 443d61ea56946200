// SPDX-License-Identifier: Apache-2.0
// Finds the end of attempts that were cut off.
#include "html/attempt_span.hpp"

#include <algorithm>

namespace opready::report {
namespace {

/// When it's certain that `attempt` no longer ran: its run went on without it, or its slot or case was taken up anew.
base::Timestamp surely_over(const model::AttemptRecord& attempt, const model::RunRecord& run) {
  base::Timestamp over = base::Timestamp::max();
  const auto note = [&](base::Timestamp time) { over = time > attempt.started.time ? std::min(over, time) : over; };
  for (const model::RunResumed& resumed : run.resumed) {
    note(resumed.time);
  }
  for (const model::CaseRecord& item : run.cases) {
    for (const model::AttemptRecord& other : item.attempts) {
      const bool same_slot = other.directory == attempt.directory && other.started.slot == attempt.started.slot;
      if (same_slot || other.started.id == attempt.started.id) {
        note(other.started.time);
      }
    }
  }
  return over;
}

/// The last event before `attempt` was surely over of the run that it belongs to.
base::Timestamp last_known(const model::AttemptRecord& attempt, const model::RunRecord& run) {
  const base::Timestamp over = surely_over(attempt, run);
  base::Timestamp last = attempt.started.time;
  const auto note = [&](base::Timestamp time) { last = time < over ? std::max(last, time) : last; };
  for (const model::CaseRecord& item : run.cases) {
    for (const model::AttemptRecord& other : item.attempts) {
      if (other.directory == attempt.directory) {
        note(other.started.time);
        note(other.finished ? other.finished->time : other.started.time);
      }
    }
  }
  // Of joined runs, whose attempts have directories, it's the end of one that may be another.
  if (run.finished && attempt.directory.empty()) {
    note(run.finished->time);
  }
  return last;
}

}  // namespace

TimeSpan span_of(const model::AttemptRecord& attempt, const model::RunRecord& run) {
  const base::Timestamp begin = attempt.started.time;
  if (attempt.finished) {
    return {begin, begin + std::max(attempt.finished->duration, std::chrono::milliseconds{})};
  }
  return {begin, last_known(attempt, run)};
}

}  // namespace opready::report
