// SPDX-License-Identifier: Apache-2.0
// Takes up what an earlier run left.
#include "earlier_run.hpp"

#include <algorithm>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "opready/base/clock.hpp"
#include "opready/base/error.hpp"
#include "opready/cli/recorded_arguments.hpp"
#include "opready/cluster/repair.hpp"
#include "opready/process/capture.hpp"
#include "opready/process/identity.hpp"
#include "opready/record/event_log.hpp"
#include "opready/run/progress.hpp"
#include "opready/run/resume.hpp"
#include "opready/run/survivor.hpp"

#include "leftovers.hpp"

namespace opready::cli {
namespace {

constexpr std::size_t kNamedDifferences = 8;
constexpr const char* kRerunFailed = "--rerun-failed";

/// The record may not know what the new plan does.
void mark_ordered(model::RunRecord& record, const model::Plan& plan) {
  std::set<std::string_view> ordered;
  for (const model::PlannedCase& planned : plan.cases) {
    for (const model::Spec& spec : planned.specs) {
      if (spec.ordered) {
        ordered.insert(spec.name);
      }
    }
  }
  for (model::CaseRecord& item : record.cases) {
    for (model::Spec& spec : item.planned.specs) {
      spec.ordered = ordered.contains(spec.name);
    }
  }
}

EarlierRun open_to_resume(const std::filesystem::path& path) {
  const std::filesystem::path log = path / record::kEventLogName;
  std::error_code error;
  if (!std::filesystem::exists(log, error)) {
    throw base::environment_error(fmt::format("'{}' holds no run{}{}", path.string(),
                                              error ? " that can be read: " : "",
                                              error ? base::errno_text(error.value()) : ""));
  }
  base::OutputDirectory directory = base::OutputDirectory::create(path);
  base::OutputFile file = record::open_event_log(directory);
  EarlierRun earlier{path, record::read_event_log(log), ReportDirectory{std::move(directory), std::move(file)}};
  // Where the file system knows no locks. Of a process on another machine nothing is certain; a lock told more.
  const cluster::Owner owner = last_owner_of(earlier.record);
  if (process::life_of(owner.process) == process::Life::alive) {
    throw base::environment_error(
        fmt::format("{} is still under way: wait for its end or stop it", cluster::describe(owner)));
  }
  return earlier;
}

}  // namespace

std::optional<EarlierRun> earlier_run(const RunOptions& options) {
  if (options.resume) {
    return open_to_resume(*options.resume);
  }
  if (options.rerun_failed) {
    return EarlierRun{*options.rerun_failed, record::read_event_log(*options.rerun_failed / record::kEventLogName), {}};
  }
  return std::nullopt;
}

RunOptions completed(const RunOptions& options, const EarlierRun& earlier) {
  if (options.rerun_failed && options.selection.shard) {
    throw base::usage_error("--rerun-failed takes no --shard: what failed is run as a whole");
  }
  const Parsed parsed = parse_command_line(completed_arguments(earlier.record.started.arguments, options.arguments));
  RunOptions completed = std::get<RunOptions>(parsed.options.value());
  // The earlier run may not have asked, having had no retries.
  completed.selection.mark_ordered = true;
  // What failed in one shard is a plan of its own, which nobody shares.
  if (options.rerun_failed || holds_option(earlier.record.started.arguments, kRerunFailed)) {
    completed.selection.shard.reset();
  }
  // Without a shard to cut they only tell of the time left: not worth a file that may be gone.
  if (!completed.selection.shard) {
    completed.selection.durations = options.selection.durations;
  }
  return completed;
}

bool is_complete(const EarlierRun& earlier, int retries) {
  return earlier.record.finished && !earlier.record.stop && run::cases_left(earlier.record, retries) == 0;
}

void restrict_plan(EarlierRun& earlier, Prepared& prepared) {
  model::RunRecord& record = earlier.record;
  mark_ordered(record, prepared.plan);
  if (!earlier.is_resumed()) {
    const run::PlanPart failed = run::failed_part(record);
    if (failed.empty()) {
      throw base::Error(base::ExitCode::nothing_ran, fmt::format("nothing failed in '{}'", earlier.path.string()));
    }
    keep_only(failed, prepared);
  } else if (holds_option(record.started.arguments, kRerunFailed)) {
    keep_only(run::part_of(model::beginning_of(record).plan), prepared);
  }
}

model::RunStarted take_up(const EarlierRun& earlier, const model::RunStarted& now, bool anyway) {
  model::RunStarted then = model::beginning_of(earlier.record);
  const std::vector<std::string> differences = run::differences(then, now);
  if (!differences.empty() && !anyway) {
    std::string text;
    for (std::size_t i = 0; i < std::min(differences.size(), kNamedDifferences); ++i) {
      text += "\n  " + differences[i];
    }
    if (differences.size() > kNamedDifferences) {
      text += fmt::format("\n  and {} more", differences.size() - kNamedDifferences);
    }
    throw base::environment_error(fmt::format(
        "this is not what the run in '{}' was (--resume-anyway: go on with its cases and specs all the same):{}",
        earlier.path.string(), text));
  }
  return run::continued(std::move(then), now);
}

void clear_up(const EarlierRun& earlier, const cluster::Target& target, std::chrono::milliseconds grace,
              report::TextOutput& out) {
  run::Unfinished unfinished = run::unfinished_of(earlier.record);
  for (const process::Identity& child : unfinished.children) {
    if (run::end_survivor(child, grace)) {
      out.write(fmt::format("ended process {}, which the run had left\n", child.pid));
    }
  }
  const base::Timestamp now = base::SystemClock().wall();
  const cluster::Liveness liveness{.now = now,
                                   .life_of = [](const process::Identity&) { return process::Life::ended; }};
  const cluster::OwnerRecord leftovers{.owner = last_owner_of(earlier.record),
                                       .heartbeat = now,
                                       .e2e_runs = std::move(unfinished.e2e_runs),
                                       .nodes = {}};
  // What can't be removed is warned of, and does the cases no harm.
  std::ignore = show(cluster::repair(target, process::stoppable_capture, liveness, leftovers), out);
}

}  // namespace opready::cli
