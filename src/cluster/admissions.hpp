// SPDX-License-Identifier: Apache-2.0
// Runs of e2e.test that wait until the cluster is ready for them.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "opready/cluster/placer.hpp"

#include "timers.hpp"

namespace opready::cluster {

/// Each waits for a generation of the placement's state.
class Admissions {
 public:
  Admissions(process::EventLoop& loop, std::chrono::milliseconds limit) : limit_(limit), timers_(loop) {}

  void add(const std::string& e2e_run, std::uint64_t generation, Placer::Done done);
  void drop(const std::string& e2e_run);
  void drop_all();
  /// Calls back those that wait for `generation` or an earlier one.
  void admit_up_to(std::uint64_t generation);
  [[nodiscard]] bool awaits_up_to(std::uint64_t generation) const;
  [[nodiscard]] bool empty() const { return waiting_.empty(); }
  /// Stands in the failure of those that waited too long.
  void set_obstacle(const std::string& obstacle) { obstacle_ = obstacle; }

 private:
  struct Waiting {
    std::string e2e_run;
    std::uint64_t generation;
    Placer::Done done;
    process::EventLoop::TimerId timer;
  };

  [[nodiscard]] std::vector<Waiting> take(const std::function<bool(const Waiting&)>& predicate);
  void give_up(const std::string& e2e_run);

  std::chrono::milliseconds limit_;
  Timers timers_;
  std::vector<Waiting> waiting_;
  std::string obstacle_;
};

}  // namespace opready::cluster
