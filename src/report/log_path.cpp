// SPDX-License-Identifier: Apache-2.0
// Finds attempts by what they came to.
#include "opready/report/log_path.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace opready::report {
namespace {

/// The last attempt of which `holds` is true; the very last where it's true of none. A single one isn't asked: a case
/// may have a hundred thousand specs, each of which wants to know.
template <typename Condition>
const model::AttemptRecord& last_attempt(const model::CaseRecord& record, const Condition& holds) {
  if (record.attempts.size() == 1) {
    return record.attempts.front();
  }
  const auto found = std::find_if(record.attempts.rbegin(), record.attempts.rend(), holds);
  return found == record.attempts.rend() ? record.attempts.back() : *found;
}

template <typename Condition>
const model::AttemptRecord* first_attempt(const model::CaseRecord& record, const Condition& holds) {
  const auto found = std::find_if(record.attempts.begin(), record.attempts.end(), holds);
  return found == record.attempts.end() ? nullptr : &*found;
}

/// Whether `holds` is true of a spec that the attempt told of.
template <typename Condition>
bool any_spec(const model::AttemptRecord& attempt, const Condition& holds) {
  return attempt.finished &&
         std::any_of(attempt.finished->result.specs.begin(), attempt.finished->result.specs.end(), holds);
}

}  // namespace

std::string log_path(const model::AttemptRecord& attempt) {
  return fmt::format("{}{}cases/{}/attempt-{}/e2e.log", attempt.directory, attempt.directory.empty() ? "" : "/",
                     attempt.started.id, attempt.started.attempt);
}

std::string log_path(const model::AttemptRecord& attempt, std::string_view report_directory) {
  const std::string path = log_path(attempt);
  return attempt.directory.empty() ? fmt::format("{}/{}", report_directory, path) : path;
}

const model::AttemptRecord& attempt_of(const model::CaseRecord& record, const model::CaseResult& result) {
  return last_attempt(record, [&](const model::AttemptRecord& attempt) {
    return (attempt.finished ? attempt.finished->result.outcome : model::Outcome::cancelled) == result.outcome;
  });
}

const model::AttemptRecord& attempt_of(const model::CaseRecord& record, const model::SpecResult& spec) {
  return last_attempt(record, [&](const model::AttemptRecord& attempt) {
    return any_spec(attempt, [&](const model::SpecResult& candidate) { return candidate == spec; });
  });
}

const model::AttemptRecord* first_failed(const model::CaseRecord& record) {
  return first_attempt(record, [](const model::AttemptRecord& attempt) {
    return attempt.finished && model::is_failure(attempt.finished->result.outcome);
  });
}

const model::AttemptRecord* first_failed(const model::CaseRecord& record, std::string_view spec) {
  return first_attempt(record, [&](const model::AttemptRecord& attempt) {
    return any_spec(attempt, [&](const model::SpecResult& candidate) {
      return candidate.spec.name == spec && model::is_failure(candidate.status);
    });
  });
}

std::string ran_as(const model::CaseRecord& record) {
  const bool itself = record.attempts.empty() || record.attempts.back().started.id == record.planned.test.id;
  return itself ? "" : record.attempts.back().started.id;
}

}  // namespace opready::report
