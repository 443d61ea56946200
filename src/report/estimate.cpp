// SPDX-License-Identifier: Apache-2.0
// Adds up what cases will take.
#include "opready/report/estimate.hpp"

#include <algorithm>
#include <numeric>

namespace opready::report {
namespace {

using std::chrono::milliseconds;

/// What is to be done, of cases that run alone and of those that run side by side.
class Work {
 public:
  void add(milliseconds duration, bool serial) {
    if (serial) {
      alone_ += duration;
      return;
    }
    together_ += duration;
    longest_ = std::max(longest_, duration);
    ++cases_;
  }

  [[nodiscard]] milliseconds time(int jobs) const {
    return alone_ + std::max(longest_, together_ / std::clamp<std::ptrdiff_t>(cases_, 1, jobs));
  }

 private:
  milliseconds alone_{};
  milliseconds together_{};
  milliseconds longest_{};
  std::ptrdiff_t cases_ = 0;
};

}  // namespace

void Estimate::expect(const model::PlannedCase& planned) {
  cases_[planned.test.id] = {.serial = planned.serial};
}

void Estimate::begin(const std::string& id) {
  cases_[id].waiting = false;
}

void Estimate::end(milliseconds duration) {
  ++ended_;
  ended_duration_ += duration;
}

void Estimate::repeat(const std::string& id) {
  cases_[id].waiting = true;
}

std::optional<milliseconds> Estimate::mean() const {
  if (ended_ > 0) {
    return ended_duration_ / ended_;
  }
  if (earlier_.empty()) {
    return std::nullopt;
  }
  const auto add = [](milliseconds sum, const auto& entry) { return sum + entry.second; };
  return std::accumulate(earlier_.begin(), earlier_.end(), milliseconds{}, add) / std::ssize(earlier_);
}

std::optional<milliseconds> Estimate::remaining(const std::vector<Running>& running, int jobs) const {
  const std::optional<milliseconds> usual = mean();
  if (!usual) {
    return std::nullopt;
  }
  const auto expected = [&](const std::string& id) {
    const auto found = earlier_.find(id);
    return found == earlier_.end() ? *usual : found->second;
  };
  Work work;
  for (const auto& [id, what] : cases_) {
    if (what.waiting) {
      work.add(expected(id), what.serial);
    }
  }
  for (const Running& one : running) {
    const auto found = cases_.find(one.id);
    work.add(std::max(expected(one.id) - one.elapsed, milliseconds{}), found != cases_.end() && found->second.serial);
  }
  return work.time(jobs);
}

}  // namespace opready::report
