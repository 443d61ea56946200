// SPDX-License-Identifier: Apache-2.0
// Turns among runs that share a plan, so that cases which must run alone do so in the whole cluster.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "opready/cluster/kubeconfig.hpp"
#include "opready/cluster/ownership.hpp"
#include "opready/cluster/placer.hpp"
#include "opready/model/event.hpp"
#include "opready/process/capture.hpp"

namespace opready::cluster {

enum class Turn {
  shared,     ///< For cases that others may run beside; any number of runs have it at a time.
  exclusive,  ///< For cases that must run alone: one run has it, and no other has any.
};

/// Everything is asked of kubectl children; nothing blocks. Destroying it leaves a turn that's had in the cluster,
/// until `repair` finds its run dead. Not to be done inside a callback.
class Turns {
 public:
  /// Called once, later, with why it failed; empty where it succeeded.
  using Done = std::function<void(const std::string& failure)>;

  virtual ~Turns() = default;
  /// Gives back the turn that the run has, and calls back when it has the new one, however long that takes: the
  /// exclusive one when no living run of the plan has a shared one, a shared one when none has or awaits the exclusive
  /// one. From then on a timer keeps the loop running.
  virtual void take(Turn turn, Done done) = 0;
  /// Gives back what the run has. May be called at any time; a `take` that hasn't called back never will.
  virtual void end(Done done) = 0;
};

/// The run that takes turns.
struct TurnTaker {
  Owner owner;
  std::string plan;  ///< The same for all runs that share it: a value of a Kubernetes label.
  model::Shard shard;
};

/// How long things take. Tests make them shorter.
struct TurnTimes {
  std::chrono::milliseconds heartbeat{20'000};
  std::chrono::milliseconds answer{10'000};     ///< One kubectl.
  std::chrono::milliseconds poll{2'000};        ///< From one look at the others to the next.
  std::chrono::milliseconds patience{120'000};  ///< Without any answer, before `take` fails.
  std::chrono::milliseconds ending{8'000};      ///< From `end` to the last try.
};

/// Each turn is a Lease with its run's record, so that `repair` knows what to do with it: one of a name for each run
/// that has a shared turn, one of a single name for the exclusive turn. Whoever has made its own looks for the other
/// kind's; runs that are dead don't count. `on_waiting`: called with a sentence that says for whom, when that changes.
[[nodiscard]] std::unique_ptr<Turns> make_turns(const PlacerContext& context, TurnTaker taker,
                                                std::function<void(const std::string&)> on_waiting,
                                                const TurnTimes& times = {});

/// Why the account can't take turns; empty where it can. Returns within 15 seconds.
[[nodiscard]] std::string turns_obstacle(const Target& target, const process::Capture& capture);

}  // namespace opready::cluster
