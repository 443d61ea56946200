// SPDX-License-Identifier: Apache-2.0
// The table that the older Go tool's `reporter` prints, from its JUnit files and from ours.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "opready/junit/report.hpp"

namespace opready::report {

/// One row, its cells as they're shown.
struct OlderRow {
  std::string number;  ///< Of the case inside its category, from 1.
  std::string result;  ///< Ginkgo's status in capitals.
  std::string category;
  std::string time;         ///< Seconds, two decimals.
  std::string conformance;  ///< The case's description.
  bool failed = false;

  friend bool operator==(const OlderRow&, const OlderRow&) = default;
};

/// Reads the files of `directory` (not of those inside it) whose names end in "xml", sorted by name; the merged
/// report is left out where files of single cases, which say the same, lie beside it. Throws Error (exit code 3)
/// where the directory or a file can't be read to its end.
[[nodiscard]] std::vector<junit::Report> read_older_directory(const std::filesystem::path& directory);

/// A row a test case; one in a file of the older tool that has no test case is a failure.
[[nodiscard]] std::vector<OlderRow> older_rows(const std::vector<junit::Report>& reports);

/// With the older tool's title line, header, footer and quoting (`\"` for a quote). Its footer counts only FAILED as
/// failed; ours counts TIMEDOUT, PANICKED and the others too.
[[nodiscard]] std::string older_csv(const std::vector<OlderRow>& rows);

/// The same as aligned text.
[[nodiscard]] std::string older_table(const std::vector<OlderRow>& rows);

}  // namespace opready::report
