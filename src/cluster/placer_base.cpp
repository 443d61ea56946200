// SPDX-License-Identifier: Apache-2.0
// Keeps a run's record in the cluster up to date, from its first change there to its last.
#include "placer_base.hpp"

#include <memory>
#include <utility>

#include "opready/base/log.hpp"

namespace opready::cluster {
namespace {

/// Then it's certain that nothing was changed, and no use to try again.
bool is_refusal(const std::string& failure) {
  return failure.find("(Forbidden)") != std::string::npos;
}

}  // namespace

PlacerBase::PlacerBase(const PlacerContext& context, Owner owner, const PlacerTimes& times)
    : context_(context),
      times_(times),
      timers_(context.loop),
      admissions_(context.loop, times.admission),
      asker_(std::in_place, context, times.answer) {
  record_.owner = std::move(owner);
}

void PlacerBase::begin(model::Placement placement, Done done) {
  begun_ = std::move(done);
  prepare(placement);
  ++generation_;
  if (has_record_) {
    write();
    return;
  }
  may_have_record_ = true;
  make_record([this](const std::string& failure) {
    if (!failure.empty()) {
      may_have_record_ = !is_refusal(failure);
      end_begin(failure);
      return;
    }
    has_record_ = true;
    beat_later();
    write();
  });
}

void PlacerBase::admit(const std::string& e2e_run, Done done) {
  record_.e2e_runs.push_back(e2e_run);
  live_.push_back(e2e_run);
  admissions_.add(e2e_run, ++generation_, std::move(done));
  write();
}

void PlacerBase::release(const std::string& e2e_run) {
  std::erase(live_, e2e_run);
  admissions_.drop(e2e_run);
}

void PlacerBase::end(Done done) {
  ended_.push_back(std::move(done));
  if (ended_.size() > 1) {
    return;
  }
  timers_.cancel_all();
  admissions_.drop_all();
  begun_ = nullptr;
  // What is being asked is of no use any more, and takes time that a stopped run doesn't have.
  asker_.emplace(context_, times_.answer);
  if (!may_have_record_) {
    timers_.after(std::chrono::milliseconds(0), [this] { end_end(""); });
    return;
  }
  may_retry_ = true;
  timers_.after(times_.ending, [this] { may_retry_ = false; });
  try_undo();
}

void PlacerBase::write() {
  if (writing_) {
    return;
  }
  writing_ = true;
  write_state(!up_to_date(), [this, generation = generation_](const std::string& failure) {
    writing_ = false;
    end_write(generation, failure);
  });
}

void PlacerBase::end_write(std::uint64_t generation, const std::string& failure) {
  admissions_.set_obstacle(failure);
  if (!failure.empty()) {
    base::log_debug("cannot write the placement's state: " + failure);
    end_begin(failure);
    if (!admissions_.empty()) {
      timers_.after(times_.longest_pause, [this] { write(); });
    }
    return;
  }
  written_ = generation;
  if (!up_to_date()) {
    write();
  }
  on_written();
}

void PlacerBase::end_begin(const std::string& failure) {
  if (begun_) {
    std::exchange(begun_, nullptr)(failure);
  }
}

const OwnerRecord& PlacerBase::fresh_record() {
  record_.heartbeat = context_.clock.wall();
  return record_;
}

void PlacerBase::beat_later() {
  timers_.after(times_.heartbeat, [this] {
    write();
    beat_later();
  });
}

void PlacerBase::try_undo() {
  undo([this](const std::string& failure) {
    if (!failure.empty() && may_retry_ && !is_refusal(failure)) {
      timers_.after(times_.longest_pause, [this] { try_undo(); });
      return;
    }
    may_have_record_ = !failure.empty();
    has_record_ = has_record_ && may_have_record_;
    end_end(failure.empty() ? "" : failure + "; `op-readiness doctor --repair` undoes it later");
  });
}

void PlacerBase::end_end(const std::string& failure) {
  timers_.cancel_all();
  for (const Done& done : std::exchange(ended_, {})) {
    done(failure);
  }
}

ClusterAsker::OnAnswer PlacerBase::joined(int count, Done done) {
  return [done = std::move(done), left = std::make_shared<int>(count),
          failure = std::make_shared<std::string>()](const ClusterAnswer& answer) {
    if (failure->empty()) {
      *failure = answer.failure;
    }
    if (--*left == 0) {
      done(*failure);
    }
  };
}

}  // namespace opready::cluster
