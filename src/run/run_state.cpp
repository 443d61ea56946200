// SPDX-License-Identifier: Apache-2.0
// Scheduling and stopping, as a pure state machine.
#include "opready/run/run_state.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace opready::run {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr milliseconds kSameSignal = seconds(1);

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

void take_earlier(std::optional<base::SteadyTime>& earliest, const std::optional<base::SteadyTime>& other) {
  if (other && (!earliest || *other < *earliest)) {
    earliest = other;
  }
}

/// `failures`: so many attempts have failed.
milliseconds delay_after(int failures, milliseconds first) {
  milliseconds delay = first;
  for (int i = 1; i < failures && delay < kLongestRetryDelay; ++i) {
    delay *= 2;
  }
  return std::min(delay, std::max(first, kLongestRetryDelay));
}

}  // namespace

milliseconds RunState::timeout_margin(milliseconds grace) {
  return 2 * grace + seconds(5);
}

RunState::RunState(const model::Plan& plan, RunLimits limits, const std::vector<CaseProgress>& progress)
    : limits_(limits) {
  std::unordered_map<std::string, std::size_t> numbers;
  for (const model::PlannedCase& planned : plan.cases) {
    CaseState& state = cases_.emplace_back();
    state.serial = planned.serial;
    // Without --place one group: all of them wait for nothing. A case that declares none sees to its pods itself.
    state.placement = limits_.place ? planned.test.placement.value_or(model::Placement::own) : model::Placement::own;
    state.timeout = planned.timeout;
    if (!progress.empty()) {
      state.progress = progress.at(cases_.size() - 1);
    }
    if (!model::is_to_start(planned) || state.progress.done) {
      state.phase = Phase::ended;
      continue;
    }
    for (const model::Spec& spec : planned.specs) {
      state.specs.push_back(numbers.try_emplace(spec.name, numbers.size()).first->second);
    }
    std::sort(state.specs.begin(), state.specs.end());
    if (state.progress.specs.empty()) {
      state.progress.specs = whole_case(planned).specs;
    }
    wait(state);
  }
}

void RunState::wait(CaseState& state) {
  state.phase = Phase::waiting;
  ++waiting_;
  waiting_parallel_[state.placement] += state.serial ? 0 : 1;
}

void RunState::leave_queue(CaseState& state, Phase next) {
  state.phase = next;
  --waiting_;
  waiting_parallel_[state.placement] -= state.serial ? 0 : 1;
}

Actions RunState::start(base::SteadyTime now) {
  if (limits_.timeout) {
    out_of_time_ = now + *limits_.timeout;
  }
  Actions actions;
  start_cases(now, actions);
  return actions;
}

Actions RunState::case_ended(std::size_t index, base::SteadyTime now, const AttemptEnd& end) {
  CaseState& ended = cases_.at(index);
  running_.erase(index);
  ended.phase = Phase::ended;
  ended.out_of_time.reset();
  ended.stop = {};
  Actions actions;
  CaseProgress& progress = ended.progress;
  progress.failures += end.failed ? 1 : 0;
  if (end.retry && progress.failures <= limits_.retries && !closed_) {
    progress.specs = end.retry->specs;
    ended.cause.reset();
    ended.not_before = now + delay_after(progress.failures, limits_.retry_delay);
    delayed_.insert(index);
    wait(ended);
  } else if (end.failed && limits_.fail_fast && ++failed_ >= *limits_.fail_fast) {
    close(model::StopReason::failures, actions);
  }
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
    const CaseState& state = cases_[index];
    if (state.phase == Phase::waiting && state.placement == placement_) {
      give_up(index, actions);
    }
  }
  start_cases(now, actions);
  return actions;
}

Actions RunState::turn_taken(base::SteadyTime now) {
  taking_turn_ = false;
  Actions actions;
  start_cases(now, actions);
  return actions;
}

Actions RunState::turn_failed() {
  taking_turn_ = false;
  Actions actions;
  for (std::size_t index = 0; index < cases_.size(); ++index) {
    if (cases_[index].phase == Phase::waiting) {
      give_up(index, actions);
    }
  }
  return actions;
}

void RunState::give_up(std::size_t index, Actions& actions) {
  CaseState& state = cases_[index];
  leave_queue(state, Phase::ended);
  delayed_.erase(index);
  actions.emplace_back(GiveUpCase{index, ++state.progress.attempts});
}

void RunState::case_held(std::size_t index, milliseconds time) {
  CaseState& state = cases_.at(index);
  if (state.out_of_time && !state.stop.begun()) {
    *state.out_of_time += time;
  }
}

void RunState::suspended(milliseconds time) {
  const auto postpone = [&](std::optional<base::SteadyTime>& deadline) {
    if (deadline) {
      *deadline += time;
    }
  };
  postpone(out_of_time_);
  for (CaseState& state : cases_) {
    postpone(state.out_of_time);
    postpone(state.not_before);
    state.stop.postpone(time);
  }
}

Actions RunState::stop_requested(base::SteadyTime now) {
  Actions actions;
  if (last_stop_ && now - *last_stop_ < kSameSignal) {
    return actions;
  }
  const bool first = !last_stop_.has_value();
  last_stop_ = now;
  if (first) {
    // One that was asked already, because of a time limit, keeps its time to clean up.
    close(model::StopReason::signal, actions);
    stop_all(StopCause::user, now, actions);
    return actions;
  }
  for (const std::size_t index : running_) {
    advance_stop(index, now, actions);
  }
  return actions;
}

Actions RunState::write_failed(base::SteadyTime now) {
  Actions actions;
  close(model::StopReason::write_failure, actions);
  stop_all(StopCause::write_failure, now, actions);
  return actions;
}

Actions RunState::time_passed(base::SteadyTime now) {
  Actions actions;
  std::erase_if(delayed_, [&](std::size_t index) {
    const bool due = *cases_[index].not_before <= now;
    if (due) {
      cases_[index].not_before.reset();
    }
    return due;
  });
  if (out_of_time_ && *out_of_time_ <= now) {
    out_of_time_.reset();
    close(model::StopReason::time_limit, actions);
    stop_all(StopCause::run_timeout, now, actions);
  }
  for (const std::size_t index : running_) {
    CaseState& state = cases_[index];
    const std::optional<base::SteadyTime> deadline = deadline_of(state);
    if (deadline && *deadline <= now) {
      state.cause = state.cause.value_or(StopCause::timeout);
      advance_stop(index, now, actions);
    }
  }
  start_cases(now, actions);
  return actions;
}

std::optional<base::SteadyTime> RunState::deadline_of(const CaseState& state) {
  return state.stop.begun() ? state.stop.deadline() : state.out_of_time;
}

std::optional<base::SteadyTime> RunState::next_deadline() const {
  std::optional<base::SteadyTime> next;
  for (const std::size_t index : running_) {
    take_earlier(next, deadline_of(cases_[index]));
  }
  if (!closed_) {
    for (const std::size_t index : delayed_) {
      take_earlier(next, cases_[index].not_before);
    }
  }
  if (!finished()) {
    take_earlier(next, out_of_time_);
  }
  return next;
}

std::optional<StopCause> RunState::stop_cause(std::size_t index) const {
  return cases_.at(index).cause;
}

bool RunState::finished() const {
  return running_.empty() && (closed_ || waiting_ == 0);
}

void RunState::close(model::StopReason reason, Actions& actions) {
  // After --fail-fast cases go on, until something else ends them.
  if (!closed_ || (closed_ == model::StopReason::failures && reason != *closed_)) {
    closed_ = reason;
    actions.emplace_back(CloseRun{reason});
  }
}

void RunState::stop_all(StopCause cause, base::SteadyTime now, Actions& actions) {
  stopping_ = true;
  for (const std::size_t index : running_) {
    CaseState& state = cases_[index];
    state.cause = state.cause.value_or(cause);
    if (!state.stop.begun()) {
      advance_stop(index, now, actions);
    }
  }
}

void RunState::start_cases(base::SteadyTime now, Actions& actions) {
  if (closed_ || placing_ || taking_turn_ || change_turn(actions) || change_placement(actions)) {
    return;
  }
  for (std::size_t index = 0; index < cases_.size() && std::cmp_less(running_.size(), limits_.jobs); ++index) {
    if (cases_[index].phase == Phase::waiting && may_start(cases_[index])) {
      start_case(index, now, actions);
    }
  }
}

void RunState::start_case(std::size_t index, base::SteadyTime now, Actions& actions) {
  CaseState& state = cases_[index];
  leave_queue(state, Phase::running);
  state.slot = free_slot();
  state.out_of_time = now + state.timeout + timeout_margin(limits_.grace);
  running_.insert(index);
  actions.emplace_back(StartCase{index, state.slot, ++state.progress.attempts, state.progress.specs});
}

bool RunState::change_turn(Actions& actions) {
  if (!limits_.turns || !running_.empty() || waiting_ == 0) {
    return false;
  }
  const bool parallel = std::any_of(waiting_parallel_.begin(), waiting_parallel_.end(),
                                    [](const auto& waiting) { return waiting.second > 0; });
  const cluster::Turn next = parallel ? cluster::Turn::shared : cluster::Turn::exclusive;
  if (turn_ == next) {
    return false;
  }
  turn_ = next;
  taking_turn_ = true;
  actions.emplace_back(TakeTurn{next});
  return true;
}

bool RunState::has_turn(const CaseState& candidate) const {
  return !limits_.turns || candidate.serial == (turn_ == cluster::Turn::exclusive);
}

bool RunState::change_placement(Actions& actions) {
  if (!limits_.place || !running_.empty()) {
    return false;
  }
  const auto waits = [&](const CaseState& state) { return state.phase == Phase::waiting && has_turn(state); };
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
  if (candidate.not_before || !has_turn(candidate) || (limits_.place && candidate.placement != placement_)) {
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
  if (const std::optional<int> signal = cases_[index].stop.advance(now, limits_.grace)) {
    actions.emplace_back(SignalCase{index, *signal});
  }
}

}  // namespace opready::run
