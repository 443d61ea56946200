// SPDX-License-Identifier: Apache-2.0
// `cleanup`: deletes what one run left in the cluster, as its own events tell.
#include <unistd.h>

#include <fmt/format.h>

#include "opready/base/clock.hpp"
#include "opready/base/error.hpp"
#include "opready/cluster/repair.hpp"
#include "opready/process/capture.hpp"
#include "opready/record/event_log.hpp"

#include "commands.hpp"
#include "leftovers.hpp"
#include "preparation.hpp"

namespace opready::cli {
namespace {

cluster::OwnerRecord owner_of(const model::RunRecord& run, base::Timestamp now) {
  cluster::OwnerRecord record;
  record.owner = last_owner_of(run);
  record.heartbeat = now;  // Silence proves nothing here: a case may write no event for an hour.
  for (const model::CaseRecord& item : run.cases) {
    for (const model::AttemptRecord& attempt : item.attempts) {
      if (!attempt.e2e_run.empty()) {
        record.e2e_runs.push_back(attempt.e2e_run);
      }
    }
  }
  return record;
}

/// Throws where the run may live.
void require_end(const model::RunRecord& run, const cluster::Owner& owner, bool assume_ended) {
  const process::Life life = process::life_of(owner.process);
  if (run.finished || life == process::Life::ended) {
    return;
  }
  if (life == process::Life::alive) {
    throw base::environment_error(
        fmt::format("{} is still under way: wait for its end or stop it", cluster::describe(owner)));
  }
  if (!assume_ended) {
    throw base::environment_error(
        fmt::format("{} may still be under way: if it has ended, say --assume-ended", cluster::describe(owner)));
  }
}

}  // namespace

int perform(const CleanupOptions& options) {
  const model::RunRecord run = record::read_event_log(options.directory / record::kEventLogName);
  const base::Timestamp now = base::SystemClock().wall();
  const cluster::OwnerRecord owner = owner_of(run, now);
  require_end(run, owner.owner, options.assume_ended);
  const cluster::Target target = target_of(options.target);
  if (target.server != run.started.cluster.server) {
    throw base::environment_error(
        fmt::format("the run in '{}' was against {}, not {}: name its --kubeconfig or --context",
                    options.directory.string(), run.started.cluster.server, target.server));
  }
  const cluster::Liveness liveness{.now = now,
                                   .life_of = [](const process::Identity&) { return process::Life::ended; }};
  report::DescriptorOutput out(STDOUT_FILENO);
  for (const cluster::RepairAction& action :
       cluster::find_leftovers(target, process::stoppable_capture, liveness, owner).actions) {
    out.write("to be removed: " + action.what + '\n');
  }
  const cluster::RepairReport repaired = cluster::repair(target, process::stoppable_capture, liveness, owner);
  const bool all_well = show(repaired, out);
  if (all_well && repaired.done.empty()) {
    out.write("nothing of that run is left\n");
  }
  return static_cast<int>(all_well ? base::ExitCode::ok : base::ExitCode::failed);
}

}  // namespace opready::cli
