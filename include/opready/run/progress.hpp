// SPDX-License-Identifier: Apache-2.0
// What of a run is done when it's resumed, and what its end left unfinished.
#pragma once

#include <vector>

#include "opready/model/run_record.hpp"
#include "opready/process/identity.hpp"
#include "opready/run/run_state.hpp"

namespace opready::run {

/// For each case of `model::beginning_of(record)`. An attempt that was interrupted is made again, with the same specs,
/// and uses up no retry; one that failed is retried where `retries` are left.
[[nodiscard]] std::vector<CaseProgress> progress_of(const model::RunRecord& record, int retries);

/// Cases that are neither done nor passed over.
[[nodiscard]] std::size_t cases_left(const model::RunRecord& record, int retries);

/// What the run's end left behind.
struct Unfinished {
  std::vector<process::Identity> children;  ///< Of attempts without an end: they may live.
  std::vector<std::string> e2e_runs;        ///< Of attempts that are made again.
};
[[nodiscard]] Unfinished unfinished_of(const model::RunRecord& record);

}  // namespace opready::run
