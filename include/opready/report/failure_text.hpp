// SPDX-License-Identifier: Apache-2.0
// The failures of a case, as far as a screen should show them.
#pragma once

#include <string>

#include "opready/model/outcome.hpp"
#include "opready/report/style.hpp"

namespace opready::report {

/// Each failed spec's name, its place, the first lines of its failure and what kept its pods waiting, indented by two;
/// where no spec failed, the last lines of the result's detail. Bounded in specs and lines: the rest is counted, and
/// stands in the reports.
[[nodiscard]] std::string failure_text(const model::CaseResult& result, const Terminal& terminal);

}  // namespace opready::report
