// SPDX-License-Identifier: Apache-2.0
// Where an attempt's log lies.
#pragma once

#include <string>

namespace opready::report {

/// Relative to the report directory: "cases/core-network-dns/attempt-1/e2e.log".
[[nodiscard]] inline std::string log_path(const std::string& case_id, int attempt) {
  return "cases/" + case_id + "/attempt-" + std::to_string(attempt) + "/e2e.log";
}

}  // namespace opready::report
