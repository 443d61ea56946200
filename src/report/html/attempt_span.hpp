// SPDX-License-Identifier: Apache-2.0
// When an attempt ran.
#pragma once

#include "opready/model/run_record.hpp"

#include "html/time_scale.hpp"

namespace opready::report {

/// From the start of `attempt`, one of `run`'s, to its end. Of one that has no end, since its run ended before: to the
/// last that is known of that part of the run.
[[nodiscard]] TimeSpan span_of(const model::AttemptRecord& attempt, const model::RunRecord& run);

}  // namespace opready::report
