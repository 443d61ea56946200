// SPDX-License-Identifier: Apache-2.0
// Makers of errors and the system's words for its own.
#include "opready/base/error.hpp"

#include <cctype>
#include <system_error>

namespace opready::base {

Error usage_error(const std::string& what) {
  return {ExitCode::usage, what};
}

Error environment_error(const std::string& what) {
  return {ExitCode::cannot_run, what};
}

std::string errno_text(int error_number) {
  std::string text = std::generic_category().message(error_number);
  const auto is = [&text](std::size_t i, int (*of_class)(int)) {
    return i < text.size() && of_class(static_cast<unsigned char>(text[i])) != 0;
  };
  // "RFS specific error" and its like keep their capitals.
  if (is(0, std::isupper) && is(1, std::islower)) {
    text[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(text[0])));
  }
  return text;
}

}  // namespace opready::base
