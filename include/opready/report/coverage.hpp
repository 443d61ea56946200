// SPDX-License-Identifier: Apache-2.0
// `coverage`: what proves each item of KEP-2578, how far, and in which releases.
#pragma once

#include <string>

#include "opready/model/coverage.hpp"
#include "opready/report/style.hpp"

namespace opready::report {

[[nodiscard]] std::string coverage_text(const model::Coverage& coverage, const Terminal& terminal);
/// A page of its own, for docs/coverage.md.
[[nodiscard]] std::string coverage_markdown(const model::Coverage& coverage);
[[nodiscard]] std::string coverage_json(const model::Coverage& coverage);

}  // namespace opready::report
