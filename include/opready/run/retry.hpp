// SPDX-License-Identifier: Apache-2.0
// What of a case that failed is worth another attempt.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "opready/model/outcome.hpp"
#include "opready/model/plan.hpp"

namespace opready::run {

struct Retry {
  std::vector<std::string> specs;  ///< Names of what is run again; empty: the whole case.

  friend bool operator==(const Retry&, const Retry&) = default;
};

/// All that `planned` runs: named where that isn't all of the case.
[[nodiscard]] Retry whole_case(const model::PlannedCase& planned);

/// The specs that failed, or the whole case where no spec is to blame (a suite node, a crash, the time limit) or they
/// can't be run by themselves: in Ordered containers, or where two have one name. Nothing where the case didn't fail,
/// and where another attempt would prove no more: pods of an unproven case go where the scheduler likes.
[[nodiscard]] std::optional<Retry> retry_of(const model::PlannedCase& planned, const model::CaseResult& result);

}  // namespace opready::run
