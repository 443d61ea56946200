// SPDX-License-Identifier: Apache-2.0
// Cases and specs of a run, as far as they're compared.
#pragma once

#include <vector>

#include "opready/model/run_record.hpp"
#include "opready/publish/comparison.hpp"

namespace opready::publish {

/// What a result says of the cluster.
enum class Standing { passed, failed, untold };

/// A case or spec of one run, as far as it's compared.
struct Seen {
  Told told;
  Standing standing = Standing::untold;
  bool applies = true;
  bool flaky = false;
  bool at_once = true;  ///< Its duration is that of a single attempt.
};

/// A case, and its specs.
struct CaseSeen {
  const model::CaseRecord* record = nullptr;
  Seen seen;
  std::vector<Seen> specs;  ///< That it selects; without an outcome where they never got one.
};

/// In the run's order; they point into it.
[[nodiscard]] std::vector<CaseSeen> cases_of(const model::RunRecord& run);

/// What a case selected, had it been started.
[[nodiscard]] std::vector<Seen> without_results(const std::vector<Seen>& specs, bool applies);

}  // namespace opready::publish
