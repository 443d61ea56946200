// SPDX-License-Identifier: Apache-2.0
// Joins JUnit reports of any origin into one.
#pragma once

#include <string>
#include <vector>

#include "opready/junit/report.hpp"

namespace opready::junit {

/// A report, and the file it was read from.
struct Source {
  std::string file;
  Report report;
};

/// Suites of one name become one, in the order in which names first appear; their cases keep their order, and those
/// that repeat are kept, since readers take them for attempts at one test. A source that has a fault adds, to what was
/// read of it, a failing case named after its file.
[[nodiscard]] Report merged(std::vector<Source> sources);

}  // namespace opready::junit
