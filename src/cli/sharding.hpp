// SPDX-License-Identifier: Apache-2.0
// From `--shard` to a run's part of its plan, and to its turns among those that share it.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "opready/cli/options.hpp"
#include "opready/cluster/turns.hpp"
#include "opready/plan/shards.hpp"

#include "preparation.hpp"

namespace opready::cli {

/// A run's part of a plan.
struct Part {
  std::optional<model::Shard> shard;  ///< Absent: all of it.
  std::string plan_id;                ///< Of the plan whose shards must take turns; empty where they needn't.
  plan::Durations durations;          ///< Of its cases in an earlier run, as far as the user names one.
};

/// Leaves all cases that aren't in the user's shard to other runs. Throws Error (exit code 3) where durations can't be
/// read.
[[nodiscard]] Part take_part(model::Plan& plan, const SelectionOptions& options);

/// Throws Error (exit code 3) where the run must take turns and the cluster doesn't let it. Changes nothing.
void demand_turns(const Part& part, const cluster::Target& target);

/// Null where none need be taken.
[[nodiscard]] std::unique_ptr<cluster::Turns> make_turns(const Part& part, const cluster::PlacerContext& context,
                                                         const cluster::Owner& owner,
                                                         std::function<void(const std::string&)> on_waiting);

}  // namespace opready::cli
