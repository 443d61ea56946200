// SPDX-License-Identifier: Apache-2.0
// Keeps a run's record in the cluster up to date, from its first change there to its last.
#include "placer_base.hpp"

#include <memory>
#include <utility>

#include <fmt/format.h>

#include "opready/base/log.hpp"

namespace opready::cluster {
Failure failure_of(const ClusterAnswer& answer, const std::string& what) {
  return answer.ok()
             ? Failure{}
             : Failure{fmt::format("cannot {}: {}", what, answer.failure), answer.objection == Objection::forbidden};
}

PlacerBase::PlacerBase(const PlacerContext& context, Owner owner, const PlacerTimes& times)
    : context_(context),
      times_(times),
      timers_(context.loop),
      admissions_(context.loop, times.admission),
      asker_(std::in_place, context.access(), times.answer) {
  record_.owner = std::move(owner);
}

void PlacerBase::begin(model::Placement placement, Done done) {
  begun_ = std::move(done);
  set_limit(times_.beginning);
  prepare(placement);
  ++generation_;
  write();
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
  asker_.emplace(context_.access(), times_.answer);
  writing_ = false;
  if (!may_have_record_) {
    timers_.after(std::chrono::milliseconds(0), [this] { end_end(""); });
    return;
  }
  set_limit(times_.ending);
  try_undo();
}

void PlacerBase::write() {
  if (writing_) {
    return;
  }
  writing_ = true;
  has_record_ ? write_generation() : write_first_record();
}

void PlacerBase::write_first_record() {
  const bool may_have_record = std::exchange(may_have_record_, true);
  make_record([this, may_have_record](const Failure& failure) {
    if (!failure.none()) {
      may_have_record_ = may_have_record || !failure.is_final;
      end_write(generation_, failure);
      return;
    }
    has_record_ = true;
    beat_later();
    write_generation();
  });
}

void PlacerBase::write_generation() {
  write_state(!up_to_date(),
              [this, generation = generation_](const Failure& failure) { end_write(generation, failure); });
}

void PlacerBase::end_write(std::uint64_t generation, const Failure& failure) {
  writing_ = false;
  admissions_.set_obstacle(failure.text);
  if (failure.none()) {
    written_ = generation;
    if (!up_to_date()) {
      write();
    }
    on_written();
    return;
  }
  base::log_debug("the placement's state was not written: " + failure.text);
  if (generation == written_) {  // Only a heartbeat, but something may have changed meanwhile.
    if (!up_to_date()) {
      write();
    }
  } else if (is_beginning()) {
    fail_begin(failure, [this] { write(); });
  } else if (!admissions_.empty()) {
    try_later([this] { write(); });
  }
}

void PlacerBase::end_begin(const std::string& failure) {
  if (begun_) {
    has_begun_ = has_begun_ || failure.empty();
    std::exchange(begun_, nullptr)(failure);
  }
}

void PlacerBase::fail_begin(const Failure& failure, std::function<void()> again) {
  if (is_no_use(failure)) {
    end_begin(failure.text);
  } else {
    try_later(std::move(again));
  }
}

bool PlacerBase::is_no_use(const Failure& failure) const {
  // An API server that has just been started forbids what it allowed before, until it has read all roles.
  return is_late_ || (failure.is_final && !has_begun_);
}

void PlacerBase::try_later(std::function<void()> again) {
  timers_.cancel(retry_timer_);
  retry_timer_ = timers_.after(times_.retry, std::move(again));
}

void PlacerBase::set_limit(std::chrono::milliseconds limit) {
  is_late_ = false;
  timers_.cancel(limit_timer_);
  limit_timer_ = timers_.after(limit, [this] { is_late_ = true; });
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
  undo([this](const Failure& failure) {
    if (!failure.none() && !is_no_use(failure)) {
      try_later([this] { try_undo(); });
      return;
    }
    may_have_record_ = !failure.none();
    has_record_ = has_record_ && may_have_record_;
    end_end(failure.none() ? "" : failure.text + "; `op-readiness doctor --repair` undoes it later");
  });
}

void PlacerBase::end_end(const std::string& failure) {
  timers_.cancel_all();
  for (const Done& done : std::exchange(ended_, {})) {
    done(failure);
  }
}

PlacerBase::Told PlacerBase::joined(int count, Told done) {
  return [done = std::move(done), left = std::make_shared<int>(count),
          first = std::make_shared<Failure>()](const Failure& failure) {
    if (first->none()) {
      *first = failure;
    }
    if (--*left == 0) {
      done(*first);
    }
  };
}

}  // namespace opready::cluster
