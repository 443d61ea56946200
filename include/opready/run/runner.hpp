// SPDX-License-Identifier: Apache-2.0
// Performs a plan: the thin loop around `RunState`.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "opready/base/clock.hpp"
#include "opready/base/output_directory.hpp"
#include "opready/cluster/observer.hpp"
#include "opready/cluster/placer.hpp"
#include "opready/cluster/sweeper.hpp"
#include "opready/cluster/turns.hpp"
#include "opready/model/event_sink.hpp"
#include "opready/process/child.hpp"
#include "opready/process/event_loop.hpp"
#include "opready/run/attempt.hpp"
#include "opready/run/proof.hpp"
#include "opready/run/run_state.hpp"

namespace opready::run {

struct RunnerOptions {
  RunLimits limits;
  std::vector<CaseProgress> progress;  ///< Of a run that is resumed: for each case of its plan.
  std::filesystem::path raw_reports;   ///< Private directory: below it each case's child has its --report-dir.
  bool keep_raw = false;
  std::chrono::milliseconds tick{1000};  ///< How often the sink hears the time. Tests make it shorter.
};

/// What a runner works with; all must outlive it.
struct Surroundings {
  process::EventLoop& loop;
  process::ChildStarter& starter;
  const base::Clock& clock;
  model::EventSink& sink;
  const base::OutputDirectory& report_directory;
  cluster::Observer* observer = nullptr;  ///< Null: nobody watches where pods run.
  cluster::Placer* placer = nullptr;      ///< Null: pods run as the scheduler likes.
  cluster::Sweeper* sweeper = nullptr;    ///< Null: what cases leave that are cut off stays.
  cluster::Turns* turns = nullptr;        ///< Null: no other run shares the plan, or none has serial cases.
  /// Called before this process is stopped until SIGCONT, and somebody else has the terminal.
  std::function<void()> before_suspension = [] {};
};

/// Runs every case of a plan that's to be run, on the loop's thread, and tells the sink what happens. SIGINT, SIGTERM
/// and SIGHUP stop it in order, and so does a file that can't be written: its children still get time to clean up, and
/// what they came to is told. SIGTSTP stops the children and this process until SIGCONT. With an observer, cases begin
/// when it sees all, and each result says where pods ran. With a placer, a child is held from the moment that it tells
/// its run's id until its pods will be placed. With turns, cases begin when their turn has come. None of these is
/// stopped at the end: reports come first. The runner must live
/// as long as they act, and takes signals until then, to no effect: the run's end is decided.
class Runner {
 public:
  Runner(Surroundings surroundings, RunnerOptions options);

  /// Emits `started` and everything after it up to RunFinished; returns when all children have ended.
  void run(const model::RunStarted& started);
  /// The same for a run that goes on: emits `resumed` in place of `started`, which the sink knows already.
  void resume(const model::RunStarted& started, const model::RunResumed& resumed);

  /// Waits until what cut-off cases left is removed, or can't be; a signal ends the wait. To be called last.
  void finish_sweeping();

  /// Something could not be kept: the run is ended in order. May be called by the sink, too, at any time.
  void write_failed(const std::string& why);
  /// Why the run was ended for want of a place to write; empty where it wasn't.
  [[nodiscard]] const std::string& write_failure() const { return write_failure_; }

 private:
  struct Running {
    std::shared_ptr<Attempt> attempt;
    int number = 1;
    base::SteadyTime since;
    std::optional<int> continuity;    ///< The observer's, when it began.
    base::SteadyTime held_since;      ///< Where its child was held.
    std::string unplaced;             ///< Why its pods could not be placed; empty where they could.
    std::set<std::string> silent_in;  ///< Specs in which the API server fell silent, perhaps for a moment only.
    std::set<std::string> lost_in;    ///< As in PodEvidence.
  };

  void run_from(const model::RunStarted& started, const model::Event& opening);
  void begin();
  void perform(const Actions& actions);
  void close(const CloseRun& action);
  void sweep(std::size_t index, const model::CaseResult& result);
  void place_for(const PlaceFor& action);
  void take_turn(const TakeTurn& action);
  void give_up(const GiveUpCase& action);
  void identified(std::size_t index, const std::string& e2e_run);
  void admitted(std::size_t index, const std::string& failure);
  void start_case(const StartCase& action);
  void case_ended(std::size_t index, const process::ChildEnd& end);
  void judge_case(std::size_t index, const Running& ended, const process::ChildEnd& end);
  [[nodiscard]] PodEvidence evidence_of(const Running& ended);
  void finish_case(std::size_t index, const Running& ended, model::CaseResult result);
  void on_signal(int signal);
  void stop_requested(int signal);
  void suspend();
  void arm_deadline();
  void tick();
  void look_at_api();
  [[nodiscard]] bool api_answers() const;
  [[nodiscard]] bool api_is_lost() const;
  [[nodiscard]] std::chrono::milliseconds delay_of_late_rows(bool api_answers) const;
  void spec_began(std::size_t index, const std::string& spec);
  [[nodiscard]] model::PlannedCase planned_for(const StartCase& action) const;
  [[nodiscard]] std::shared_ptr<Attempt> make_attempt(const StartCase& action);
  [[nodiscard]] AttemptFiles files_of(const std::string& id, int attempt) const;

  Surroundings around_;
  RunnerOptions options_;
  const model::RunStarted* started_ = nullptr;
  std::unique_ptr<RunState> state_;
  std::map<std::size_t, Running> running_;
  std::optional<process::EventLoop::TimerId> deadline_timer_;
  std::optional<int> stopped_by_;
  std::string why_hopeless_;  ///< Of cases that are given up.
  std::string write_failure_;
  int sweeping_ = 0;  ///< Cut-off cases behind which somebody is cleaning up.
  bool awaiting_sweeps_ = false;
  bool over_ = false;     ///< Signals, ticks and answers that come late mean nothing any more.
  int silent_ticks_ = 0;  ///< In a row, in which the API server answered no watch.
};

/// The private file that e2e.test writes for a case below `raw_reports`: its --report-prefix is the case's id.
[[nodiscard]] std::filesystem::path raw_report_of(const std::filesystem::path& raw_reports, const std::string& id);

}  // namespace opready::run
