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

/// Measured: a row comes within some 20 ms on an idle machine.
constexpr milliseconds kLateRows{300};
/// So many silent ticks are a loss of the API server.
constexpr int kLost = 3;
constexpr int kFirstAttempt = 1;

}  // namespace

std::filesystem::path raw_report_of(const std::filesystem::path& raw_reports, const std::string& id) {
  return raw_reports / id / ("junit_" + id + "01.xml");
}

Runner::Runner(Surroundings surroundings, RunnerOptions options)
    : around_(surroundings), options_(std::move(options)) {}

void Runner::run(const model::RunStarted& started) {
  const base::SteadyTime began = around_.clock.steady();
  started_ = &started;
  state_ = std::make_unique<RunState>(started.plan, options_.limits);
  around_.loop.on_signals({SIGINT, SIGTERM, SIGHUP}, [this](int signal) { stop_requested(signal); });
  around_.sink.on_event(started);
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
    } else if (const auto* hopeless = std::get_if<GiveUpCase>(&action)) {
      give_up(*hopeless);
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

void Runner::place_for(const PlaceFor& action) {
  around_.placer->begin(action.placement, [this](const std::string& failure) {
    placing_failure_ = failure;
    const base::SteadyTime now = around_.clock.steady();
    perform(failure.empty() ? state_->placed(now) : state_->placing_failed(now));
  });
}

void Runner::give_up(const GiveUpCase& action) {
  const model::PlannedCase& planned = started_->plan.cases.at(action.index);
  const Attempt files(planned, files_of(planned), around_.clock, around_.sink);  // Which reports point to.
  around_.sink.on_event(model::CaseStarted{.time = around_.clock.wall(), .id = planned.test.id});
  around_.sink.on_event(finished_event(
      action.index,
      {.outcome = model::Outcome::could_not_test, .reason = "its pods could not be placed: " + placing_failure_},
      around_.clock.steady()));
}

/// From here on its namespaces are known to be ours. It hasn't made any yet: e2e.test tells its id, and then looks at
/// nodes and system pods before its first spec.
void Runner::identified(std::size_t index, const std::string& e2e_run) {
  around_.sink.on_event(model::E2eRunStarted{
      .time = around_.clock.wall(), .id = started_->plan.cases.at(index).test.id, .e2e_run = e2e_run});
  if (around_.observer != nullptr) {
    around_.observer->run_started(e2e_run);
  }
  const auto running = running_.find(index);
  if (around_.placer != nullptr && running != running_.end() && !state_->stopping()) {
    running->second.attempt->hold();
    running->second.held_since = around_.clock.steady();
    around_.placer->admit(e2e_run, [this, index](const std::string& failure) { admitted(index, failure); });
  }
}

void Runner::admitted(std::size_t index, const std::string& failure) {
  const auto running = running_.find(index);
  if (running == running_.end()) {
    return;
  }
  if (failure.empty()) {
    const auto held = duration_cast<milliseconds>(around_.clock.steady() - running->second.held_since);
    running->second.attempt->let_go();
    state_->case_held(index, held);
    arm_deadline();
    return;
  }
  // It has done nothing yet, and what it would do proves nothing.
  running->second.unplaced = failure;
  running->second.attempt->signal(SIGKILL);
}

void Runner::spec_began(std::size_t index, const std::string& spec) {
  const auto running = running_.find(index);
  if (around_.observer == nullptr || running == running_.end()) {
    return;
  }
  around_.observer->spec_began(running->second.attempt->e2e_run(), spec);
  if (!api_answers()) {
    running->second.silent_in.insert(running->second.attempt->last_spec());
  }
}

void Runner::start_case(const StartCase& action) {
  const model::PlannedCase& planned = started_->plan.cases.at(action.index);
  const base::SteadyTime now = around_.clock.steady();
  model::CaseStarted started{.time = around_.clock.wall(), .id = planned.test.id, .slot = action.slot};
  auto attempt = std::make_shared<Attempt>(planned, files_of(planned), around_.clock, around_.sink);
  try {
    attempt->start(around_.starter,
                   {.on_e2e_run = [this, index = action.index](const std::string& id) { identified(index, id); },
                    .on_spec = [this, index = action.index](const std::string& spec) { spec_began(index, spec); },
                    .on_end = [this, index = action.index](const process::ChildEnd& end) { case_ended(index, end); }});
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
  Running& running = running_.emplace(action.index, Running{std::move(attempt), now}).first->second;
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
  around_.loop.after(answers ? kLateRows : kLost * options_.tick + kLateRows, [this, index, ended, end]() mutable {
    if (silent_ticks_ >= kLost) {
      ended.lost_in.merge(ended.silent_in);
    }
    judge_case(index, ended, end);
  });
}

void Runner::judge_case(std::size_t index, const Running& ended, const process::ChildEnd& end) {
  model::CaseResult result = ended.attempt->result(end, state_->stop_cause(index));
  if (!ended.unplaced.empty()) {
    result.outcome = model::Outcome::could_not_test;
    result.reason = "its pods could not be placed: " + ended.unplaced;
  } else if (around_.observer != nullptr && around_.observer->sees_pods()) {
    prove(result, started_->plan.cases.at(index).test, evidence_of(ended));
  }
  finish_case(index, std::move(result), ended.since);
}

PodEvidence Runner::evidence_of(const Running& ended) {
  const std::optional<int> continuity = around_.observer->continuity();
  PodEvidence evidence{.namespaces = around_.observer->take(ended.attempt->e2e_run()),
                       .spec_of = {},
                       .nodes = started_->cluster.nodes,
                       .gaps = !continuity || continuity != ended.continuity,
                       .lost_in = ended.lost_in};
  for (const model::NamespaceEvidence& seen : evidence.namespaces) {
    evidence.spec_of.emplace(seen.name, ended.attempt->spec_of(seen));
  }
  return evidence;
}

void Runner::finish_case(std::size_t index, model::CaseResult result, base::SteadyTime since) {
  around_.sink.on_event(finished_event(index, std::move(result), since));
  perform(state_->case_ended(index, around_.clock.steady()));
}

model::CaseFinished Runner::finished_event(std::size_t index, model::CaseResult result, base::SteadyTime since) {
  return {.time = around_.clock.wall(),
          .id = started_->plan.cases.at(index).test.id,
          .duration = duration_cast<milliseconds>(around_.clock.steady() - since),
          .result = std::move(result)};
}

void Runner::stop_requested(int signal) {
  if (over_) {
    return;
  }
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
  around_.loop.after(options_.tick, [this] {
    if (over_) {
      return;
    }
    around_.sink.on_tick(around_.clock.steady());
    look_at_api();
    tick();
  });
}

bool Runner::api_answers() const {
  return around_.observer == nullptr || around_.observer->api_answers();
}

/// A silent tick may be a watch that the server ended and that's about to be there again; some in a row are a loss. It
/// began with the first, and a spec may fail and be over before that's certain.
void Runner::look_at_api() {
  silent_ticks_ = api_answers() ? 0 : silent_ticks_ + 1;
  for (auto& [index, running] : running_) {
    if (silent_ticks_ == 0) {
      running.silent_in.clear();
      continue;
    }
    running.silent_in.insert(running.attempt->last_spec());
    if (silent_ticks_ >= kLost) {
      running.lost_in.merge(running.silent_in);
    }
  }
}

AttemptFiles Runner::files_of(const model::PlannedCase& planned) const {
  return {.directory = around_.report_directory.subdirectory("cases")
                           .subdirectory(planned.test.id)
                           .subdirectory("attempt-" + std::to_string(kFirstAttempt)),
          .raw_report = raw_report_of(options_.raw_reports, planned.test.id),
          .keep_raw = options_.keep_raw};
}

}  // namespace opready::run
