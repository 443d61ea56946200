// SPDX-License-Identifier: Apache-2.0
// `doctor`: what killed runs left in the cluster, and how to be rid of it.
#include <unistd.h>

#include "opready/base/clock.hpp"
#include "opready/base/error.hpp"
#include "opready/base/log.hpp"
#include "opready/cluster/repair.hpp"
#include "opready/process/capture.hpp"

#include "commands.hpp"
#include "leftovers.hpp"
#include "preparation.hpp"
#include "standard_output.hpp"

namespace opready::cli {
namespace {

int exit_status(bool all_well) {
  return static_cast<int>(all_well ? base::ExitCode::ok : base::ExitCode::failed);
}

int repair(const cluster::Target& target, const cluster::Liveness& liveness, report::TextOutput& out) {
  const cluster::RepairReport repaired = cluster::repair(target, process::stoppable_capture, liveness);
  const bool all_well = show(repaired, out);
  if (all_well && repaired.done.empty()) {
    out.write("nothing to repair\n");
  }
  return exit_status(all_well);
}

int look(const cluster::Target& target, const cluster::Liveness& liveness, report::TextOutput& out) {
  const cluster::RepairPlan plan = cluster::find_leftovers(target, process::stoppable_capture, liveness);
  for (const cluster::RepairAction& action : plan.actions) {
    out.write(action.what + ": run " + action.run + " is dead\n");
  }
  for (const std::string& line : plan.left) {
    out.write(line + '\n');
  }
  for (const std::string& line : plan.unread) {
    base::log_warning(line);
  }
  const bool all_well = plan.actions.empty() && plan.unread.empty();
  out.write(plan.actions.empty() ? "no killed run left anything that can be seen\n"
                                 : "`op-readiness doctor --repair` undoes what dead runs left\n");
  return exit_status(all_well);
}

}  // namespace

int perform(const DoctorOptions& options) {
  const cluster::Target target = target_of(options.target);
  const cluster::Liveness liveness{.now = base::SystemClock().wall()};
  Screen out(STDOUT_FILENO);
  return options.repair ? repair(target, liveness, out) : look(target, liveness, out);
}

}  // namespace opready::cli
