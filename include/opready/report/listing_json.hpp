// SPDX-License-Identifier: Apache-2.0
// `list --format json`: the plan for programs.
#pragma once

#include <string>

#include "opready/model/event.hpp"
#include "opready/model/plan.hpp"

namespace opready::report {

/// One JSON document. Keys are a contract: each is always there, null where its value is unknown or doesn't apply.
[[nodiscard]] std::string listing_json(const model::Plan& plan, const model::ClusterFacts& cluster);

}  // namespace opready::report
