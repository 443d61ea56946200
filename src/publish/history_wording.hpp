// SPDX-License-Identifier: Apache-2.0
// The words and letters of grids.
#pragma once

#include <string>

#include "opready/publish/grid.hpp"

namespace opready::publish {

inline constexpr char kPassedLetter = '.';
inline constexpr char kFailedLetter = 'F';
inline constexpr char kFlakyLetter = '~';
inline constexpr char kSkippedLetter = 's';

/// ' ' for a missing one.
[[nodiscard]] char letter(Cell cell);

/// ". passed  F failed  ~ flaky  s skipped"
[[nodiscard]] std::string legend();

/// "nightly: 500 builds, 17 to 516; 2 of 80 tests fail now"
[[nodiscard]] std::string heading(const Grid& grid);
/// "by pool: 3 values, 12 builds (1 more has none)"
[[nodiscard]] std::string heading(const SideBySide& grids);

/// Id of the first build of the present streak of failures; empty where there is none.
[[nodiscard]] std::string since(const Grid& grid, const GridRow& row);

/// "F 3/10": the newest build's result, if it has one, and of how many builds the test failed where it did.
[[nodiscard]] std::string side_text(const SideCell& cell);

}  // namespace opready::publish
