// SPDX-License-Identifier: Apache-2.0
// Decides what a run will do, before anything is started.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "opready/model/plan.hpp"
#include "opready/model/version.hpp"
#include "opready/plan/command_line.hpp"
#include "opready/suite/suite.hpp"

namespace opready::plan {

struct PlanOptions {
  CommandOptions command;
  std::optional<model::Version> kubernetes_version;  ///< Default: the suite's own, since spec names live there.
  std::chrono::milliseconds case_timeout = std::chrono::hours(1);  ///< For cases that declare none.
  bool allow_disruptive = false;
};

/// The plan for cases that `choose` gave. Throws Error where the version is neither given nor to be seen from the
/// suite, what `suite.specs()` throws, and what `check_extra_args` throws.
[[nodiscard]] model::Plan make_plan(const std::vector<model::TestCase>& chosen, suite::Suite& suite,
                                    const PlanOptions& options);

}  // namespace opready::plan
