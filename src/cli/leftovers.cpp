// SPDX-License-Identifier: Apache-2.0
// Repairs a cluster and prints what became of it.
#include "leftovers.hpp"

#include "opready/base/clock.hpp"
#include "opready/base/log.hpp"
#include "opready/process/capture.hpp"

namespace opready::cli {

void undo_dead_runs(const cluster::Target& target, report::TextOutput& out) {
  const cluster::RepairReport repaired =
      cluster::repair(target, process::stoppable_capture, {.now = base::SystemClock().wall()});
  for (const std::string& line : repaired.done) {
    out.write(line + ", which a run left that was killed\n");
  }
  for (const std::string& line : repaired.failed) {
    base::log_warning(line);
  }
  // Who may not read that has nothing there either, most likely.
  for (const std::string& line : repaired.unread) {
    base::log_debug(line);
  }
}

bool show(const cluster::RepairReport& repaired, report::TextOutput& out) {
  for (const std::string& line : repaired.done) {
    out.write(line + '\n');
  }
  for (const std::string& line : repaired.left) {
    out.write("left " + line + '\n');
  }
  for (const auto* lines : {&repaired.unread, &repaired.failed}) {
    for (const std::string& line : *lines) {
      base::log_warning(line);
    }
  }
  return repaired.unread.empty() && repaired.failed.empty();
}

}  // namespace opready::cli
