// SPDX-License-Identifier: Apache-2.0
// Finds the specs to blame.
#include "opready/run/retry.hpp"

#include <algorithm>
#include <string_view>

namespace opready::run {
namespace {

using model::Outcome;
using model::SpecResult;
using model::SpecStatus;

/// Ginkgo's reason for the rest of an Ordered container (Ginkgo's internal/group.go).
constexpr std::string_view kOrderedSkip = "an earlier spec in an ordered container failed";

bool can_run_alone(const model::PlannedCase& planned, const std::string& name) {
  const auto is_it = [&](const model::Spec& spec) { return spec.name == name; };
  const auto first = std::find_if(planned.specs.begin(), planned.specs.end(), is_it);
  return first != planned.specs.end() && !first->ordered &&
         std::find_if(first + 1, planned.specs.end(), is_it) == planned.specs.end();
}

/// Whether its specs tell all of what went wrong.
bool specs_tell_all(const model::CaseResult& result) {
  const bool by_specs = result.outcome == Outcome::failed || result.outcome == Outcome::could_not_test;
  return by_specs && result.detail.empty() &&
         std::none_of(result.specs.begin(), result.specs.end(), [](const SpecResult& spec) {
           return spec.status == SpecStatus::cancelled || spec.message.find(kOrderedSkip) != std::string::npos;
         });
}

}  // namespace

Retry whole_case(const model::PlannedCase& planned) {
  Retry retry;
  if (planned.part) {
    for (const model::Spec& spec : planned.specs) {
      retry.specs.push_back(spec.name);
    }
  }
  return retry;
}

std::optional<Retry> retry_of(const model::PlannedCase& planned, const model::CaseResult& result) {
  const Outcome outcome = result.outcome;
  if (!model::is_failure(outcome) || outcome == Outcome::unproven || outcome == Outcome::nothing_selected) {
    return std::nullopt;
  }
  if (!specs_tell_all(result)) {
    return whole_case(planned);
  }
  Retry retry;
  for (const SpecResult& spec : result.specs) {
    if (model::is_failure(spec.status) && spec.status != SpecStatus::unproven) {
      if (!can_run_alone(planned, spec.spec.name)) {
        return whole_case(planned);
      }
      retry.specs.push_back(spec.spec.name);
    }
  }
  return retry.specs.size() == planned.specs.size() ? whole_case(planned) : retry;
}

}  // namespace opready::run
