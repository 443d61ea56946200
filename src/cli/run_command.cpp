// SPDX-License-Identifier: Apache-2.0
// `run`: performs the plan and leaves the reports.
#include <algorithm>
#include <array>
#include <random>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

#include "opready/base/error.hpp"
#include "opready/cli/build_info.hpp"
#include "opready/model/fan_out.hpp"
#include "opready/model/verdict.hpp"
#include "opready/record/event_log.hpp"
#include "opready/report/console_summary.hpp"
#include "opready/report/run_header.hpp"
#include "opready/report/text_output.hpp"
#include "opready/run/runner.hpp"

#include "commands.hpp"
#include "preparation.hpp"
#include "report_files.hpp"

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

model::RunStarted describe(Prepared prepared, const RunOptions& options, base::Timestamp now) {
  model::RunStarted started;
  started.time = now;
  started.run_id = random_run_id();
  started.tool_version = version();
  started.cluster = std::move(prepared.cluster);
  started.plan = std::move(prepared.plan);
  started.jobs = options.jobs.value_or(automatic_jobs(started.cluster));
  started.provider = options.selection.provider;
  started.labels = options.labels;
  started.categories = std::move(prepared.categories);
  started.whole_categories = prepared.whole_categories;
  return started;
}

void perform_plan(const model::RunStarted& started, const RunOptions& options, const base::OutputDirectory& directory,
                  model::EventSink& sink) {
  const base::TemporaryDirectory raw_reports("op-readiness-");
  const base::SystemClock clock;
  process::EventLoop loop;
  process::SystemChildStarter starter(loop);
  run::Runner runner(
      {.loop = loop, .starter = starter, .clock = clock, .sink = sink, .report_directory = directory},
      {.limits = {.jobs = started.jobs, .grace = options.selection.grace_period},
       .raw_reports = raw_reports.path(),
       .keep_raw = options.keep_raw});
  runner.run(started);
}

}  // namespace

int perform(const RunOptions& options) {
  Prepared prepared = prepare(options.selection, true);
  demand_something_to_run(prepared.plan, options.selection.strict);
  ask_cluster(prepared);
  const base::Timestamp now = base::SystemClock().wall();
  const std::filesystem::path path = choose_report_directory(options.report_dir, prepared.target.context, now);
  const base::OutputDirectory directory = open_report_directory(path, options.overwrite);

  report::DescriptorOutput out(STDOUT_FILENO);
  const report::Terminal terminal =
      report::decide_terminal(options.selection.colour, report::terminal_facts(STDOUT_FILENO));
  const model::RunStarted started = describe(std::move(prepared), options, now);
  record::EventLogWriter log(directory.create_file(record::kEventLogName));
  RecordKeeper keeper;
  report::StreamPrinter printer(out, options.output, terminal);
  model::FanOut sinks({&log, &keeper, &printer});
  if (options.output != report::OutputMode::quiet) {
    out.write(report::run_header(started, terminal));
  }
  try {
    perform_plan(started, options, directory, sinks);
  } catch (...) {
    // Whatever went wrong, what was measured until then is reported before the error is.
    write_report_files(keeper.record(), directory, options.junit);
    throw;
  }
  write_report_files(keeper.record(), directory, options.junit);
  out.write(report::console_summary(keeper.record(), path.string(), terminal));
  return model::exit_status(keeper.record(), options.require_ready);
}

}  // namespace opready::cli
