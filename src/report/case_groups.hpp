// SPDX-License-Identifier: Apache-2.0
// What the summary tells of cases that are neither a clean pass nor a failure, and of flakes.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "opready/model/run_record.hpp"

namespace opready::report {

struct GroupedCase {
  std::string id;
  std::string detail;             ///< One line; empty where the heading says all.
  std::vector<std::string> more;  ///< Lines to stand below it.
};

/// Cases by the heading that tells what is to be said of them.
using CaseGroups = std::map<std::string, std::vector<GroupedCase>>;

[[nodiscard]] CaseGroups grouped_cases(const model::RunRecord& run, std::string_view report_directory);

/// Lists of cases under headings; empty where there's nothing to tell.
[[nodiscard]] std::string case_groups(const model::RunRecord& run, std::string_view report_directory);

}  // namespace opready::report
