// SPDX-License-Identifier: Apache-2.0
// Grids of many builds, drawn for a terminal and for a browser.
#pragma once

#include <string>
#include <vector>

#include "opready/publish/grid.hpp"
#include "opready/report/style.hpp"

namespace opready::publish {

/// As many builds as fit beside the tests' names; counts are of all.
[[nodiscard]] std::string history_text(const std::vector<Grid>& grids, const report::Terminal& terminal);
/// As many columns as fit.
[[nodiscard]] std::string history_text(const SideBySide& grids, const report::Terminal& terminal);

/// One page that needs nothing else: no script, nothing loaded, and its policy forbids both.
[[nodiscard]] std::string history_html(const std::vector<Grid>& grids);
[[nodiscard]] std::string history_html(const SideBySide& grids);

}  // namespace opready::publish
