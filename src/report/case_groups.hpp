// SPDX-License-Identifier: Apache-2.0
// What the summary tells of cases that are neither a clean pass nor a failure, and of flakes.
#pragma once

#include <string>
#include <string_view>

#include "opready/model/run_record.hpp"

namespace opready::report {

/// Lists of cases under headings; empty where there's nothing to tell.
[[nodiscard]] std::string case_groups(const model::RunRecord& run, std::string_view report_directory);

}  // namespace opready::report
