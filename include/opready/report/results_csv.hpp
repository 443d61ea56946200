// SPDX-License-Identifier: Apache-2.0
// results.csv: a run for spreadsheets.
#pragma once

#include <string>

#include "opready/model/run_record.hpp"

namespace opready::report {

constexpr const char* kCsvFileName = "results.csv";

/// The whole file by RFC 4180: a header, then a row a spec, and a row without one for each case that told of none.
/// Columns may be added at the end, but not changed or taken away. A cell that begins like a formula, with = + - @,
/// also full-width ones, behind any blanks, gets an apostrophe in front. Durations are in seconds; `nodes` and
/// `windows_builds` are those that pods ran on.
[[nodiscard]] std::string results_csv(const model::RunRecord& record);

}  // namespace opready::report
