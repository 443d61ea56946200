// SPDX-License-Identifier: Apache-2.0
// What every form of the coverage says in the same words.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "opready/model/coverage.hpp"

namespace opready::report {

/// "prove 15 wholly, 26 in part and 5 not at all", in the newest release.
[[nodiscard]] std::string amounts(const model::Coverage& coverage);

/// "1.32, 1.34"; empty where the proof is the same in all releases of the coverage.
[[nodiscard]] std::string only_in(const model::Proof& proof, const model::Coverage& coverage);

/// What the case proves, and what not: "in part: nobody looks at ...".
[[nodiscard]] std::string worth(const model::Proof& proof);

/// "needs gmsa; placement own; impact reboots": what the case takes; empty where that's nothing.
[[nodiscard]] std::string demands(const model::TestCase& test);

/// What people look for in vain, or nearly so.
struct BeyondTheKep {
  std::string_view subject;
  std::string_view statement;
};
[[nodiscard]] std::span<const BeyondTheKep> beyond_the_kep();

}  // namespace opready::report
