// SPDX-License-Identifier: Apache-2.0
// A run as JUnit: what dashboards show of it.
#pragma once

#include <string>
#include <vector>

#include "opready/junit/report.hpp"
#include "opready/model/run_record.hpp"

namespace opready::report {

constexpr const char* kJUnitFileName = "junit_op-readiness.xml";

/// --junit-attempts: rows of each attempt at a case, or a row a spec, as it ended.
enum class JUnitAttempts { all, last };

/// Suites are categories. Rows are the specs of started cases, "<id>: <spec>"; a case is a row of its own, "<id>",
/// where it was not started, and where what became of it can't be seen from its specs: crashed, no report, a suite
/// node that failed, ... Then each of its attempts has that row, so that dashboards see a retry mend it. Attempts
/// repeat the rows of what they ran again, under the same names: that is what dashboards call a flake. What an attempt
/// never reached or was cut off in has no row where another attempt tells what became of it. What was cut off
/// by a stop is a failure, "cancelled: ..."; what was never reached is skipped, "not run: ...". A pass that proves
/// nothing is a failure, "unproven: ...". With `last` and RunStarted::flaky_fails a flake is a failure, "flaky: ...".
[[nodiscard]] junit::Report junit_report(const model::RunRecord& record, JUnitAttempts attempts);

/// A file of `--junit per-case`.
struct CaseReport {
  std::string file_name;
  junit::Report report;
};

/// A file for each case, named and marked as the older tool's: "junit_<S><T>01.xml" for the T-th case of the S-th
/// chosen category. From the tenth category on, where that could mean two things, it's "junit_<S>_<T>01.xml".
[[nodiscard]] std::vector<CaseReport> case_reports(const model::RunRecord& record, JUnitAttempts attempts);

}  // namespace opready::report
