// SPDX-License-Identifier: Apache-2.0
// Keeps who waits for which generation.
#include "admissions.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "opready/base/duration.hpp"

namespace opready::cluster {

void Admissions::add(const std::string& e2e_run, std::uint64_t generation, Placer::Done done) {
  const auto timer = timers_.after(limit_, [this, e2e_run] { give_up(e2e_run); });
  waiting_.push_back({e2e_run, generation, std::move(done), timer});
}

void Admissions::drop(const std::string& e2e_run) {
  static_cast<void>(take([&](const Waiting& waiting) { return waiting.e2e_run == e2e_run; }));
}

void Admissions::drop_all() {
  static_cast<void>(take([](const Waiting&) { return true; }));
}

void Admissions::admit_up_to(std::uint64_t generation) {
  for (const Waiting& admitted : take([&](const Waiting& waiting) { return waiting.generation <= generation; })) {
    admitted.done("");
  }
}

bool Admissions::awaits_up_to(std::uint64_t generation) const {
  return std::any_of(waiting_.begin(), waiting_.end(),
                     [&](const Waiting& waiting) { return waiting.generation <= generation; });
}

void Admissions::give_up(const std::string& e2e_run) {
  const std::string why = obstacle_.empty() ? "" : ": " + obstacle_;
  for (const Waiting& late : take([&](const Waiting& waiting) { return waiting.e2e_run == e2e_run; })) {
    late.done(fmt::format("the cluster was not ready for e2e run {} within {}{}", e2e_run, base::human_duration(limit_),
                          why));
  }
}

std::vector<Admissions::Waiting> Admissions::take(const std::function<bool(const Waiting&)>& predicate) {
  const auto taken = std::stable_partition(waiting_.begin(), waiting_.end(), std::not_fn(predicate));
  std::vector<Waiting> result(std::make_move_iterator(taken), std::make_move_iterator(waiting_.end()));
  waiting_.erase(taken, waiting_.end());
  for (const Waiting& waiting : result) {
    timers_.cancel(waiting.timer);
  }
  return result;
}

}  // namespace opready::cluster
