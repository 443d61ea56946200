// SPDX-License-Identifier: Apache-2.0
// The first lines of a run: against what, with what, how much, and what is wrong with the plan.
#pragma once

#include <string>

#include "opready/model/event.hpp"
#include "opready/report/style.hpp"

namespace opready::report {

[[nodiscard]] std::string run_header(const model::RunStarted& started, const Terminal& terminal);

}  // namespace opready::report
