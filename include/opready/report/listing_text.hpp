// SPDX-License-Identifier: Apache-2.0
// `list` and `run --dry-run` for people.
#pragma once

#include <string>

#include "opready/model/event.hpp"
#include "opready/model/plan.hpp"
#include "opready/report/style.hpp"

namespace opready::report {

/// Every case with its command line on one line, to be pasted, and the specs that it selects. `cluster` is left out
/// where its server is empty.
[[nodiscard]] std::string listing_text(const model::Plan& plan, const model::ClusterFacts& cluster,
                                       const Terminal& terminal);

}  // namespace opready::report
