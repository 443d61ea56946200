// SPDX-License-Identifier: Apache-2.0
// Decides what a run will do, before anything is started.
#pragma once

#include <chrono>
#include <functional>
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
  std::vector<std::string> without;  ///< Needs that the cluster can't meet.
  bool mark_ordered = false;         ///< Ask suites which specs are in Ordered containers.
  bool air_gapped = false;           ///< The cluster can't reach the internet, and isn't meant to.
};

/// Opens the suite of a name; called once for each that chosen cases have.
using OpenSuite = std::function<suite::Suite(const std::string& name)>;

/// The plan for cases that `choose` gave. The version in question is the one asked for, else that of the case's suite,
/// else that of the e2e suite. Throws Error where none of them tells one, what `open` and `Suite::specs` throw, and
/// what `check_extra_args` throws.
[[nodiscard]] model::Plan make_plan(const std::vector<model::TestCase>& chosen, const OpenSuite& open,
                                    const PlanOptions& options);

}  // namespace opready::plan
