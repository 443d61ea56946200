// SPDX-License-Identifier: Apache-2.0
// What a run does next, decided without doing it: events in, actions out, time as an argument.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "opready/base/clock.hpp"
#include "opready/cluster/turns.hpp"
#include "opready/model/event.hpp"
#include "opready/model/plan.hpp"
#include "opready/run/retry.hpp"
#include "opready/run/stop_sequence.hpp"

namespace opready::run {

struct RunLimits {
  int jobs = 1;
  /// What children get as Ginkgo's grace period.
  std::chrono::milliseconds grace{6000};
  bool place = false;  ///< Pods are placed: cases of one placement at a time.
  bool turns = false;  ///< Other runs share the plan: none runs a case while a serial one of another runs.
  int retries = 0;     ///< How many more attempts a case gets that fails.
  /// Before a case's first retry; twice as long before each further one, up to `kLongestRetryDelay`.
  std::chrono::milliseconds retry_delay{10'000};
  std::optional<int> fail_fast;  ///< After so many failed cases no more are started.
  std::optional<std::chrono::milliseconds> timeout;
};

constexpr std::chrono::milliseconds kLongestRetryDelay = std::chrono::minutes(5);

/// Why a case is being ended before its own end: by the user, its own time limit, the run's, or since its results
/// can't be kept.
enum class StopCause { user, timeout, run_timeout, write_failure };

/// Start an attempt at the case `index` on job slot `slot`; answer with `case_ended`, also where it can't be started.
struct StartCase {
  std::size_t index = 0;
  int slot = 0;
  int attempt = 1;
  std::vector<std::string> specs;  ///< Names of those it runs; empty: all of the case.
};

/// Send `signal` to the group of the running case's child.
struct SignalCase {
  std::size_t index = 0;
  int signal = 0;
};

/// Prepare the cluster for cases of `placement`; answer with `placed` or `placing_failed`.
struct PlaceFor {
  model::Placement placement = model::Placement::own;
};

/// Take that turn among the runs that share the plan; answer with `turn_taken` or `turn_failed`.
struct TakeTurn {
  cluster::Turn turn = cluster::Turn::shared;
};

/// The case `index` will not be started, since the cluster could not be prepared for it, or its turn didn't come.
struct GiveUpCase {
  std::size_t index = 0;
  int attempt = 1;
};

/// No more cases are started from here on; tell why.
struct CloseRun {
  model::StopReason reason = model::StopReason::signal;
};

using Action = std::variant<StartCase, SignalCase, PlaceFor, TakeTurn, GiveUpCase, CloseRun>;
using Actions = std::vector<Action>;

/// How an attempt ended.
struct AttemptEnd {
  bool failed = false;
  std::optional<Retry> retry;  ///< What another attempt would run, where one makes sense.
};

/// What was done about a case before this process took the run up.
struct CaseProgress {
  int attempts = 0;  ///< Begun.
  int failures = 0;  ///< Of those; each uses up a retry.
  bool done = false;
  std::vector<std::string> specs;  ///< What the next attempt runs; empty: all.
};

/// The state machine of a run. Order of calls: `start` once, then
/// the others in any order until `finished`. Cases are numbered as in the plan; those with a `not_run` are passed over,
/// and so are those in whose stead another one runs.
///
/// Order: with one job the plan's; with more, cases that may share the cluster first, in the plan's order, as many at
/// a time as there are jobs, two that select a common spec never together; then the serial ones, each alone. Where pods
/// are placed, so for the cases of each placement in turn, in the order in which the plan first has them. A case that
/// failed waits for its next attempt in its place. Where runs take turns, all serial cases come last, whatever their
/// placement: the turn for them comes when the other runs have ended all of theirs.
///
/// Stopping: a case's child is brought to its end by a StopSequence. The user's second signal hastens the second step,
/// the third the third; a signal within a second of the one before is the same one, since Prow sends SIGINT and SIGTERM
/// together.
class RunState {
 public:
  /// How long after its time limit a child is given to notice by itself and to write its report.
  [[nodiscard]] static std::chrono::milliseconds timeout_margin(std::chrono::milliseconds grace);

  /// `progress`: for each case of the plan, or empty for a run from its beginning.
  RunState(const model::Plan& plan, RunLimits limits, const std::vector<CaseProgress>& progress = {});

  [[nodiscard]] Actions start(base::SteadyTime now);
  [[nodiscard]] Actions case_ended(std::size_t index, base::SteadyTime now, const AttemptEnd& end = {});
  /// What PlaceFor asked for is done.
  [[nodiscard]] Actions placed(base::SteadyTime now);
  [[nodiscard]] Actions placing_failed(base::SteadyTime now);
  /// What TakeTurn asked for is had.
  [[nodiscard]] Actions turn_taken(base::SteadyTime now);
  [[nodiscard]] Actions turn_failed();
  /// The case's child was held for so long: it could not use that time.
  void case_held(std::size_t index, std::chrono::milliseconds time);
  /// This process and its children stood still for so long.
  void suspended(std::chrono::milliseconds time);
  /// The user, or the system, wants the run to stop.
  [[nodiscard]] Actions stop_requested(base::SteadyTime now);
  /// Results can't be kept: going on would be in vain.
  [[nodiscard]] Actions write_failed(base::SteadyTime now);
  /// To be called when `next_deadline` is reached; early calls do nothing.
  [[nodiscard]] Actions time_passed(base::SteadyTime now);

  [[nodiscard]] std::optional<base::SteadyTime> next_deadline() const;
  [[nodiscard]] std::optional<StopCause> stop_cause(std::size_t index) const;
  /// The cases that run are being ended.
  [[nodiscard]] bool stopping() const { return stopping_; }
  /// Nothing runs, and nothing will be started any more.
  [[nodiscard]] bool finished() const;

 private:
  enum class Phase { waiting, running, ended };

  struct CaseState {
    Phase phase = Phase::waiting;
    std::vector<std::size_t> specs;  ///< Sorted numbers of what it selects.
    bool serial = false;
    model::Placement placement = model::Placement::own;
    std::chrono::milliseconds timeout{};
    CaseProgress progress;
    std::optional<base::SteadyTime> not_before;  ///< Of an attempt that waits for its delay.
    int slot = -1;
    std::optional<StopCause> cause;
    StopSequence stop;
    std::optional<base::SteadyTime> out_of_time;  ///< Of the attempt under way.
  };

  void wait(CaseState& state);
  void leave_queue(CaseState& state, Phase next);
  void start_cases(base::SteadyTime now, Actions& actions);
  void start_case(std::size_t index, base::SteadyTime now, Actions& actions);
  void close(model::StopReason reason, Actions& actions);
  void stop_all(StopCause cause, base::SteadyTime now, Actions& actions);
  void give_up(std::size_t index, Actions& actions);
  /// True where the run must have another turn first.
  [[nodiscard]] bool change_turn(Actions& actions);
  [[nodiscard]] bool has_turn(const CaseState& candidate) const;
  /// True where the cluster must be prepared for other cases first.
  [[nodiscard]] bool change_placement(Actions& actions);
  [[nodiscard]] bool may_start(const CaseState& candidate) const;
  [[nodiscard]] int free_slot() const;
  void advance_stop(std::size_t index, base::SteadyTime now, Actions& actions);
  [[nodiscard]] static std::optional<base::SteadyTime> deadline_of(const CaseState& state);

  std::vector<CaseState> cases_;
  RunLimits limits_;
  std::set<std::size_t> running_;
  std::set<std::size_t> delayed_;  ///< Waiting cases whose next attempt isn't due.
  std::size_t waiting_ = 0;
  std::map<model::Placement, std::size_t> waiting_parallel_;  ///< Waiting cases that aren't serial.
  std::optional<model::Placement> placement_;                 ///< What the cluster is, or is being, prepared for.
  bool placing_ = false;
  std::optional<cluster::Turn> turn_;  ///< What the run has, or takes.
  bool taking_turn_ = false;
  int failed_ = 0;  ///< Cases, after their last attempt.
  std::optional<base::SteadyTime> out_of_time_;
  std::optional<model::StopReason> closed_;
  bool stopping_ = false;
  std::optional<base::SteadyTime> last_stop_;
};

}  // namespace opready::run
