// SPDX-License-Identifier: Apache-2.0
// Cases that would do the same work twice.
#pragma once

#include <vector>

#include "opready/model/plan.hpp"

namespace opready::plan {

/// Of cases to run that select the same specs of the same suite, and mean the same by them (placement, time limit,
/// alone or not), the first one runs: it becomes `same_as` of the others.
void credit_duplicates(std::vector<model::PlannedCase>& cases);

}  // namespace opready::plan
