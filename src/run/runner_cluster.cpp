// SPDX-License-Identifier: Apache-2.0
// What a runner has to do with the cluster while cases run: placement, evidence, the API server's loss.
#include <csignal>
#include <utility>

#include "opready/base/log.hpp"
#include "opready/run/runner.hpp"

namespace opready::run {
namespace {

using std::chrono::duration_cast;
using std::chrono::milliseconds;

/// Measured: a row comes within some 20 ms on an idle machine.
constexpr milliseconds kLateRows{300};
/// So many silent ticks are a loss of the API server.
constexpr int kLost = 3;

}  // namespace

/// From here on its namespaces are known to be ours. It hasn't made any yet: e2e.test tells its id, and then looks at
/// nodes and system pods before its first spec.
void Runner::identified(std::size_t index, const std::string& e2e_run) {
  const auto running = running_.find(index);
  around_.sink.on_event(model::E2eRunStarted{.time = around_.clock.wall(),
                                             .id = started_->plan.cases.at(index).test.id,
                                             .attempt = running == running_.end() ? 1 : running->second.number,
                                             .e2e_run = e2e_run});
  if (around_.observer != nullptr) {
    around_.observer->run_started(e2e_run);
  }
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

void Runner::judge_case(std::size_t index, const Running& ended, const process::ChildEnd& end) {
  model::CaseResult result = ended.attempt->result(end, state_->stop_cause(index));
  if (!ended.unplaced.empty()) {
    result.outcome = model::Outcome::could_not_test;
    result.reason = "its pods could not be placed: " + ended.unplaced;
  } else if (around_.observer != nullptr && around_.observer->sees_pods()) {
    prove(result, started_->plan.cases.at(index).test, evidence_of(ended));
  }
  finish_case(index, ended, std::move(result));
}

void Runner::sweep(std::size_t index, const model::CaseResult& result) {
  const bool cut_off = state_->stop_cause(index).has_value() || model::was_cut_off(result);
  if (around_.sweeper == nullptr || result.e2e_run.empty() || !cut_off) {
    return;
  }
  ++sweeping_;
  around_.sweeper->sweep({.e2e_runs = {result.e2e_run}, .namespaces = result.namespaces},
                         [this](const cluster::Removal& removal) {
                           for (const std::string& failure : removal.failed) {
                             base::log_warning(failure);
                           }
                           if (--sweeping_ == 0 && awaiting_sweeps_) {
                             around_.loop.stop();
                           }
                         });
}

void Runner::finish_sweeping() {
  awaiting_sweeps_ = true;
  while (sweeping_ > 0 && awaiting_sweeps_) {
    around_.loop.run();
  }
  awaiting_sweeps_ = false;
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

milliseconds Runner::delay_of_late_rows(bool api_answers) const {
  return api_answers ? kLateRows : kLost * options_.tick + kLateRows;
}

bool Runner::api_is_lost() const {
  return silent_ticks_ >= kLost;
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
    if (api_is_lost()) {
      running.lost_in.merge(running.silent_in);
    }
  }
}

}  // namespace opready::run
