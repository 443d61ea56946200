// SPDX-License-Identifier: Apache-2.0
// Repairs a cluster and prints what became of it.
#include "leftovers.hpp"

#include <chrono>
#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "opready/base/clock.hpp"
#include "opready/base/log.hpp"
#include "opready/cluster/namespaces.hpp"
#include "opready/model/attempts.hpp"
#include "opready/process/capture.hpp"

namespace opready::cli {
namespace {

constexpr std::chrono::seconds kNamespacesTimeout{3};

/// Of what is left for want of rights or an answer.
void warn_of(const cluster::RepairReport& repaired) {
  for (const auto* lines : {&repaired.unread, &repaired.failed}) {
    for (const std::string& line : *lines) {
      base::log_warning(line);
    }
  }
}

}  // namespace

cluster::Owner owner_of(const std::string& run_id, std::size_t times_resumed, const process::Identity& process) {
  return {times_resumed == 0 ? run_id : fmt::format("{}-{}", run_id, times_resumed + 1), process};
}

cluster::Owner last_owner_of(const model::RunRecord& run) {
  return owner_of(run.started.run_id, run.resumed.size(),
                  run.resumed.empty() ? run.started.process : run.resumed.back().process);
}

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

void undo_ended_run(const cluster::Target& target, const cluster::Owner& owner) {
  const base::Timestamp now = base::SystemClock().wall();
  const cluster::RepairReport repaired = cluster::repair(
      target, process::capture, {.now = now, .life_of = [](const process::Identity&) { return process::Life::ended; }},
      cluster::OwnerRecord{.owner = owner, .heartbeat = now});
  warn_of(repaired);
}

model::NamespacesLeft ask_for_namespaces(const model::RunRecord& record, const cluster::Target& target,
                                         report::TextOutput& out) {
  std::map<std::string, std::string> cases_by_run;
  for (const model::CaseRecord& item : record.cases) {
    for (const model::AttemptRecord& attempt : item.attempts) {
      if (!attempt.e2e_run.empty() && model::was_cut_off(model::result_of(attempt))) {
        cases_by_run.emplace(attempt.e2e_run, attempt.started.id);
      }
    }
  }
  std::vector<std::string> runs;
  runs.reserve(cases_by_run.size());
  for (const auto& [run, id] : cases_by_run) {
    runs.push_back(run);
  }
  model::NamespacesLeft left{.time = base::SystemClock().wall()};
  const cluster::NamespacesAnswer answer = cluster::namespaces_of(runs, target, process::capture, kNamespacesTimeout);
  if (!answer.unknown.empty()) {
    out.write(fmt::format("warning: cannot tell which namespaces cases left that were cut off: {}\n", answer.unknown));
  }
  for (const cluster::RunNamespace& found : answer.namespaces) {
    left.namespaces.push_back({found.name, cases_by_run[found.e2e_run]});
  }
  return left;
}

bool show(const cluster::RepairReport& repaired, report::TextOutput& out) {
  for (const std::string& line : repaired.done) {
    out.write(line + '\n');
  }
  for (const std::string& line : repaired.left) {
    out.write("left " + line + '\n');
  }
  warn_of(repaired);
  return repaired.unread.empty() && repaired.failed.empty();
}

}  // namespace opready::cli
