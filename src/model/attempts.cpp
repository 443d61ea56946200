// SPDX-License-Identifier: Apache-2.0
// Lays the results of later attempts over those of earlier ones.
#include "opready/model/attempts.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "opready/base/counted.hpp"

namespace opready::model {
namespace {

CaseResult result_without_attempts(const PlannedCase& planned) {
  CaseResult result;
  if (planned.not_run) {
    const bool nothing = *planned.not_run == NotRun::selects_nothing;
    result.outcome = nothing ? Outcome::nothing_selected : Outcome::not_run;
    result.reason = planned.not_run_detail;
  } else {
    result.reason = "the run ended before its turn";
  }
  return result;
}

SpecResult* find_spec(std::vector<SpecResult>& specs, const std::string& name) {
  const auto found =
      std::find_if(specs.begin(), specs.end(), [&](const SpecResult& spec) { return spec.spec.name == name; });
  return found == specs.end() ? nullptr : &*found;
}

void lay_over(std::vector<SpecResult>& specs, std::vector<SpecResult> later) {
  for (SpecResult& next : later) {
    SpecResult* const known = find_spec(specs, next.spec.name);
    if (known == nullptr) {
      specs.push_back(std::move(next));
    } else if (!is_failure(known->status) || !tells_nothing(next.status)) {
      *known = std::move(next);
    }
  }
}

std::string failed_specs_text(const std::vector<SpecResult>& specs) {
  const auto failed =
      std::count_if(specs.begin(), specs.end(), [](const SpecResult& spec) { return is_failure(spec.status); });
  return specs.size() == 1 ? "its spec failed"
                           : fmt::format("{} of {} failed", failed, base::counted(specs.size(), "spec"));
}

/// Where no spec has failed any more, those are in doubt that weren't run again.
void judge_what_is_left(CaseResult& result) {
  const SpecResult* doubtful = nullptr;
  for (const SpecResult& spec : result.specs) {
    if (spec.status == SpecStatus::unproven || spec.status == SpecStatus::could_not_test) {
      doubtful = &spec;
    } else if (is_failure(spec.status)) {
      return;
    }
  }
  if (doubtful != nullptr) {
    result.outcome = doubtful->status == SpecStatus::unproven ? Outcome::unproven : Outcome::could_not_test;
    result.reason = doubtful->message;
  }
}

/// A whole attempt that was cut off, or never begun since its pods could not be placed, doesn't.
bool tells_more(const CaseResult& next, const CaseResult& known) {
  const bool never_begun = next.outcome == Outcome::could_not_test && next.specs.empty();
  return next.outcome != Outcome::cancelled && !(never_begun && is_failure(known.outcome));
}

/// `later` ran some of the specs again.
void lay_over(CaseResult& result, CaseResult later) {
  lay_over(result.specs, std::move(later.specs));
  result.leaked = result.leaked || later.leaked;
  const bool failures_left = std::any_of(result.specs.begin(), result.specs.end(),
                                         [](const SpecResult& spec) { return is_failure(spec.status); });
  if (!is_failure(later.outcome) && failures_left) {
    judge_what_is_left(result);
    return;
  }
  result.outcome = is_failure(later.outcome) ? later.outcome : Outcome::passed;
  result.reason =
      result.outcome == Outcome::failed && failures_left ? failed_specs_text(result.specs) : std::move(later.reason);
  result.detail = std::move(later.detail);
  result.exit = later.exit;
  result.e2e_run = std::move(later.e2e_run);
}

bool failed(const AttemptRecord& attempt) {
  return attempt.finished && is_failure(attempt.finished->result.outcome);
}

}  // namespace

CaseResult result_of(const AttemptRecord& attempt) {
  if (attempt.finished) {
    return attempt.finished->result;
  }
  CaseResult result;
  result.outcome = Outcome::cancelled;
  result.reason = "the run ended in the middle of it and wrote no result";
  result.e2e_run = attempt.e2e_run;
  return result;
}

CaseResult result_of(const CaseRecord& record) {
  std::optional<CaseResult> result;
  for (const AttemptRecord& attempt : record.attempts) {
    CaseResult next = result_of(attempt);
    const bool known = result && result->outcome != Outcome::cancelled;
    if (known && !attempt.started.specs.empty()) {
      lay_over(*result, std::move(next));
    } else if (!known || tells_more(next, *result)) {
      result = std::move(next);
    }
  }
  return result ? *std::move(result) : result_without_attempts(record.planned);
}

bool is_flaky(const CaseRecord& record) {
  return std::any_of(record.attempts.begin(), record.attempts.end(), failed) &&
         result_of(record).outcome == Outcome::passed;
}

std::vector<std::string> flaky_specs(const CaseRecord& record) {
  std::set<std::string> failed_once;
  for (const AttemptRecord& attempt : record.attempts) {
    for (const SpecResult& spec : result_of(attempt).specs) {
      if (is_failure(spec.status)) {
        failed_once.insert(spec.spec.name);
      }
    }
  }
  std::vector<std::string> names;
  if (!failed_once.empty()) {
    for (const SpecResult& spec : result_of(record).specs) {
      if (spec.status == SpecStatus::passed && failed_once.contains(spec.spec.name)) {
        names.push_back(spec.spec.name);
      }
    }
  }
  return names;
}

std::chrono::milliseconds duration_of(const CaseRecord& record) {
  std::chrono::milliseconds sum{};
  for (const AttemptRecord& attempt : record.attempts) {
    const bool own = attempt.started.id == record.planned.test.id;
    sum += own && attempt.finished ? attempt.finished->duration : std::chrono::milliseconds{};
  }
  return sum;
}

}  // namespace opready::model
