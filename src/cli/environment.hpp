// SPDX-License-Identifier: Apache-2.0
// The process's environment variables.
#pragma once

#include <cstdlib>
#include <string>

namespace opready::cli {

/// The value of a variable; empty where it isn't set.
[[nodiscard]] inline std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

}  // namespace opready::cli
