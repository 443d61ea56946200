// SPDX-License-Identifier: Apache-2.0
// The command with which a reader runs again just what failed.
#pragma once

#include <string>
#include <string_view>

#include "opready/model/run_record.hpp"

namespace opready::report {

/// "op-readiness --rerun-failed DIR --case ID", quoted for a shell: against the same cluster with the same options,
/// only the specs of `case_id` that failed in `attempt`. `report_directory` is the run's, as the user should see it; of
/// runs that were joined, DIR is that of the attempt.
[[nodiscard]] std::string rerun_command(const model::AttemptRecord& attempt, std::string_view report_directory,
                                        std::string_view case_id);

}  // namespace opready::report
