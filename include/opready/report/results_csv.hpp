// SPDX-License-Identifier: Apache-2.0
// results.csv: a run for spreadsheets.
#pragma once

#include <string>

#include "opready/model/run_record.hpp"

namespace opready::report {

constexpr const char* kCsvFileName = "results.csv";

/// The whole file by RFC 4180: a header, then a row a spec, and a row without one for each case that told of none.
/// Columns may be added at the end, but not changed or taken away. No cell is a formula to any spreadsheet: one that
/// looks like one begins with an apostrophe. Durations are in seconds; `nodes` and `windows_builds` are those that pods
/// ran on.
[[nodiscard]] std::string results_csv(const model::RunRecord& record);

}  // namespace opready::report
