// SPDX-License-Identifier: Apache-2.0
// What runs left in a cluster, as `run`, `doctor` and `cleanup` deal with it.
#pragma once

#include <string>

#include "opready/cluster/kubeconfig.hpp"
#include "opready/cluster/repair.hpp"
#include "opready/report/text_output.hpp"

namespace opready::cli {

/// Before a run changes anything: undoes what dead ones left, and says so. Whatever can't be undone is a warning.
void undo_dead_runs(const cluster::Target& target, report::TextOutput& out);

/// Prints each line of a repair. True where nothing is left that was to be removed.
[[nodiscard]] bool show(const cluster::RepairReport& repaired, report::TextOutput& out);

}  // namespace opready::cli
