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
#include "opready/model/plan.hpp"

namespace opready::run {

struct RunLimits {
  int jobs = 1;
  /// What children get as Ginkgo's grace period.
  std::chrono::milliseconds grace{6000};
  bool place = false;  ///< Pods are placed: cases of one placement at a time.
};

/// Why a case is being ended before its own end.
enum class StopCause { user, timeout };

/// Start the case `index` on job slot `slot`; answer with `case_ended`, also where it can't be started.
struct StartCase {
  std::size_t index = 0;
  int slot = 0;
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

/// The case `index` will not be started, since the cluster could not be prepared for it.
struct GiveUpCase {
  std::size_t index = 0;
};

using Action = std::variant<StartCase, SignalCase, PlaceFor, GiveUpCase>;
using Actions = std::vector<Action>;

/// The state machine of a run. Order of calls: `start` once, then
/// the others in any order until `finished`. Cases are numbered as in the plan; those with a `not_run` are passed over.
///
/// Order: with one job the plan's; with more, cases that may share the cluster first, in the plan's order, as many at
/// a time as there are jobs, two that select a common spec never together; then the serial ones, each alone. Where pods
/// are placed, so for the cases of each placement in turn, in the order in which the plan first has them.
///
/// Stopping: a case's child gets SIGINT, a second one at grace + 1 s, SIGKILL at grace + 3 s. The user's second signal
/// hastens the second step, the third the third; a signal within a second of the one before is the same one, since
/// Prow sends SIGINT and SIGTERM together.
class RunState {
 public:
  /// How long after its time limit a child is given to notice by itself and to write its report.
  [[nodiscard]] static std::chrono::milliseconds timeout_margin(std::chrono::milliseconds grace);

  RunState(const model::Plan& plan, RunLimits limits);

  [[nodiscard]] Actions start(base::SteadyTime now);
  [[nodiscard]] Actions case_ended(std::size_t index, base::SteadyTime now);
  /// What PlaceFor asked for is done.
  [[nodiscard]] Actions placed(base::SteadyTime now);
  [[nodiscard]] Actions placing_failed(base::SteadyTime now);
  /// The case's child was held for so long: it could not use that time.
  void case_held(std::size_t index, std::chrono::milliseconds time);
  /// The user, or the system, wants the run to stop.
  [[nodiscard]] Actions stop_requested(base::SteadyTime now);
  /// To be called when `next_deadline` is reached; early calls do nothing.
  [[nodiscard]] Actions time_passed(base::SteadyTime now);

  [[nodiscard]] std::optional<base::SteadyTime> next_deadline() const;
  [[nodiscard]] std::optional<StopCause> stop_cause(std::size_t index) const;
  [[nodiscard]] bool stopping() const { return last_stop_.has_value(); }
  /// Nothing runs, and nothing will be started any more.
  [[nodiscard]] bool finished() const;

 private:
  enum class Phase { waiting, running, ended };
  enum class StopStep { none, asked, insisted, killed };

  struct CaseState {
    Phase phase = Phase::waiting;
    std::vector<std::size_t> specs;  ///< Sorted numbers of what it selects.
    bool serial = false;
    model::Placement placement = model::Placement::own;
    std::chrono::milliseconds timeout{};
    int slot = -1;
    std::optional<StopCause> cause;
    StopStep step = StopStep::none;
    std::optional<base::SteadyTime> deadline;  ///< Of its next step towards the end.
    base::SteadyTime asked_at;
  };

  void start_cases(base::SteadyTime now, Actions& actions);
  /// True where the cluster must be prepared for other cases first.
  [[nodiscard]] bool change_placement(Actions& actions);
  [[nodiscard]] bool may_start(const CaseState& candidate) const;
  [[nodiscard]] int free_slot() const;
  void advance_stop(std::size_t index, base::SteadyTime now, Actions& actions);

  std::vector<CaseState> cases_;
  RunLimits limits_;
  std::set<std::size_t> running_;
  std::map<model::Placement, std::size_t> waiting_parallel_;  ///< Waiting cases that aren't serial.
  std::optional<model::Placement> placement_;                 ///< What the cluster is, or is being, prepared for.
  bool placing_ = false;
  std::optional<base::SteadyTime> last_stop_;
};

}  // namespace opready::run
