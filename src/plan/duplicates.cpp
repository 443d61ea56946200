// SPDX-License-Identifier: Apache-2.0
// Finds cases that would do the same work twice.
#include "opready/plan/duplicates.hpp"

#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>

namespace opready::plan {
namespace {

/// All that a case's result depends on.
using Work =
    std::tuple<std::string, std::set<std::string>, std::optional<model::Placement>, std::chrono::milliseconds, bool>;

Work work_of(const model::PlannedCase& planned) {
  std::set<std::string> specs;
  for (const model::Spec& spec : planned.specs) {
    specs.insert(spec.name);
  }
  return {planned.test.suite, std::move(specs), planned.test.placement, planned.timeout, planned.serial};
}

}  // namespace

void credit_duplicates(std::vector<model::PlannedCase>& cases) {
  std::map<Work, std::string> first;
  for (model::PlannedCase& planned : cases) {
    if (planned.not_run) {
      continue;
    }
    const auto [entry, is_first] = first.try_emplace(work_of(planned), planned.test.id);
    if (!is_first) {
      planned.same_as = entry->second;
    }
  }
}

}  // namespace opready::plan
