// SPDX-License-Identifier: Apache-2.0
// Takes a run's part of its plan.
#include "sharding.hpp"

#include <utility>

#include "opready/base/error.hpp"
#include "opready/process/capture.hpp"
#include "opready/record/durations.hpp"

namespace opready::cli {

Part take_part(model::Plan& plan, const SelectionOptions& options) {
  Part part{.shard = options.shard, .plan_id = {}, .durations = {}};
  if (options.durations) {
    part.durations = record::read_durations(*options.durations);
  }
  if (!options.shard) {
    return part;
  }
  if (plan::has_serial_cases(plan.cases)) {
    part.plan_id = plan::plan_id(plan.cases, options.shard->count);
  }
  plan::take_shard(plan.cases, *options.shard, part.durations);
  return part;
}

void demand_turns(const Part& part, const cluster::Target& target) {
  if (part.plan_id.empty()) {
    return;
  }
  const std::string obstacle = cluster::turns_obstacle(target, process::stoppable_capture);
  if (!obstacle.empty()) {
    throw base::environment_error(
        "--shard: some cases must run alone in the cluster, so shards take turns by Leases: " + obstacle +
        "; grant that, or --exclude such cases and run them by themselves");
  }
}

std::unique_ptr<cluster::Turns> make_turns(const Part& part, const cluster::PlacerContext& context,
                                           const cluster::Owner& owner,
                                           std::function<void(const std::string&)> on_waiting) {
  if (part.plan_id.empty()) {
    return nullptr;
  }
  return cluster::make_turns(context, {.owner = owner, .plan = part.plan_id, .shard = *part.shard},
                             std::move(on_waiting));
}

}  // namespace opready::cli
