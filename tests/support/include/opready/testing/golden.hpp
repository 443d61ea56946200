// SPDX-License-Identifier: Apache-2.0
// Compares what a test produced with a picture of it that is kept in the tree.
#pragma once

#include <string>
#include <string_view>

namespace opready::testing {

/// Fails the running test, showing the differing lines, where `actual` isn't the content of tests/golden/<name>. With
/// UPDATE_GOLDEN=1 in the environment it writes that file instead.
void expect_matches_golden(std::string_view name, std::string_view actual);

/// The lines of both texts in order: " " in front of common ones, "-" of those only in `expected`, "+" of those only in
/// `actual`. Long stretches of common lines are left out ("...").
[[nodiscard]] std::string line_diff(std::string_view expected, std::string_view actual);

}  // namespace opready::testing
