// SPDX-License-Identifier: Apache-2.0
// Where an attempt's log lies.
#pragma once

#include <string>

#include "opready/model/run_record.hpp"

namespace opready::report {

/// Relative to the report directory: "cases/core-network-dns/attempt-1/e2e.log".
[[nodiscard]] inline std::string log_path(const std::string& case_id, int attempt) {
  return "cases/" + case_id + "/attempt-" + std::to_string(attempt) + "/e2e.log";
}

/// The same of an attempt, which may lie in another report directory than the one that it's shown for; that path is
/// written in full.
[[nodiscard]] inline std::string log_path(const std::string& case_id, const model::AttemptRecord& attempt) {
  const std::string path = log_path(case_id, attempt.started.attempt);
  return attempt.directory.empty() ? path : attempt.directory + '/' + path;
}

}  // namespace opready::report
