// SPDX-License-Identifier: Apache-2.0
// `cleanup`: deletes what one run left in the cluster, as its own events tell.
#include <algorithm>
#include <set>
#include <string>
#include <unistd.h>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "opready/base/clock.hpp"
#include "opready/base/counted.hpp"
#include "opready/base/error.hpp"
#include "opready/base/log.hpp"
#include "opready/cluster/namespace_wait.hpp"
#include "opready/cluster/placement_policy.hpp"
#include "opready/cluster/remains.hpp"
#include "opready/cluster/repair.hpp"
#include "opready/record/event_log.hpp"

#include "commands.hpp"
#include "leftovers.hpp"
#include "preparation.hpp"
#include "standard_output.hpp"
#include "stoppable_loop.hpp"

namespace opready::cli {
namespace {

/// Namespaces named in a line of progress.
constexpr std::size_t kNamed = 5;

/// Of every attempt, whether or not it came to its end.
cluster::E2eTraces traces_of(const model::RunRecord& run) {
  cluster::E2eTraces traces;
  for (const model::CaseRecord& item : run.cases) {
    for (const model::AttemptRecord& attempt : item.attempts) {
      if (!attempt.e2e_run.empty()) {
        traces.e2e_runs.push_back(attempt.e2e_run);
      }
      if (attempt.finished) {
        const std::vector<std::string>& names = attempt.finished->result.namespaces;
        traces.namespaces.insert(traces.namespaces.end(), names.begin(), names.end());
      }
    }
  }
  for (const model::NamespaceLeft& left : run.namespaces_left) {
    traces.namespaces.push_back(left.name);
  }
  return traces;
}

cluster::OwnerRecord owner_of(const model::RunRecord& run, base::Timestamp now, std::vector<std::string> e2e_runs) {
  cluster::OwnerRecord record;
  record.owner = last_owner_of(run);
  record.heartbeat = now;  // Silence proves nothing here: a case may write no event for an hour.
  record.e2e_runs = std::move(e2e_runs);
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

void require_same_cluster(const model::RunRecord& run, const cluster::Target& target, const CleanupOptions& options) {
  if (target.server != run.started.cluster.server) {
    throw base::environment_error(
        fmt::format("the run in '{}' was against {}, not {}: name its --kubeconfig or --context",
                    options.directory.string(), run.started.cluster.server, target.server));
  }
}

void warn_of(const std::vector<std::string>& lines) {
  for (const std::string& line : lines) {
    base::log_warning(line);
  }
}

/// What one run left: its cases, and the run itself.
class Cleanup {
 public:
  Cleanup(const cluster::Target& target, cluster::OwnerRecord owner, report::TextOutput& out)
      : target_(target), owner_(std::move(owner)), out_(out) {}

  void find(const cluster::E2eTraces& traces) {
    remover_.find(traces, [this](const cluster::Remains& remains) { remains_ = remains; });
    loop_.run();
    plan_ = cluster::find_leftovers(target_, loop_.capture(), liveness_, owner_);
  }

  /// True where all of it is known.
  bool show() {
    std::set<std::string> shown;  // Both may have found a namespace.
    const auto announce = [&](const std::string& what) {
      if (shown.insert(what).second) {
        out_.write("to be removed: " + what + '\n');
      }
    };
    for (const cluster::Remnant& object : remains_.objects) {
      announce(object.what);
    }
    for (const cluster::RepairAction& action : plan_.actions) {
      announce(action.what);
    }
    for (const std::string& name : remains_.going) {
      out_.write("being removed already: namespace " + name + '\n');
    }
    const bool all_read = remains_.unread.empty() && plan_.unread.empty();
    if (shown.empty() && remains_.going.empty() && all_read) {
      out_.write("nothing of that run is left\n");
    }
    return all_read;
  }

  void warn_of_unread() const {
    warn_of(remains_.unread);
    warn_of(plan_.unread);
  }

  /// True where nothing is left but namespaces on their way.
  bool remove() {
    cluster::Removal removal;
    remover_.remove(remains_.objects, [&](const cluster::Removal& removed) { removal = removed; });
    loop_.run();
    for (const std::string& line : removal.done) {
      out_.write(line + '\n');
    }
    warn_of(remains_.unread);
    warn_of(removal.failed);
    // After that, since the run's record goes only when all else is gone.
    const bool repaired = cli::show(cluster::repair(target_, loop_.capture(), liveness_, owner_), out_);
    return repaired && remains_.unread.empty() && removal.failed.empty();
  }

  /// True where all of the run's namespaces are gone in time.
  bool wait(std::chrono::milliseconds limit) {
    std::set<std::string> names(remains_.going.begin(), remains_.going.end());
    for (const cluster::Remnant& object : remains_.objects) {
      names.insert(object.name_space);
    }
    if (!plan_.actions.empty()) {
      names.insert(cluster::placement_name(owner_.owner.run));
    }
    names.erase("");
    if (names.empty()) {
      return true;
    }
    cluster::WaitEnd end;
    const cluster::NamespaceWait waiting(loop_.access(target_), std::move(names), {.limit = limit},
                                         {.on_progress = [this](const auto& lingering) { tell(lingering); },
                                          .on_end =
                                              [&](const cluster::WaitEnd& told) {
                                                end = told;
                                                loop_.stop();
                                              }});
    loop_.run();
    return show_end(end);
  }

 private:
  void tell(const std::vector<std::string>& lingering) {
    const std::size_t named = std::min(kNamed, lingering.size());
    out_.write(fmt::format("waiting for {} to be gone: {}{}\n", base::counted(lingering.size(), "namespace"),
                           fmt::join(lingering.begin(), lingering.begin() + static_cast<std::ptrdiff_t>(named), ", "),
                           named < lingering.size() ? ", ..." : ""));
  }

  bool show_end(const cluster::WaitEnd& end) {
    for (const cluster::LingeringNamespace& item : end.lingering) {
      out_.write(fmt::format("namespace {} stays Terminating: {}\n", item.name, item.why));
    }
    if (!end.unknown.empty()) {
      base::log_warning("cannot tell which namespaces are gone: " + end.unknown);
    } else if (end.lingering.empty()) {
      out_.write("all namespaces of that run are gone\n");
    }
    return end.lingering.empty() && end.unknown.empty();
  }

  const cluster::Target& target_;
  cluster::OwnerRecord owner_;
  cluster::Liveness liveness_{.now = owner_.heartbeat,
                              .life_of = [](const process::Identity&) { return process::Life::ended; }};
  report::TextOutput& out_;
  StoppableLoop loop_{"stopped; the same command goes on with what is left"};
  cluster::RemainsRemover remover_{loop_.access(target_)};
  cluster::Remains remains_;
  cluster::RepairPlan plan_;
};

int exit_status(bool all_well) {
  return static_cast<int>(all_well ? base::ExitCode::ok : base::ExitCode::failed);
}

}  // namespace

int perform(const CleanupOptions& options) {
  const model::RunRecord run = record::read_event_log(options.directory / record::kEventLogName);
  const cluster::E2eTraces traces = traces_of(run);
  const cluster::OwnerRecord owner = owner_of(run, base::SystemClock().wall(), traces.e2e_runs);
  require_end(run, owner.owner, options.assume_ended);
  const cluster::Target target = target_of(options.target);
  require_same_cluster(run, target, options);
  Screen out(STDOUT_FILENO);
  Cleanup cleanup(target, owner, out);
  cleanup.find(traces);
  const bool all_read = cleanup.show();
  if (options.dry_run) {
    cleanup.warn_of_unread();
    return exit_status(all_read);
  }
  const bool removed = cleanup.remove();
  const bool gone = options.wait.count() == 0 || cleanup.wait(options.wait);
  return exit_status(removed && gone);
}

}  // namespace opready::cli
