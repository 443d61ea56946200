// SPDX-License-Identifier: Apache-2.0
// Performs a plan: the thin loop around `RunState`.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "opready/base/clock.hpp"
#include "opready/base/output_directory.hpp"
#include "opready/model/event_sink.hpp"
#include "opready/process/child.hpp"
#include "opready/process/event_loop.hpp"
#include "opready/run/attempt.hpp"
#include "opready/run/run_state.hpp"

namespace opready::run {

struct RunnerOptions {
  RunLimits limits;
  std::filesystem::path raw_reports;  ///< Private directory: below it each case's child has its --report-dir.
  bool keep_raw = false;
};

/// What a runner works with; all must outlive it.
struct Surroundings {
  process::EventLoop& loop;
  process::ChildStarter& starter;
  const base::Clock& clock;
  model::EventSink& sink;
  const base::OutputDirectory& report_directory;
};

/// Runs every case of a plan that's to be run, on the loop's thread, and tells the sink what happens. SIGINT, SIGTERM
/// and SIGHUP stop it in order.
class Runner {
 public:
  Runner(Surroundings surroundings, RunnerOptions options);

  /// Emits `started` and everything after it up to RunFinished; returns when all children have ended.
  void run(const model::RunStarted& started);

 private:
  struct Running {
    std::unique_ptr<Attempt> attempt;
    base::SteadyTime since;
  };

  void perform(const Actions& actions);
  void start_case(const StartCase& action);
  void case_ended(std::size_t index, const process::ChildEnd& end);
  void finish_case(std::size_t index, model::CaseResult result, base::SteadyTime since);
  void stop_requested(int signal);
  void arm_deadline();
  void tick();
  [[nodiscard]] AttemptFiles files_of(const model::PlannedCase& planned) const;

  Surroundings around_;
  RunnerOptions options_;
  const model::Plan* plan_ = nullptr;
  std::unique_ptr<RunState> state_;
  std::map<std::size_t, Running> running_;
  std::optional<process::EventLoop::TimerId> deadline_timer_;
  std::optional<int> stopped_by_;
};

/// The private file that e2e.test writes for a case below `raw_reports`: its --report-prefix is the case's id.
[[nodiscard]] std::filesystem::path raw_report_of(const std::filesystem::path& raw_reports, const std::string& id);

}  // namespace opready::run
