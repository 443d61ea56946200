// SPDX-License-Identifier: Apache-2.0
// What the attempts at a case come to together.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "opready/model/run_record.hpp"

namespace opready::model {

/// What one attempt came to: cancelled where the run ended in the middle of it.
[[nodiscard]] CaseResult result_of(const AttemptRecord& attempt);

/// What became of a case. The last attempt counts, or, where it ran some specs only, its results in place of those that
/// these specs had before. What tells nothing new undoes nothing: an attempt that was cancelled, a spec that skipped
/// itself after it had failed. A case without an attempt wasn't run, for a reason that the result names.
[[nodiscard]] CaseResult result_of(const CaseRecord& record);

/// It passed, but failed in an attempt before.
[[nodiscard]] bool is_flaky(const CaseRecord& record);
/// Names of its specs that passed in the end, but failed in an attempt before.
[[nodiscard]] std::vector<std::string> flaky_specs(const CaseRecord& record);

/// Sum of the attempts' durations; none where another case ran in its stead.
[[nodiscard]] std::chrono::milliseconds duration_of(const CaseRecord& record);

}  // namespace opready::model
