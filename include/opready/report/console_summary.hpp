// SPDX-License-Identifier: Apache-2.0
// The last lines of a run: what became of it, what failed and why, and the verdict.
#pragma once

#include <string>
#include <string_view>

#include "opready/model/run_record.hpp"
#include "opready/report/style.hpp"

namespace opready::report {

/// `report_directory` is where the run's files lie, as the user should see it.
[[nodiscard]] std::string console_summary(const model::RunRecord& record, std::string_view report_directory,
                                          const Terminal& terminal);

}  // namespace opready::report
