// SPDX-License-Identifier: Apache-2.0
// The JUnit rows of one case.
#pragma once

#include <vector>

#include "opready/junit/report.hpp"
#include "opready/model/run_record.hpp"
#include "opready/report/junit_report.hpp"

namespace opready::report {

/// At least one row. `run` says why a case was not reached.
[[nodiscard]] std::vector<junit::Case> case_rows(const model::RunRecord& run, const model::CaseRecord& record,
                                                 JUnitAttempts attempts);

}  // namespace opready::report
