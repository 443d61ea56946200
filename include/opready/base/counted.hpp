// SPDX-License-Identifier: Apache-2.0
// "1 case", "3 cases".
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace opready::base {

[[nodiscard]] std::string counted(std::size_t count, std::string_view singular);
[[nodiscard]] std::string counted(std::size_t count, std::string_view singular, std::string_view plural);

}  // namespace opready::base
