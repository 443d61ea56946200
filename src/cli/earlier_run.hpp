// SPDX-License-Identifier: Apache-2.0
// A run that has ended, as the beginning of another: --resume goes on with it, --rerun-failed runs its failures.
#pragma once

#include <filesystem>
#include <optional>

#include "opready/cli/options.hpp"
#include "opready/cluster/kubeconfig.hpp"
#include "opready/cluster/ownership.hpp"
#include "opready/model/run_record.hpp"
#include "opready/report/text_output.hpp"

#include "preparation.hpp"
#include "report_files.hpp"

namespace opready::cli {

struct EarlierRun {
  std::filesystem::path path;
  model::RunRecord record;
  std::optional<ReportDirectory> directory;  ///< Of a run that is resumed: nobody else can.

  [[nodiscard]] bool is_resumed() const { return directory.has_value(); }
};

/// What --resume or --rerun-failed names; nothing where neither was given. Throws Error (exit code 3) where there is no
/// run, or one that is to be resumed may still be under way.
[[nodiscard]] std::optional<EarlierRun> earlier_run(const RunOptions& options);

/// What was said to the earlier run, and then to this one. Throws a usage Error.
[[nodiscard]] RunOptions completed(const RunOptions& options, const EarlierRun& earlier);

/// Whether a run that is resumed came to its end, and nothing is left to do.
[[nodiscard]] bool is_complete(const EarlierRun& earlier, int retries);

/// Leaves of the plan what the earlier run means. Throws Error (exit code 4) where nothing failed that could be run.
void restrict_plan(EarlierRun& earlier, Prepared& prepared);

/// The run as it goes on, `now` being what was prepared for it. Throws Error (exit code 3), unless `anyway`, where that
/// isn't the same.
[[nodiscard]] model::RunStarted take_up(const EarlierRun& earlier, const model::RunStarted& now, bool anyway);

/// Ends what lives of the run's children, and removes from the cluster what its end left of cases that are run again.
/// Throws Error (exit code 3) where a child can't be ended.
void clear_up(const EarlierRun& earlier, const cluster::Target& target, std::chrono::milliseconds grace,
              report::TextOutput& out);

}  // namespace opready::cli
