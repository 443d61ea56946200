// SPDX-License-Identifier: Apache-2.0
// Writes JUnit files that every reader takes: libxml2, Go's encoding/xml, dashboards.
#pragma once

#include <string>
#include <vector>

#include "opready/junit/report.hpp"

namespace opready::junit {

struct Counters {
  std::size_t tests = 0;
  std::size_t failures = 0;
  std::size_t errors = 0;
  std::size_t skipped = 0;
  std::chrono::milliseconds duration{};
};

[[nodiscard]] Counters count(const std::vector<Case>& cases);

/// `report` as a whole file in UTF-8. Counters and times are computed from the cases; suites without cases are left
/// out; all text is sanitised, and but for names redacted too; a failure without text gets its message, else a
/// sentence, since some readers see only failures that have text.
[[nodiscard]] std::string to_xml(const Report& report);

}  // namespace opready::junit
