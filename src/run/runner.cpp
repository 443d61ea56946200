// SPDX-License-Identifier: Apache-2.0
// Turns the state machine's actions into children, signals, timers and events.
#include "opready/run/runner.hpp"

#include <algorithm>
#include <csignal>
#include <utility>

#include <fmt/format.h>

#include "opready/base/counted.hpp"
#include "opready/base/duration.hpp"
#include "opready/base/error.hpp"
#include "opready/plan/command_line.hpp"
#include "opready/run/retry.hpp"
#include "opready/suite/suite_binary.hpp"

namespace opready::run {
namespace {

using std::chrono::duration_cast;
using std::chrono::milliseconds;

/// Its specs are no longer known to be those of the plan.
void require_same_binary(const model::Plan& plan, const model::PlannedCase& planned) {
  const model::SuiteIdentity* const suite = model::find_suite(plan, planned.test.suite);
  std::error_code error;  // One that's gone is told of by its start.
  const bool there = suite != nullptr && !suite->build.empty() && std::filesystem::exists(suite->path, error);
  if (there && suite::build_of(suite->path) != suite->build) {
    throw base::environment_error(fmt::format("'{}' was replaced during the run", suite->path));
  }
}

}  // namespace

std::filesystem::path raw_report_of(const std::filesystem::path& raw_reports, const std::string& id) {
  return raw_reports / id / ("junit_" + id + "01.xml");
}

Runner::Runner(Surroundings surroundings, RunnerOptions options)
    : around_(std::move(surroundings)), options_(std::move(options)) {}

void Runner::run(const model::RunStarted& started) {
  run_from(started, started);
}

void Runner::resume(const model::RunStarted& started, const model::RunResumed& resumed) {
  run_from(started, resumed);
}

void Runner::run_from(const model::RunStarted& started, const model::Event& opening) {
  const base::SteadyTime began = around_.clock.steady();
  started_ = &started;
  state_ = std::make_unique<RunState>(started.plan, options_.limits, options_.progress);
  around_.loop.on_signals({SIGINT, SIGTERM, SIGHUP, SIGTSTP}, [this](int signal) { on_signal(signal); });
  around_.sink.on_event(opening);
  if (around_.observer != nullptr) {
    around_.observer->start([this] { begin(); });
  } else {
    begin();
  }
  if (!state_->finished()) {
    tick();
    around_.loop.run();
  }
  over_ = true;
  around_.sink.on_event(model::RunFinished{.time = around_.clock.wall(),
                                           .duration = duration_cast<milliseconds>(around_.clock.steady() - began),
                                           .stopped_by = stopped_by_});
}

void Runner::begin() {
  if (around_.observer != nullptr) {
    for (const std::string& lack : around_.observer->lacks()) {
      around_.sink.on_event(model::EvidenceLacks{.time = around_.clock.wall(), .why = lack});
    }
  }
  perform(state_->start(around_.clock.steady()));
}

void Runner::perform(const Actions& actions) {
  if (over_) {
    return;
  }
  for (const Action& action : actions) {
    if (const auto* start = std::get_if<StartCase>(&action)) {
      start_case(*start);
    } else if (const auto* place = std::get_if<PlaceFor>(&action)) {
      place_for(*place);
    } else if (const auto* turn = std::get_if<TakeTurn>(&action)) {
      take_turn(*turn);
    } else if (const auto* hopeless = std::get_if<GiveUpCase>(&action)) {
      give_up(*hopeless);
    } else if (const auto* closed = std::get_if<CloseRun>(&action)) {
      close(*closed);
    } else if (const auto* signal = std::get_if<SignalCase>(&action)) {
      const auto running = running_.find(signal->index);
      if (running != running_.end()) {  // Else it could not be started, and its end is about to be told.
        running->second.attempt->signal(signal->signal);
      }
    }
  }
  arm_deadline();
  if (state_->finished()) {
    around_.loop.stop();
  }
}

/// A stop by a signal was told when it came.
void Runner::close(const CloseRun& action) {
  model::StopRequested stop{.time = around_.clock.wall(), .signal = 0, .reason = action.reason, .detail = {}};
  switch (action.reason) {
    case model::StopReason::signal:
      return;
    case model::StopReason::time_limit:
      stop.detail =
          fmt::format("its time, {}, is up", base::go_duration(options_.limits.timeout.value_or(milliseconds(0))));
      break;
    case model::StopReason::failures:
      stop.detail = base::counted(static_cast<std::size_t>(options_.limits.fail_fast.value_or(0)), "case") + " failed";
      break;
    case model::StopReason::write_failure:
      stop.detail = write_failure_;
      break;
  }
  around_.sink.on_event(stop);
}

void Runner::place_for(const PlaceFor& action) {
  around_.placer->begin(action.placement, [this](const std::string& failure) {
    why_hopeless_ = "its pods could not be placed: " + failure;
    const base::SteadyTime now = around_.clock.steady();
    perform(failure.empty() ? state_->placed(now) : state_->placing_failed(now));
  });
}

void Runner::take_turn(const TakeTurn& action) {
  around_.turns->take(action.turn, [this](const std::string& failure) {
    why_hopeless_ = "its turn among the plan's shards did not come: " + failure;
    perform(failure.empty() ? state_->turn_taken(around_.clock.steady()) : state_->turn_failed());
  });
}

void Runner::give_up(const GiveUpCase& action) {
  const StartCase asked{.index = action.index, .slot = 0, .attempt = action.attempt, .specs = {}};
  const model::TestCase& test = started_->plan.cases.at(action.index).test;
  const std::shared_ptr<Attempt> files = make_attempt(asked);  // Which reports point to.
  if (files == nullptr) {
    return;
  }
  around_.sink.on_event(model::CaseStarted{.time = around_.clock.wall(), .id = test.id, .attempt = action.attempt});
  model::CaseFinished finished{.time = around_.clock.wall(), .id = test.id, .attempt = action.attempt};
  finished.result.outcome = model::Outcome::could_not_test;
  finished.result.reason = why_hopeless_;
  around_.sink.on_event(finished);
}

model::PlannedCase Runner::planned_for(const StartCase& action) const {
  const model::PlannedCase& planned = started_->plan.cases.at(action.index);
  const model::SuiteIdentity* const suite = model::find_suite(started_->plan, planned.test.suite);
  if (action.specs.empty()) {
    return planned;
  }
  return plan::only_specs(planned, action.specs, suite == nullptr ? "" : suite->description);
}

/// Null where its files can't be made, which ends the run.
std::shared_ptr<Attempt> Runner::make_attempt(const StartCase& action) {
  try {
    model::PlannedCase planned = planned_for(action);
    AttemptFiles files = files_of(planned.test.id, action.attempt);
    return std::make_shared<Attempt>(std::move(planned), std::move(files), around_.clock, around_.sink);
  } catch (const base::Error& error) {
    around_.loop.after(milliseconds(0), [this, why = std::string(error.what())] { write_failed(why); });
    return nullptr;
  }
}

void Runner::start_case(const StartCase& action) {
  const base::SteadyTime now = around_.clock.steady();
  const model::PlannedCase& planned = started_->plan.cases.at(action.index);
  const std::shared_ptr<Attempt> attempt = make_attempt(action);
  if (attempt == nullptr) {
    around_.loop.after(milliseconds(0),
                       [this, index = action.index] { perform(state_->case_ended(index, around_.clock.steady())); });
    return;
  }
  model::CaseStarted started{.time = around_.clock.wall(),
                             .id = planned.test.id,
                             .attempt = action.attempt,
                             .slot = action.slot,
                             .specs = action.specs};
  try {
    require_same_binary(started_->plan, planned);
    attempt->start(around_.starter,
                   {.on_e2e_run = [this, index = action.index](const std::string& id) { identified(index, id); },
                    .on_spec = [this, index = action.index](const std::string& spec) { spec_began(index, spec); },
                    .on_write_failure = [this](const std::string& why) { write_failed(why); },
                    .on_end = [this, index = action.index](const process::ChildEnd& end) { case_ended(index, end); }});
  } catch (const base::Error& error) {
    around_.sink.on_event(started);
    // Through the loop: a thousand such cases in a row must not nest.
    around_.loop.after(milliseconds(0), [this, index = action.index, why = std::string(error.what()),
                                         ended = Running{.attempt = attempt, .number = action.attempt, .since = now}] {
      finish_case(index, ended, {.outcome = model::Outcome::not_started, .reason = why});
    });
    return;
  }
  started.pid = attempt->child().pid();
  started.pid_start = attempt->child().start_ticks();
  Running& running = running_[action.index];
  running = {.attempt = attempt, .number = action.attempt, .since = now};
  if (around_.observer != nullptr) {
    running.continuity = around_.observer->continuity();
  }
  around_.sink.on_event(started);
}

void Runner::case_ended(std::size_t index, const process::ChildEnd& end) {
  // Keeps the attempt, whose callback this is, alive to the end of this function.
  Running ended = std::move(running_.extract(index).mapped());
  if (around_.placer != nullptr && !ended.attempt->e2e_run().empty()) {
    around_.placer->release(ended.attempt->e2e_run());
  }
  if (around_.observer == nullptr || state_->stopping()) {
    judge_case(index, ended, end);
    return;
  }
  // What the cluster told last may still be on its way through kubectl; and whether it's lost is to be seen.
  const bool answers = api_answers();
  if (!answers) {
    ended.silent_in.insert(ended.attempt->last_spec());
  }
  around_.loop.after(delay_of_late_rows(answers), [this, index, ended, end]() mutable {
    if (api_is_lost()) {
      ended.lost_in.merge(ended.silent_in);
    }
    judge_case(index, ended, end);
  });
}

void Runner::finish_case(std::size_t index, const Running& ended, model::CaseResult result) {
  const base::SteadyTime now = around_.clock.steady();
  const AttemptEnd end{.failed = model::is_failure(result.outcome),
                       .retry = retry_of(ended.attempt->planned(), result)};
  sweep(index, result);
  around_.sink.on_event(model::CaseFinished{.time = around_.clock.wall(),
                                            .id = ended.attempt->planned().test.id,
                                            .attempt = ended.number,
                                            .duration = duration_cast<milliseconds>(now - ended.since),
                                            .result = std::move(result)});
  perform(state_->case_ended(index, now, end));
}

void Runner::on_signal(int signal) {
  if (over_) {
    if (signal != SIGTSTP && std::exchange(awaiting_sweeps_, false)) {
      around_.loop.stop();
    }
    return;
  }
  if (signal == SIGTSTP) {
    suspend();
  } else {
    stop_requested(signal);
  }
}

void Runner::stop_requested(int signal) {
  const bool first = !stopped_by_;
  stopped_by_ = stopped_by_.value_or(signal);
  // Children hear of it first: a screen may be slow, and whoever stops us may not wait long.
  perform(state_->stop_requested(around_.clock.steady()));
  if (first) {
    around_.sink.on_event(model::StopRequested{
        .time = around_.clock.wall(), .signal = signal, .reason = model::StopReason::signal, .detail = {}});
  }
}

/// Children have process groups of their own, which the terminal's stop doesn't reach.
void Runner::suspend() {
  for (const auto& [index, running] : running_) {
    running.attempt->suspend();
  }
  around_.before_suspension();
  const base::SteadyTime since = around_.clock.steady();
  ::raise(SIGSTOP);
  const auto slept = around_.clock.steady() - since;
  for (auto& [index, running] : running_) {
    running.attempt->resume();
    running.held_since += slept;  // That time is nobody's, and told below.
  }
  state_->suspended(duration_cast<milliseconds>(slept));
  arm_deadline();
}

void Runner::write_failed(const std::string& why) {
  if (over_ || !write_failure_.empty()) {
    return;
  }
  write_failure_ = why;
  perform(state_->write_failed(around_.clock.steady()));
}

void Runner::arm_deadline() {
  if (deadline_timer_) {
    around_.loop.cancel(*deadline_timer_);
    deadline_timer_.reset();
  }
  const auto deadline = state_->next_deadline();
  if (!deadline) {
    return;
  }
  const auto delay = duration_cast<milliseconds>(*deadline - around_.clock.steady()) + milliseconds(1);
  deadline_timer_ = around_.loop.after(std::max(delay, milliseconds(0)), [this] {
    deadline_timer_.reset();
    perform(state_->time_passed(around_.clock.steady()));
  });
}

void Runner::tick() {
  around_.loop.after(options_.tick, [this] {
    if (over_) {
      return;
    }
    around_.sink.on_tick(around_.clock.steady());
    look_at_api();
    tick();
  });
}

AttemptFiles Runner::files_of(const std::string& id, int attempt) const {
  return {.directory = around_.report_directory.subdirectory("cases").subdirectory(id).subdirectory(
              "attempt-" + std::to_string(attempt)),
          .raw_report = raw_report_of(options_.raw_reports, id),
          .keep_raw = options_.keep_raw};
}

}  // namespace opready::run
