// SPDX-License-Identifier: Apache-2.0
// Makes pods land where cases mean them to: the part that acts while a run is under way.
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "opready/base/clock.hpp"
#include "opready/cluster/cluster_access.hpp"
#include "opready/cluster/kubeconfig.hpp"
#include "opready/cluster/ownership.hpp"
#include "opready/model/test_case.hpp"
#include "opready/process/child.hpp"
#include "opready/process/event_loop.hpp"

namespace opready::cluster {

/// Everything is asked of kubectl children; nothing blocks. Call in this order: `begin`; any number of `admit` and
/// `release`; `begin` again for cases of another placement, when all ids are released; `end`, also after a failure.
/// From the first `begin` until `end` has called back a timer keeps the loop running. Destroying a placer stops what it
/// asks, and leaves in the cluster what is there: `repair` removes that. Not to be done inside a callback.
class Placer {
 public:
  /// Called once, later, with why it failed; empty where it succeeded.
  using Done = std::function<void(const std::string& failure)>;

  virtual ~Placer() = default;
  /// Prepares the cluster for cases of one placement. What fails is tried again for a while, except what the API server
  /// forbids before it ever allowed it.
  virtual void begin(model::Placement placement, Done done) = 0;
  /// Calls back when pods in namespaces of this run of e2e.test will be placed as they should, and the cluster knows
  /// that they're ours. Until then that e2e.test must not make any.
  virtual void admit(const std::string& e2e_run, Done done) = 0;
  /// That e2e.test has ended. If its `admit` hasn't called back yet, it never will.
  virtual void release(const std::string& e2e_run) = 0;
  /// Undoes everything. May be called at any time, and again. Admissions that wait are never called back.
  virtual void end(Done done) = 0;
};

/// What a placer needs; all of it must outlive it.
struct PlacerContext {
  process::EventLoop& loop;
  process::ChildStarter& starter;
  const base::Clock& clock;
  const Target& target;

  [[nodiscard]] ClusterAccess access() const { return {loop, starter, target}; }
};

/// How long things take. Tests make them shorter.
struct PlacerTimes {
  std::chrono::milliseconds heartbeat{20'000};
  std::chrono::milliseconds answer{10'000};     ///< One kubectl.
  std::chrono::milliseconds admission{30'000};  ///< From `admit` to its failure.
  std::chrono::milliseconds beginning{30'000};  ///< From `begin` to the last try of what can fail in passing.
  std::chrono::milliseconds retry{500};         ///< From a failure to the next try.
  std::chrono::milliseconds first_pause{50};    ///< Between two probes; doubled up to `longest_pause`.
  std::chrono::milliseconds longest_pause{150};
  std::chrono::milliseconds settling{1'500};  ///< For the API servers that weren't the one that was probed.
  std::chrono::milliseconds ending{8'000};    ///< From `end` to the last try.
};

}  // namespace opready::cluster
