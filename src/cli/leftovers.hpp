// SPDX-License-Identifier: Apache-2.0
// What runs left in a cluster, as `run`, `doctor` and `cleanup` deal with it.
#pragma once

#include <string>

#include "opready/cluster/kubeconfig.hpp"
#include "opready/cluster/repair.hpp"
#include "opready/model/run_record.hpp"
#include "opready/report/text_output.hpp"

namespace opready::cli {

/// Who acts in the cluster for a run. Each time that it goes on it takes a name of its own, since what bears the one
/// before may take long to go.
[[nodiscard]] cluster::Owner owner_of(const std::string& run_id, std::size_t times_resumed,
                                      const process::Identity& process);
/// Who did last.
[[nodiscard]] cluster::Owner last_owner_of(const model::RunRecord& run);

/// Before a run changes anything: undoes what dead ones left, and says so. Whatever can't be undone is a warning.
void undo_dead_runs(const cluster::Target& target, report::TextOutput& out);

/// After a failure in the middle of a run, when its placer can't be asked any more.
void undo_ended_run(const cluster::Target& target, const cluster::Owner& owner);

/// Namespaces of cases that were cut off, asked for only where there are such cases.
[[nodiscard]] model::NamespacesLeft ask_for_namespaces(const model::RunRecord& record, const cluster::Target& target,
                                                       report::TextOutput& out);

/// Prints each line of a repair. True where nothing is left that was to be removed.
[[nodiscard]] bool show(const cluster::RepairReport& repaired, report::TextOutput& out);

}  // namespace opready::cli
