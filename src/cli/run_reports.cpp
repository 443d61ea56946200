// SPDX-License-Identifier: Apache-2.0
// Writes a run's reports, and says how to get what is missing.
#include "run_reports.hpp"

#include <fmt/format.h>

#include "opready/base/error.hpp"
#include "opready/record/event_log.hpp"

#include "report_files.hpp"

namespace opready::cli {

void Reports::write() {
  try {
    write_report_files(keeper_.record(), directory_, directory_.path().string(), junit_);
    failure_.clear();
  } catch (const base::Error& error) {
    failure_ = error.what();
  }
}

void require_all_kept(const std::string& lost, const Reports& reports, const std::filesystem::path& directory) {
  const std::string& failure = lost.empty() ? reports.failure() : lost;
  if (failure.empty()) {
    return;
  }
  std::error_code error;
  if (!std::filesystem::exists(directory / record::kEventLogName, error)) {
    throw base::environment_error(failure);
  }
  const std::string path = directory.string();
  throw base::environment_error(
      failure + "\n  " +
      (lost.empty()
           ? fmt::format("the run itself is kept: when that is mended, `op-readiness report {}` writes its reports",
                         path)
           : fmt::format("mend that and go on with `op-readiness --resume {}`", path)));
}

}  // namespace opready::cli
