// SPDX-License-Identifier: Apache-2.0
// Spells the command that runs a failure again.
#include "opready/report/rerun_command.hpp"

#include "opready/base/shell_quote.hpp"

namespace opready::report {

std::string rerun_command(const model::AttemptRecord& attempt, std::string_view report_directory,
                          std::string_view case_id) {
  const std::string_view directory = attempt.directory.empty() ? report_directory : attempt.directory;
  return base::shell_joined({"op-readiness", "--rerun-failed", std::string(directory), "--case", std::string(case_id)});
}

}  // namespace opready::report
