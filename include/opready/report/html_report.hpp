// SPDX-License-Identifier: Apache-2.0
// report.html: a run for people, as one file that needs nothing but a browser.
#pragma once

#include <string>
#include <string_view>

#include "opready/model/run_record.hpp"

namespace opready::report {

constexpr const char* kHtmlFileName = "report.html";

/// The whole file. It loads nothing, runs no script but its own, can be read without that, and has less than 2 MB
/// whatever the run: what found no room is counted. Logs are linked by their paths from `report_directory`, which is
/// the run's as the user should see it and stands in the commands that run failures again.
[[nodiscard]] std::string html_report(const model::RunRecord& record, std::string_view report_directory);

}  // namespace opready::report
