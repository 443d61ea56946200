// SPDX-License-Identifier: Apache-2.0
// `run`: performs the plan and leaves the reports.
#include <algorithm>
#include <csignal>
#include <random>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

#include "opready/base/error.hpp"
#include "opready/base/log.hpp"
#include "opready/base/redact.hpp"
#include "opready/cli/build_info.hpp"
#include "opready/cluster/observer.hpp"
#include "opready/model/fan_out.hpp"
#include "opready/model/verdict.hpp"
#include "opready/plan/command_line.hpp"
#include "opready/process/capture.hpp"
#include "opready/process/identity.hpp"
#include "opready/record/event_log.hpp"
#include "opready/report/console_summary.hpp"
#include "opready/report/plan_findings.hpp"
#include "opready/report/run_header.hpp"
#include "opready/report/terminal_echo.hpp"
#include "opready/report/text_output.hpp"
#include "opready/run/progress.hpp"
#include "opready/run/runner.hpp"

#include "commands.hpp"
#include "earlier_run.hpp"
#include "leftovers.hpp"
#include "placement.hpp"
#include "preparation.hpp"
#include "prepull.hpp"
#include "report_files.hpp"
#include "run_reports.hpp"
#include "scratch_directory.hpp"
#include "sharding.hpp"
#include "standard_output.hpp"
#include "step_summary.hpp"

namespace opready::cli {
namespace {

constexpr int kJobsWithoutNodes = 2;
constexpr int kMostAutomaticJobs = 4;
constexpr int kJobsPerWindowsNode = 2;

/// What the command line's grammar can't say.
void require_sense(const RunOptions& options) {
  if (options.selection.placing == Placing::taint && options.selection.shard) {
    throw base::usage_error("--shard needs --place=policy or none: only one run at a time can taint the Linux nodes");
  }
  if (options.selection.placing == Placing::taint && !options.node_selector.empty()) {
    throw base::usage_error("--node-selector needs --place=policy: a taint only keeps pods off Linux nodes");
  }
}

void demand_placement(const Prepared& prepared, const RunOptions& options) {
  const std::string left_open =
      report::scheduler_notice(prepared.plan, prepared.cluster, name_of(options.selection.placing));
  if (options.selection.strict && !left_open.empty()) {
    throw base::environment_error("--strict: " + left_open);
  }
}

/// e2e.test waits for nodes with taints that it isn't told of, though pods that are placed tolerate them.
void let_e2e_test_use(const std::vector<cluster::Node>& nodes, model::Plan& plan) {
  std::vector<std::string> keys;
  for (const cluster::Taint& taint : cluster::lasting_taints(nodes)) {
    keys.push_back(taint.key);
  }
  for (model::PlannedCase& planned : plan.cases) {
    plan::add_non_blocking_taints(planned.command, keys);
  }
}

std::string random_run_id() {
  std::random_device device;
  return fmt::format("{:08x}{:08x}", device(), device());
}

int automatic_jobs(const model::ClusterFacts& cluster) {
  if (!cluster.windows_nodes_ready) {
    return kJobsWithoutNodes;
  }
  return std::clamp(kJobsPerWindowsNode * *cluster.windows_nodes_ready, 1, kMostAutomaticJobs);
}

model::RunStarted describe(const Prepared& prepared, const RunOptions& options, base::Timestamp now) {
  model::RunStarted started;
  started.time = now;
  started.run_id = random_run_id();
  started.process = process::this_process();
  started.tool_version = version();
  started.cluster = prepared.cluster;
  started.plan = prepared.plan;
  started.jobs = options.jobs.value_or(automatic_jobs(started.cluster));
  started.provider = options.selection.provider;
  for (const auto& [name, value] : options.labels) {
    const std::string pair = base::redacted_command({fmt::format("{}={}", name, value)}).front();
    started.labels.emplace(name, pair.substr(name.size() + 1));
  }
  started.categories = prepared.categories;
  started.whole_categories = prepared.whole_categories;
  started.shard = options.selection.shard;
  started.placement = name_of(options.selection.placing);
  started.node_selector = options.node_selector;
  started.flaky_fails = options.endurance.flaky_fails;
  started.arguments = base::redacted_command(options.arguments);
  if (!options.evidence) {
    started.evidence_lacks.push_back("--no-evidence was given");
  } else if (!prepared.nodes_unknown.empty()) {
    started.evidence_lacks.push_back("the cluster's nodes are not known: " + prepared.nodes_unknown);
  }
  return started;
}

/// What runs beside the cases.
struct Companions {
  std::unique_ptr<cluster::Observer> observer;
  std::unique_ptr<cluster::Placer> placer;
  std::unique_ptr<cluster::Sweeper> sweeper;
  std::unique_ptr<cluster::Turns> turns;
};

/// Waits for whatever they do to undo their work in the cluster. Bounded by themselves.
void undo(const Companions& companions, process::EventLoop& loop) {
  int busy = 0;
  const auto ended = [&](const std::string& failure) {
    if (!failure.empty()) {
      base::log_warning(failure);
    }
    --busy;
    loop.stop();
  };
  if (companions.placer) {
    ++busy;
    companions.placer->end(ended);
  }
  if (companions.turns) {
    ++busy;
    companions.turns->end(ended);
  }
  while (busy > 0) {
    loop.run();
  }
}

run::RunLimits limits_of(const RunOptions& options, int jobs, const Companions& companions) {
  return {.jobs = jobs,
          .grace = options.selection.grace_period,
          .place = companions.placer != nullptr,
          .turns = companions.turns != nullptr,
          .retries = options.selection.retries,
          .retry_delay = options.endurance.retry_delay,
          .fail_fast = options.endurance.fail_fast,
          .timeout = options.endurance.timeout};
}

/// A run that has all it needs to be performed.
struct Undertaking {
  Prepared prepared;
  ReadyPlacement placement;
  ImagesFirst images;
  Part part;
  model::RunStarted started;
  std::filesystem::path path;
  ReportDirectory place;
  std::optional<model::RunRecord> before;  ///< Of a run that goes on.
};

/// Returns why the run was ended for want of a place to write, empty where it wasn't. Reports come before anything that
/// takes time: whoever stopped the run may not wait.
std::string perform_plan(const Undertaking& run, const RunOptions& options, run::Surroundings around,
                         const Companions& companions, record::EventLogWriter& log, Reports& reports) {
  const base::TemporaryDirectory raw_reports("reports-");
  around.observer = companions.observer.get();
  around.placer = companions.placer.get();
  around.sweeper = companions.sweeper.get();
  around.turns = companions.turns.get();
  run::RunnerOptions how{.limits = limits_of(options, run.started.jobs, companions),
                         .progress = {},
                         .raw_reports = raw_reports.path(),
                         .keep_raw = options.keep_raw};
  if (run.before) {
    how.progress = run::progress_of(*run.before, how.limits.retries);
  }
  run::Runner runner(around, how);
  log.on_failure([&](const std::string& why) {
    around.loop.after(std::chrono::milliseconds(0), [&runner, why] { runner.write_failed(why); });
  });
  if (run.before) {
    runner.resume(run.started, {.time = around.clock.wall(),
                                .process = run.started.process,
                                .tool_version = run.started.tool_version,
                                .jobs = run.started.jobs,
                                .labels = run.started.labels,
                                .flaky_fails = run.started.flaky_fails});
  } else {
    runner.run(run.started);
  }
  if (companions.observer) {
    companions.observer->stop();
  }
  reports.write();
  undo(companions, around.loop);
  runner.finish_sweeping();
  log.on_failure({});
  return runner.write_failure();
}

/// After an error that is told later: what can still be done is done, and what can't is a warning.
void try_to(const std::function<void()>& act) {
  try {
    act();
  } catch (const std::exception& error) {
    base::log_warning(error.what());
  }
}

Undertaking undertake(const RunOptions& options, std::optional<EarlierRun> earlier, report::TextOutput& out) {
  Prepared prepared = prepare(options.selection, Purpose::run);
  if (earlier) {
    restrict_plan(*earlier, prepared);
  }
  demand_something_to_run(prepared.plan, options.selection.strict);
  const Part part = take_part(prepared.plan, options.selection);
  ask_cluster(prepared);
  demand_placement(prepared, options);
  demand_turns(part, prepared.target);
  undo_dead_runs(prepared.target, out);
  ReadyPlacement placement = ready_placement(options, prepared, out);
  if (placement.way != Placing::scheduler) {
    let_e2e_test_use(cluster::windows_nodes(prepared.nodes, {}), prepared.plan);
  }
  ImagesFirst images = images_first(options, prepared, options.jobs.value_or(automatic_jobs(prepared.cluster)));
  const base::Timestamp now = base::SystemClock().wall();
  model::RunStarted started = describe(prepared, options, now);
  if (earlier && earlier->is_resumed()) {
    started = take_up(*earlier, started, options.resume_anyway);
    clear_up(*earlier, prepared.target, options.selection.grace_period, out);
    return {.prepared = std::move(prepared),
            .placement = std::move(placement),
            .images = std::move(images),
            .part = part,
            .started = std::move(started),
            .path = earlier->path,
            .place = *std::move(earlier->directory),
            .before = std::move(earlier->record)};
  }
  std::filesystem::path path = choose_report_directory(options.report_dir, prepared.target.context, now, part.shard);
  ReportDirectory place = open_report_directory(path, options.overwrite);
  return {.prepared = std::move(prepared),
          .placement = std::move(placement),
          .images = std::move(images),
          .part = part,
          .started = std::move(started),
          .path = std::move(path),
          .place = std::move(place),
          .before = {}};
}

/// A run that goes on may be watched less than before.
void tell_new_lacks(const Undertaking& run, base::Timestamp now, model::EventSink& sink) {
  const std::vector<std::string>& known = run.before->evidence_lacks;
  for (const std::string& why : run.started.evidence_lacks) {
    if (std::find(known.begin(), known.end(), why) == known.end()) {
      sink.on_event(model::EvidenceLacks{.time = now, .why = why});
    }
  }
}

/// Stopped before its first case, while images were pulled. A run that goes on is left as it was.
int end_unstarted(const Undertaking& run, int signal, model::EventSink& sinks, Reports& reports) {
  if (!run.before) {
    tell_unstarted(run.started, signal, sinks);
    reports.write();
  }
  return base::kSignalExitBase + signal;
}

/// As it is now: it may have been resized.
report::Terminal terminal_of(const RunOptions& options) {
  return report::decide_terminal(options.selection.colour, report::terminal_facts(STDOUT_FILENO));
}

report::StreamOptions stream_options(const Undertaking& run, const RunOptions& options, process::EventLoop& loop,
                                     report::TerminalEcho& echo) {
  return {.mode = options.output,
          .slow_after = options.slow_after,
          .earlier = run.part.durations,
          .later = [&loop](std::function<void()> act) { loop.after(report::StatusScreen::kRest, std::move(act)); },
          .drawing = [&echo](bool drawing) { echo.set_on(!drawing); },
          .size = [] { return report::screen_size(STDOUT_FILENO); }};
}

int carry_out(Undertaking run, const RunOptions& options, report::TextOutput& out) {
  const report::Terminal terminal = terminal_of(options);
  const model::RunStarted& started = run.started;
  record::EventLogWriter log(std::move(run.place.log));
  RecordKeeper keeper(run.before.value_or(model::RunRecord()));
  // Takes signals until the reports are written: one that comes after the last case must not end the process.
  process::EventLoop loop;
  report::TerminalEcho echo(STDIN_FILENO);
  report::StreamPrinter printer(out, terminal, stream_options(run, options, loop, echo));
  model::FanOut sinks({&log, &keeper, &printer});
  out.write(report::run_header(started, terminal));
  const base::SystemClock clock;
  if (run.before) {
    printer.restore(*run.before);
    tell_new_lacks(run, clock.wall(), sinks);
  }
  loop.on_signals({SIGWINCH}, [&](int) { printer.redraw(); });
  process::SystemChildStarter starter(loop);
  const cluster::Target& target = run.prepared.target;
  const cluster::Owner owner =
      owner_of(started.run_id, run.before ? run.before->resumed.size() + 1 : 0, started.process);
  Reports reports(keeper, run.place.directory, options.junit);
  if (const int signal = pull_images(run.images, target, owner, out); signal != 0) {
    const int status = end_unstarted(run, signal, sinks, reports);
    out.write(report::console_summary(keeper.record(), run.path.string(), terminal));
    add_step_summary(keeper.record(), run.path.string());
    require_all_kept(log.failure(), reports, run.path);
    return status;
  }
  const cluster::PlacerContext context{loop, starter, clock, target};
  const auto show_waiting = [&](const std::string& sentence) { printer.print(sentence + '\n'); };
  std::string lost;
  try {
    const bool watched = started.evidence_lacks.empty();
    lost = perform_plan(
        run, options,
        {.loop = loop,
         .starter = starter,
         .clock = clock,
         .sink = sinks,
         .report_directory = run.place.directory,
         .before_suspension = [&] { printer.leave_terminal(); }},
        {.observer = watched ? cluster::make_observer(loop, starter, target) : nullptr,
         .placer = make_placer(run.placement, context, owner),
         .sweeper = options.selection.keep_failed_namespaces ? nullptr : cluster::make_sweeper({loop, starter, target}),
         .turns = make_turns(run.part, context, owner, show_waiting)},
        log, reports);
  } catch (...) {
    try_to([&] { reports.write(); });
    if (run.placement.way != Placing::scheduler || !run.part.plan_id.empty()) {
      try_to([&] { undo_ended_run(target, owner); });
    }
    throw;
  }
  // Only now: whoever stopped the run may not wait for an answer of the cluster.
  const model::NamespacesLeft left = ask_for_namespaces(keeper.record(), target, out);
  if (!left.namespaces.empty()) {
    sinks.on_event(left);
    reports.write();
  }
  out.write(report::console_summary(keeper.record(), run.path.string(), terminal_of(options)));
  add_step_summary(keeper.record(), run.path.string());
  loop.block_signals();
  require_all_kept(lost.empty() ? log.failure() : lost, reports, run.path);
  return model::exit_status(keeper.record(), options.require_ready);
}

}  // namespace

int perform(const RunOptions& given) {
  std::optional<EarlierRun> earlier = earlier_run(given);
  const RunOptions options = earlier ? completed(given, *earlier) : given;
  require_sense(options);
  Screen out(STDOUT_FILENO);
  if (earlier && earlier->is_resumed() && is_complete(*earlier, options.selection.retries)) {
    out.write(fmt::format("nothing is left to do: the run in '{}' came to its end\n", earlier->path.string()));
    return perform(ReportOptions{.directories = {earlier->path},
                                 .output_dir = {},
                                 .junit = options.junit,
                                 .require_ready = options.require_ready,
                                 .colour = options.selection.colour});
  }
  const ScratchDirectory scratch;
  return carry_out(undertake(options, std::move(earlier), out), options, out);
}

}  // namespace opready::cli
