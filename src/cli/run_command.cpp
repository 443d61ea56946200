// SPDX-License-Identifier: Apache-2.0
// `run`: performs the plan and leaves the reports.
#include <algorithm>
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
#include "opready/report/text_output.hpp"
#include "opready/run/runner.hpp"

#include "commands.hpp"
#include "leftovers.hpp"
#include "placement.hpp"
#include "preparation.hpp"
#include "report_files.hpp"
#include "scratch_directory.hpp"
#include "sharding.hpp"

namespace opready::cli {
namespace {

constexpr int kJobsWithoutNodes = 2;
constexpr int kMostAutomaticJobs = 4;
constexpr int kJobsPerWindowsNode = 2;

/// Keeps the fold of the events for the reports.
class RecordKeeper final : public model::EventSink {
 public:
  void on_event(const model::Event& event) override { model::apply(record_, event); }
  [[nodiscard]] const model::RunRecord& record() const { return record_; }

 private:
  model::RunRecord record_;
};

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
    started.labels.emplace(name, base::redacted(value));
  }
  started.categories = prepared.categories;
  started.whole_categories = prepared.whole_categories;
  started.shard = options.selection.shard;
  started.placement = name_of(options.selection.placing);
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

/// `write_reports` comes before anything that takes time: whoever stopped the run may not wait.
void perform_plan(const model::RunStarted& started, const RunOptions& options, run::Surroundings around,
                  const Companions& companions, const std::function<void()>& write_reports) {
  const base::TemporaryDirectory raw_reports("reports-");
  around.observer = companions.observer.get();
  around.placer = companions.placer.get();
  around.turns = companions.turns.get();
  run::Runner runner(around, {.limits = {.jobs = started.jobs,
                                         .grace = options.selection.grace_period,
                                         .place = companions.placer != nullptr,
                                         .turns = companions.turns != nullptr},
                              .raw_reports = raw_reports.path(),
                              .keep_raw = options.keep_raw});
  runner.run(started);
  if (companions.observer) {
    companions.observer->stop();
  }
  write_reports();
  undo(companions, around.loop);
}

/// After an error that is told later: what can still be done is done, and what can't is a warning.
void try_to(const std::function<void()>& act) {
  try {
    act();
  } catch (const std::exception& error) {
    base::log_warning(error.what());
  }
}

}  // namespace

int perform(const RunOptions& options) {
  require_sense(options);
  const ScratchDirectory scratch;
  Prepared prepared = prepare(options.selection, Purpose::run);
  demand_something_to_run(prepared.plan, options.selection.strict);
  const Part part = take_part(prepared.plan, options.selection);
  ask_cluster(prepared);
  report::DescriptorOutput out(STDOUT_FILENO);
  demand_placement(prepared, options);
  demand_turns(part, prepared.target);
  undo_dead_runs(prepared.target, out);
  const ReadyPlacement placement = ready_placement(options, prepared, out);
  if (placement.way != Placing::scheduler) {
    let_e2e_test_use(cluster::windows_nodes(prepared.nodes, {}), prepared.plan);
  }
  const base::Timestamp now = base::SystemClock().wall();
  const std::filesystem::path path =
      choose_report_directory(options.report_dir, prepared.target.context, now, part.shard);
  const base::OutputDirectory directory = open_report_directory(path, options.overwrite);

  const report::Terminal terminal =
      report::decide_terminal(options.selection.colour, report::terminal_facts(STDOUT_FILENO));
  const model::RunStarted started = describe(prepared, options, now);
  record::EventLogWriter log(directory.create_file(record::kEventLogName));
  RecordKeeper keeper;
  report::StreamPrinter printer(out, options.output, terminal);
  model::FanOut sinks({&log, &keeper, &printer});
  out.write(report::run_header(started, terminal));
  const base::SystemClock clock;
  // Takes signals until the reports are written: one that comes after the last case must not end the process.
  process::EventLoop loop;
  process::SystemChildStarter starter(loop);
  const cluster::Owner owner{started.run_id, started.process};
  const cluster::PlacerContext context{loop, starter, clock, prepared.target};
  const auto show_waiting = [&](const std::string& sentence) { printer.print(sentence + '\n'); };
  const auto write_reports = [&] { write_report_files(keeper.record(), directory, options.junit); };
  try {
    const bool watched = started.evidence_lacks.empty();
    perform_plan(started, options,
                 {.loop = loop, .starter = starter, .clock = clock, .sink = sinks, .report_directory = directory},
                 {.observer = watched ? cluster::make_observer(loop, starter, prepared.target) : nullptr,
                  .placer = make_placer(placement, context, owner),
                  .turns = make_turns(part, context, owner, show_waiting)},
                 write_reports);
  } catch (...) {
    try_to(write_reports);
    if (placement.way != Placing::scheduler || !part.plan_id.empty()) {
      try_to([&] { undo_ended_run(prepared.target, owner); });
    }
    throw;
  }
  // Only now: whoever stopped the run may not wait for an answer of the cluster.
  const model::NamespacesLeft left = ask_for_namespaces(keeper.record(), prepared.target, out);
  if (!left.namespaces.empty()) {
    sinks.on_event(left);
    write_reports();
  }
  out.write(report::console_summary(keeper.record(), path.string(), terminal));
  loop.block_signals();
  return model::exit_status(keeper.record(), options.require_ready);
}

}  // namespace opready::cli
