// SPDX-License-Identifier: Apache-2.0
// Shows argument vectors the way a person can paste them into a POSIX shell; nothing is ever run through one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace opready::base {

/// `argument` as it must be typed: unchanged where that's safe, else in single quotes.
[[nodiscard]] std::string shell_quoted(std::string_view argument);

[[nodiscard]] std::string shell_joined(const std::vector<std::string>& argv);

}  // namespace opready::base
