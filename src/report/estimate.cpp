// SPDX-License-Identifier: Apache-2.0
// Adds up what cases will take.
#include "opready/report/estimate.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace opready::report {
namespace {

using std::chrono::milliseconds;

std::optional<milliseconds> mean_of(const Estimate::Durations& durations) {
  if (durations.empty()) {
    return std::nullopt;
  }
  const auto add = [](milliseconds sum, const auto& entry) { return sum + entry.second; };
  return std::accumulate(durations.begin(), durations.end(), milliseconds{}, add) / std::ssize(durations);
}

/// What is to be done, of cases that run alone and of those that run side by side.
struct Work {
  milliseconds alone{};
  milliseconds together{};
  milliseconds longest{};  ///< Of those that run side by side.
  std::ptrdiff_t cases = 0;

  void add(milliseconds duration, bool serial) {
    if (serial) {
      alone += duration;
      return;
    }
    together += duration;
    longest = std::max(longest, duration);
    ++cases;
  }

  [[nodiscard]] milliseconds time(int jobs) const {
    return alone + std::max(longest, together / std::clamp<std::ptrdiff_t>(cases, 1, jobs));
  }
};

}  // namespace

Estimate::Estimate(Durations earlier) : earlier_(std::move(earlier)), earlier_mean_(mean_of(earlier_)) {}

void Estimate::expect(const model::PlannedCase& planned) {
  const std::string& id = planned.test.id;
  set_waiting(id, false);  // It may have been expected otherwise.
  cases_[id].serial = planned.serial;
  set_waiting(id, true);
}

void Estimate::begin(const std::string& id) {
  set_waiting(id, false);
}

void Estimate::end(milliseconds duration) {
  ++ended_;
  ended_duration_ += duration;
}

void Estimate::repeat(const std::string& id) {
  set_waiting(id, true);
}

void Estimate::set_waiting(const std::string& id, bool waiting) {
  Expected& one = cases_[id];
  if (std::exchange(one.waiting, waiting) == waiting) {
    return;
  }
  Waiting& sum = one.serial ? alone_ : together_;
  const auto found = earlier_.find(id);
  if (found == earlier_.end()) {
    sum.unknown += waiting ? 1 : -1;
    return;
  }
  sum.known += waiting ? found->second : -found->second;
  if (one.serial) {
    return;
  }
  if (waiting) {
    known_together_.insert(found->second);
  } else {
    known_together_.erase(known_together_.find(found->second));
  }
}

std::optional<milliseconds> Estimate::mean() const {
  return ended_ > 0 ? ended_duration_ / ended_ : earlier_mean_;
}

std::optional<milliseconds> Estimate::remaining(const std::vector<Running>& running, int jobs) const {
  const std::optional<milliseconds> usual = mean();
  if (!usual) {
    return std::nullopt;
  }
  Work work{.alone = alone_.known + alone_.unknown * *usual,
            .together = together_.known + together_.unknown * *usual,
            .longest = std::max(known_together_.empty() ? milliseconds{} : *known_together_.rbegin(),
                                together_.unknown > 0 ? *usual : milliseconds{}),
            .cases = std::ssize(known_together_) + together_.unknown};
  for (const Running& one : running) {
    const auto earlier = earlier_.find(one.id);
    const milliseconds expected = earlier == earlier_.end() ? *usual : earlier->second;
    const auto found = cases_.find(one.id);
    work.add(std::max(expected - one.elapsed, milliseconds{}), found != cases_.end() && found->second.serial);
  }
  return work.time(jobs);
}

}  // namespace opready::report
