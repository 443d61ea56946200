// SPDX-License-Identifier: Apache-2.0
// Parts of one plan for runs that share it.
#pragma once

#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "opready/model/event.hpp"
#include "opready/model/plan.hpp"

namespace opready::plan {

/// How long cases took in an earlier run, by id.
using Durations = std::map<std::string, std::chrono::milliseconds>;

/// For each case its shard, from 1 to `count`; each run that shares the plan finds the same. Cases that select a common
/// spec stay together, since no spec may run twice at a time, and so do all that must run alone. Without durations a
/// case's place depends on its id only: cases that are added move no others, and another count moves few. With them the
/// longest go first, each to the shard with the least to do; a case of unknown duration counts as an average one. Those
/// that run alone count for nothing there: they wait for all others anyway.
[[nodiscard]] std::vector<int> shards_of(const std::vector<model::PlannedCase>& cases, int count,
                                         const Durations& durations);

/// Leaves all cases of other shards to other runs.
void take_shard(std::vector<model::PlannedCase>& cases, const model::Shard& shard, const Durations& durations);

/// Runs that share such cases must not run them while any other of their cases runs.
[[nodiscard]] bool has_serial_cases(const std::vector<model::PlannedCase>& cases);

/// The same for all runs that share these cases among `count`, and for no others: 16 hex digits. To be asked for before
/// a shard is taken.
[[nodiscard]] std::string plan_id(const std::vector<model::PlannedCase>& cases, int count);

}  // namespace opready::plan
