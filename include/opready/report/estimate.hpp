// SPDX-License-Identifier: Apache-2.0
// How long a run will still take.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "opready/model/plan.hpp"

namespace opready::report {

/// Takes a case for as long as it was in an earlier run, and any other for as long as the mean of this run's attempts,
/// or, before one has ended, of the earlier run's cases. What waits is summed up as it changes: asking takes no longer
/// for more cases.
class Estimate {
 public:
  using Durations = std::map<std::string, std::chrono::milliseconds>;

  struct Running {
    std::string id;
    std::chrono::milliseconds elapsed{};
  };

  /// `earlier`: by case id.
  explicit Estimate(Durations earlier);

  /// A case that will be started.
  void expect(const model::PlannedCase& planned);
  void begin(const std::string& id);
  void end(std::chrono::milliseconds duration);
  /// What it came to doesn't count: it'll be started again.
  void repeat(const std::string& id);

  /// Nothing where not even one duration is known.
  [[nodiscard]] std::optional<std::chrono::milliseconds> remaining(const std::vector<Running>& running, int jobs) const;

 private:
  struct Expected {
    bool serial = false;
    bool waiting = false;
  };

  /// Cases that wait, and either run alone or side by side.
  struct Waiting {
    std::chrono::milliseconds known{};  ///< The sum of those that ran before.
    std::ptrdiff_t unknown = 0;         ///< How many others there are.
  };

  void set_waiting(const std::string& id, bool waiting);
  [[nodiscard]] std::optional<std::chrono::milliseconds> mean() const;

  Durations earlier_;
  std::optional<std::chrono::milliseconds> earlier_mean_;
  std::map<std::string, Expected> cases_;
  Waiting alone_;
  Waiting together_;
  std::multiset<std::chrono::milliseconds> known_together_;
  std::ptrdiff_t ended_ = 0;
  std::chrono::milliseconds ended_duration_{};
};

}  // namespace opready::report
