// SPDX-License-Identifier: Apache-2.0
// Scheduling and stopping, as a pure state machine.
#include "opready/run/run_state.hpp"

#include <algorithm>
#include <csignal>
#include <unordered_map>
#include <utility>

namespace opready::run {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr milliseconds kSameSignal = seconds(1);
constexpr milliseconds kInsistAfterGrace = seconds(1);
constexpr milliseconds kKillAfterGrace = seconds(3);

bool share_an_element(const std::vector<std::size_t>& left, const std::vector<std::size_t>& right) {
  auto a = left.begin();
  auto b = right.begin();
  while (a != left.end() && b != right.end()) {
    if (*a == *b) {
      return true;
    }
    *a < *b ? ++a : ++b;
  }
  return false;
}

}  // namespace

milliseconds RunState::timeout_margin(milliseconds grace) {
  return 2 * grace + seconds(5);
}

RunState::RunState(const model::Plan& plan, RunLimits limits) : limits_(limits) {
  std::unordered_map<std::string, std::size_t> numbers;
  for (const model::PlannedCase& planned : plan.cases) {
    CaseState& state = cases_.emplace_back();
    state.serial = planned.serial;
    // Without --place one group: all of them wait for nothing. A case that declares none sees to its pods itself.
    state.placement = limits_.place ? planned.test.placement.value_or(model::Placement::own) : model::Placement::own;
    state.timeout = planned.timeout;
    if (planned.not_run) {
      state.phase = Phase::ended;
      continue;
    }
    for (const model::Spec& spec : planned.specs) {
      state.specs.push_back(numbers.try_emplace(spec.name, numbers.size()).first->second);
    }
    std::sort(state.specs.begin(), state.specs.end());
    waiting_parallel_[state.placement] += state.serial ? 0 : 1;
  }
}

Actions RunState::start(base::SteadyTime now) {
  Actions actions;
  start_cases(now, actions);
  return actions;
}

Actions RunState::case_ended(std::size_t index, base::SteadyTime now) {
  CaseState& ended = cases_.at(index);
  ended.phase = Phase::ended;
  ended.deadline.reset();
  running_.erase(index);
  Actions actions;
  start_cases(now, actions);
  return actions;
}

Actions RunState::placed(base::SteadyTime now) {
  placing_ = false;
  Actions actions;
  start_cases(now, actions);
  return actions;
}

Actions RunState::placing_failed(base::SteadyTime now) {
  placing_ = false;
  Actions actions;
  for (std::size_t index = 0; index < cases_.size(); ++index) {
    CaseState& state = cases_[index];
    if (state.phase == Phase::waiting && state.placement == placement_) {
      state.phase = Phase::ended;
      waiting_parallel_[state.placement] -= state.serial ? 0 : 1;
      actions.emplace_back(GiveUpCase{index});
    }
  }
  start_cases(now, actions);
  return actions;
}

void RunState::case_held(std::size_t index, milliseconds time) {
  CaseState& state = cases_.at(index);
  if (state.deadline && state.step == StopStep::none) {
    *state.deadline += time;
  }
}

Actions RunState::stop_requested(base::SteadyTime now) {
  Actions actions;
  if (last_stop_ && now - *last_stop_ < kSameSignal) {
    return actions;
  }
  const bool first = !last_stop_.has_value();
  last_stop_ = now;
  for (const std::size_t index : running_) {
    CaseState& state = cases_[index];
    if (!state.cause) {
      state.cause = StopCause::user;
    }
    // The first signal asks; one that was asked already, because of its time limit, keeps its time to clean up.
    if (!first || state.step == StopStep::none) {
      advance_stop(index, now, actions);
    }
  }
  return actions;
}

Actions RunState::time_passed(base::SteadyTime now) {
  Actions actions;
  for (const std::size_t index : running_) {
    CaseState& state = cases_[index];
    if (state.deadline && *state.deadline <= now) {
      if (!state.cause) {
        state.cause = StopCause::timeout;
      }
      advance_stop(index, now, actions);
    }
  }
  return actions;
}

std::optional<base::SteadyTime> RunState::next_deadline() const {
  std::optional<base::SteadyTime> next;
  for (const std::size_t index : running_) {
    const auto& deadline = cases_[index].deadline;
    if (deadline && (!next || *deadline < *next)) {
      next = deadline;
    }
  }
  return next;
}

std::optional<StopCause> RunState::stop_cause(std::size_t index) const {
  return cases_.at(index).cause;
}

bool RunState::finished() const {
  return running_.empty() && (stopping() || std::none_of(cases_.begin(), cases_.end(), [](const CaseState& state) {
                                return state.phase == Phase::waiting;
                              }));
}

void RunState::start_cases(base::SteadyTime now, Actions& actions) {
  if (stopping() || placing_ || change_placement(actions)) {
    return;
  }
  for (std::size_t index = 0; index < cases_.size() && std::cmp_less(running_.size(), limits_.jobs); ++index) {
    CaseState& state = cases_[index];
    if (state.phase != Phase::waiting || !may_start(state)) {
      continue;
    }
    state.phase = Phase::running;
    state.slot = free_slot();
    state.deadline = now + state.timeout + timeout_margin(limits_.grace);
    waiting_parallel_[state.placement] -= state.serial ? 0 : 1;
    running_.insert(index);
    actions.emplace_back(StartCase{index, state.slot});
  }
}

bool RunState::change_placement(Actions& actions) {
  if (!limits_.place || !running_.empty()) {
    return false;
  }
  const auto waits = [](const CaseState& state) { return state.phase == Phase::waiting; };
  const auto fits = [&](const CaseState& state) { return waits(state) && state.placement == placement_; };
  const auto next = std::find_if(cases_.begin(), cases_.end(), waits);
  if (next == cases_.end() || std::any_of(cases_.begin(), cases_.end(), fits)) {
    return false;
  }
  placement_ = next->placement;
  placing_ = true;
  actions.emplace_back(PlaceFor{next->placement});
  return true;
}

bool RunState::may_start(const CaseState& candidate) const {
  if (limits_.place && candidate.placement != placement_) {
    return false;
  }
  if (candidate.serial) {
    return running_.empty() && (limits_.jobs == 1 || waiting_parallel_.at(candidate.placement) == 0);
  }
  return std::none_of(running_.begin(), running_.end(), [&](std::size_t index) {
    return cases_[index].serial || share_an_element(cases_[index].specs, candidate.specs);
  });
}

int RunState::free_slot() const {
  int slot = 0;
  const auto taken = [&](std::size_t index) { return cases_[index].slot == slot; };
  while (std::any_of(running_.begin(), running_.end(), taken)) {
    ++slot;
  }
  return slot;
}

void RunState::advance_stop(std::size_t index, base::SteadyTime now, Actions& actions) {
  CaseState& state = cases_[index];
  switch (state.step) {
    case StopStep::none:
      state.step = StopStep::asked;
      state.asked_at = now;
      state.deadline = now + limits_.grace + kInsistAfterGrace;
      actions.emplace_back(SignalCase{index, SIGINT});
      return;
    case StopStep::asked:
      state.step = StopStep::insisted;
      state.deadline = state.asked_at + limits_.grace + kKillAfterGrace;
      actions.emplace_back(SignalCase{index, SIGINT});
      return;
    case StopStep::insisted:
      state.step = StopStep::killed;
      state.deadline.reset();
      actions.emplace_back(SignalCase{index, SIGKILL});
      return;
    case StopStep::killed:
      return;
  }
}

}  // namespace opready::run
