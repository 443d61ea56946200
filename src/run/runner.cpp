// SPDX-License-Identifier: Apache-2.0
// Turns the state machine's actions into children, signals, timers and events.
#include "opready/run/runner.hpp"

#include <algorithm>
#include <csignal>
#include <utility>

#include "opready/base/error.hpp"

namespace opready::run {
namespace {

using std::chrono::duration_cast;
using std::chrono::milliseconds;

constexpr milliseconds kTick{1000};
constexpr int kFirstAttempt = 1;

}  // namespace

std::filesystem::path raw_report_of(const std::filesystem::path& raw_reports, const std::string& id) {
  return raw_reports / id / ("junit_" + id + "01.xml");
}

Runner::Runner(Surroundings surroundings, RunnerOptions options)
    : around_(surroundings), options_(std::move(options)) {}

void Runner::run(const model::RunStarted& started) {
  const base::SteadyTime began = around_.clock.steady();
  plan_ = &started.plan;
  state_ = std::make_unique<RunState>(started.plan, options_.limits);
  around_.loop.on_signals({SIGINT, SIGTERM, SIGHUP}, [this](int signal) { stop_requested(signal); });
  around_.sink.on_event(started);
  perform(state_->start(began));
  if (!state_->finished()) {
    tick();
    around_.loop.run();
  }
  around_.sink.on_event(model::RunFinished{.time = around_.clock.wall(),
                                           .duration = duration_cast<milliseconds>(around_.clock.steady() - began),
                                           .stopped_by = stopped_by_});
}

void Runner::perform(const Actions& actions) {
  for (const Action& action : actions) {
    if (const auto* start = std::get_if<StartCase>(&action)) {
      start_case(*start);
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

void Runner::start_case(const StartCase& action) {
  const model::PlannedCase& planned = plan_->cases.at(action.index);
  const base::SteadyTime now = around_.clock.steady();
  model::CaseStarted started{.time = around_.clock.wall(), .id = planned.test.id, .slot = action.slot};
  auto attempt = std::make_unique<Attempt>(planned, files_of(planned), around_.clock, around_.sink);
  try {
    attempt->start(around_.starter,
                   [this, index = action.index](const process::ChildEnd& end) { case_ended(index, end); });
  } catch (const base::Error& error) {
    around_.sink.on_event(started);
    // Through the loop: a thousand such cases in a row must not nest.
    around_.loop.after(milliseconds(0), [this, index = action.index, now, reason = std::string(error.what())] {
      finish_case(index, {.outcome = model::Outcome::not_started, .reason = reason}, now);
    });
    return;
  }
  started.pid = attempt->child().pid();
  started.pid_start = attempt->child().start_ticks();
  running_.emplace(action.index, Running{std::move(attempt), now});
  around_.sink.on_event(started);
}

void Runner::case_ended(std::size_t index, const process::ChildEnd& end) {
  // Keeps the attempt, whose callback this is, alive to the end of this function.
  const Running running = std::move(running_.extract(index).mapped());
  finish_case(index, running.attempt->result(end, state_->stop_cause(index)), running.since);
}

void Runner::finish_case(std::size_t index, model::CaseResult result, base::SteadyTime since) {
  const base::SteadyTime now = around_.clock.steady();
  around_.sink.on_event(model::CaseFinished{.time = around_.clock.wall(),
                                            .id = plan_->cases.at(index).test.id,
                                            .duration = duration_cast<milliseconds>(now - since),
                                            .result = std::move(result)});
  perform(state_->case_ended(index, now));
}

void Runner::stop_requested(int signal) {
  if (!stopped_by_) {
    stopped_by_ = signal;
    around_.sink.on_event(model::StopRequested{.time = around_.clock.wall(), .signal = signal});
  }
  perform(state_->stop_requested(around_.clock.steady()));
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
  around_.loop.after(kTick, [this] {
    around_.sink.on_tick(around_.clock.steady());
    tick();
  });
}

AttemptFiles Runner::files_of(const model::PlannedCase& planned) const {
  return {.directory = around_.report_directory.subdirectory("cases")
                           .subdirectory(planned.test.id)
                           .subdirectory("attempt-" + std::to_string(kFirstAttempt)),
          .raw_report = raw_report_of(options_.raw_reports, planned.test.id),
          .keep_raw = options_.keep_raw};
}

}  // namespace opready::run
