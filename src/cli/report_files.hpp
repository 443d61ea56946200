// SPDX-License-Identifier: Apache-2.0
// The files that a run leaves for its readers.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "opready/base/output_directory.hpp"
#include "opready/base/timestamp.hpp"
#include "opready/cli/options.hpp"
#include "opready/model/run_record.hpp"

namespace opready::cli {

/// --report-dir, else $ARTIFACTS, else "op-readiness-<context>-<UTC time>" here, with the shard where there is one.
[[nodiscard]] std::filesystem::path choose_report_directory(const std::optional<std::filesystem::path>& asked,
                                                            const std::string& context, base::Timestamp now,
                                                            const std::optional<model::Shard>& shard);

/// A report directory that no other run can write to.
struct ReportDirectory {
  base::OutputDirectory directory;
  base::OutputFile log;  ///< Its events.jsonl.
};

/// Creates it, ready for a new run. Throws Error (exit code 3) where it can't be written, a run is under way there, or
/// it holds one already; `overwrite` removes what that run left.
[[nodiscard]] ReportDirectory open_report_directory(const std::filesystem::path& path, bool overwrite);

/// Creates it for reports only. Throws Error (exit code 3) where there is something in it already.
[[nodiscard]] base::OutputDirectory new_directory(const std::filesystem::path& path);

/// Writes, each as a whole: the merged JUnit file, summary.json, summary.md, results.csv, metadata.json, with
/// `per_case` the older tool's, and last report.html. `shown` is how their readers should see the directory.
void write_report_files(const model::RunRecord& record, const base::OutputDirectory& directory, std::string_view shown,
                        const JunitOptions& junit);

}  // namespace opready::cli
