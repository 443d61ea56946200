// SPDX-License-Identifier: Apache-2.0
// Removes what a case left in the cluster while its run goes on.
#pragma once

#include <chrono>
#include <functional>
#include <memory>

#include "opready/cluster/cluster_access.hpp"
#include "opready/cluster/remains.hpp"

namespace opready::cluster {

/// The seam between a run and whoever cleans up behind its cases.
class Sweeper {
 public:
  using Done = std::function<void(const Removal&)>;

  virtual ~Sweeper() = default;
  /// For an e2e.test that has ended, and couldn't clean up itself. Calls back once, later, when all is asked for: the
  /// namespaces may be there a while longer. Any number may be under way; each keeps the loop running. Destroying the
  /// sweeper calls nothing back, and leaves what it hadn't come to. Not to be done inside a callback.
  virtual void sweep(const E2eTraces& left, Done done) = 0;
};

/// How long things take. Tests make them shorter.
struct SweeperTimes {
  std::chrono::milliseconds answer{10'000};   ///< One kubectl.
  std::chrono::milliseconds settling{1'000};  ///< For what a killed e2e.test had asked for last.
  std::chrono::milliseconds retry{1'000};     ///< From a failure to the next try.
  std::chrono::milliseconds limit{30'000};    ///< From `sweep` to the last try.
};

/// By kubectl.
[[nodiscard]] std::unique_ptr<Sweeper> make_sweeper(const ClusterAccess& access, const SweeperTimes& times = {});

}  // namespace opready::cluster
