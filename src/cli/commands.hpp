// SPDX-License-Identifier: Apache-2.0
// The subcommands: each takes its options and returns the exit status.
#pragma once

#include "opready/cli/options.hpp"

namespace opready::cli {

int perform(const RunOptions& options);
int perform(const ListOptions& options);
int perform(const ValidateOptions& options);
int perform(const CoverageOptions& options);
int perform(const ReportOptions& options);
int perform(const ReporterOptions& options);
int perform(const MergeOptions& options);
int perform(const CompareOptions& options);
int perform(const HistoryOptions& options);
int perform(const PublishOptions& options);
int perform(const DoctorOptions& options);
int perform(const CleanupOptions& options);
int perform(const AdmissionPolicyOptions& options);

}  // namespace opready::cli
