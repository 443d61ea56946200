// SPDX-License-Identifier: Apache-2.0
// Compares the KEP's items with the specs that exist.
#pragma once

#include <vector>

#include "opready/model/coverage.hpp"
#include "opready/suite/suite_info.hpp"

namespace opready::plan {

/// What the cases of `categories` prove in each of `releases`, the e2e suites of Kubernetes releases from the oldest to
/// the newest. A case counts only where it selects a spec there. Throws a usage Error for a bad pattern.
[[nodiscard]] model::Coverage coverage(const std::vector<model::Category>& categories,
                                       const std::vector<suite::SuiteInfo>& releases);

}  // namespace opready::plan
