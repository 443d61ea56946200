// SPDX-License-Identifier: Apache-2.0
// What each subcommand adds to the command line.
#pragma once

#include <CLI/App.hpp>

#include "opready/cli/options.hpp"

namespace opready::cli {

/// Each binds its options to the struct, which must outlive the parsing.
CLI::App* add_run(CLI::App& app, RunOptions& options, bool& dry_run);
/// --retries and what else decides how a run copes with failures and time.
void add_endurance(CLI::App& run, RunOptions& options);
CLI::App* add_list(CLI::App& app, ListOptions& options);
CLI::App* add_validate(CLI::App& app, ValidateOptions& options);
CLI::App* add_coverage(CLI::App& app, CoverageOptions& options);
CLI::App* add_report(CLI::App& app, ReportOptions& options);
CLI::App* add_reporter(CLI::App& app, ReporterOptions& options);
CLI::App* add_merge(CLI::App& app, MergeOptions& options);
CLI::App* add_compare(CLI::App& app, CompareOptions& options);
CLI::App* add_history(CLI::App& app, HistoryOptions& options);
CLI::App* add_publish(CLI::App& app, PublishOptions& options);
CLI::App* add_doctor(CLI::App& app, DoctorOptions& options);
CLI::App* add_cleanup(CLI::App& app, CleanupOptions& options);
CLI::App* add_generate(CLI::App& app, AdmissionPolicyOptions& options);

}  // namespace opready::cli
