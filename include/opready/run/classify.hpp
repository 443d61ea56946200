// SPDX-License-Identifier: Apache-2.0
// From how a child ended and what it reported to what became of the case.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "opready/junit/ginkgo_report.hpp"
#include "opready/model/outcome.hpp"
#include "opready/model/spec.hpp"
#include "opready/process/child.hpp"
#include "opready/run/run_state.hpp"

namespace opready::run {

/// All that is known when a child is over.
struct Evidence {
  process::ChildEnd end;
  std::optional<StopCause> stopped;           ///< Why we ended it, where we did.
  std::optional<junit::GinkgoReport> report;  ///< Absent: it wrote none.
  std::vector<model::Spec> planned;           ///< What the plan says it selects.
  std::string last_output;                    ///< Its last lines, for outcomes that no report explains.
};

/// No source is trusted alone: e2e.test exits 0 when it ran nothing, and a report may say "passed" of a process that
/// died. A planned spec that the report doesn't show is added as cancelled or skipped, so that none gets lost.
[[nodiscard]] model::CaseResult classify(const Evidence& evidence);

}  // namespace opready::run
