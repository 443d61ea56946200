// SPDX-License-Identifier: Apache-2.0
// Where an attempt's log lies.
#pragma once

#include <string>

#include "opready/model/event.hpp"

namespace opready::report {

/// Relative to the report directory: "cases/core-network-dns/attempt-1/e2e.log".
[[nodiscard]] inline std::string log_path(const model::CaseStarted& attempt) {
  return "cases/" + attempt.id + "/attempt-" + std::to_string(attempt.attempt) + "/e2e.log";
}

}  // namespace opready::report
