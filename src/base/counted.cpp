// SPDX-License-Identifier: Apache-2.0
// "1 case", "3 cases".
#include "opready/base/counted.hpp"

#include <fmt/format.h>

namespace opready::base {

std::string counted(std::size_t count, std::string_view singular) {
  return fmt::format("{} {}{}", count, singular, count == 1 ? "" : "s");
}

std::string counted(std::size_t count, std::string_view singular, std::string_view plural) {
  return fmt::format("{} {}", count, count == 1 ? singular : plural);
}

}  // namespace opready::base
