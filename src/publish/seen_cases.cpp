// SPDX-License-Identifier: Apache-2.0
// Reads from a run's record what comparing needs.
#include "seen_cases.hpp"

#include <algorithm>
#include <set>
#include <string>

#include "opready/model/attempts.hpp"
#include "opready/report/wording.hpp"

namespace opready::publish {
namespace {

using model::CaseRecord;

Standing standing_of(model::Outcome outcome) {
  if (outcome == model::Outcome::passed) {
    return Standing::passed;
  }
  const bool doubtful = outcome == model::Outcome::unproven || outcome == model::Outcome::could_not_test ||
                        outcome == model::Outcome::nothing_selected;
  return model::is_failure(outcome) && !doubtful ? Standing::failed : Standing::untold;
}

Standing standing_of(model::SpecStatus status) {
  if (status == model::SpecStatus::passed) {
    return Standing::passed;
  }
  const bool doubtful = status == model::SpecStatus::unproven || status == model::SpecStatus::could_not_test;
  return model::is_failure(status) && !doubtful ? Standing::failed : Standing::untold;
}

bool applies(const CaseRecord& record) {
  return record.planned.not_run != model::NotRun::not_applicable;
}

std::vector<Seen> specs_of(const CaseRecord& record, const model::CaseResult& result) {
  const std::vector<std::string> flaky = model::flaky_specs(record);
  std::vector<Seen> specs;
  std::set<std::string> names;
  for (const model::Spec& spec : record.planned.specs) {
    if (!names.insert(spec.name).second) {
      continue;  // Results are known by names, so equal ones are one spec.
    }
    Seen& seen = specs.emplace_back();
    seen.told.name = spec.name;
    seen.applies = applies(record);
    const auto found = std::find_if(result.specs.begin(), result.specs.end(),
                                    [&](const model::SpecResult& other) { return other.spec.name == spec.name; });
    if (found != result.specs.end()) {
      seen.told = {spec.name, std::string(to_string(found->status)), found->message, found->duration};
      seen.standing = standing_of(found->status);
      seen.flaky = std::find(flaky.begin(), flaky.end(), spec.name) != flaky.end();
    }
  }
  return specs;
}

}  // namespace

std::vector<CaseSeen> cases_of(const model::RunRecord& run) {
  std::vector<CaseSeen> cases;
  for (const CaseRecord& record : run.cases) {
    const model::CaseResult result = model::result_of(record);
    const Seen seen{.told = {record.planned.test.id, std::string(to_string(result.outcome)),
                             report::reason_text(run, record, result), model::duration_of(record)},
                    .standing = standing_of(result.outcome),
                    .applies = applies(record),
                    .flaky = model::is_flaky(record),
                    .at_once = record.attempts.size() == 1};
    cases.push_back({&record, seen, specs_of(record, result)});
  }
  return cases;
}

std::vector<Seen> without_results(const std::vector<Seen>& specs, bool applies) {
  std::vector<Seen> unknown;
  unknown.reserve(specs.size());
  for (const Seen& spec : specs) {
    unknown.push_back({.told = {.name = spec.told.name}, .applies = applies});
  }
  return unknown;
}

}  // namespace opready::publish
