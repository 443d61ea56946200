// SPDX-License-Identifier: Apache-2.0
// The page of a GitHub Actions step.
#pragma once

#include <string_view>

#include "opready/model/run_record.hpp"

namespace opready::cli {

/// Appends the run's summary to the file that $GITHUB_STEP_SUMMARY names, in the room that is left there: GitHub shows
/// nothing of a page over 1 MiB. Does nothing where that isn't set. What goes wrong is a warning on standard error: the
/// run's reports don't hang on it.
void add_step_summary(const model::RunRecord& record, std::string_view report_directory);

}  // namespace opready::cli
