// SPDX-License-Identifier: Apache-2.0
// Quoting for POSIX shells.
#include "opready/base/shell_quote.hpp"

namespace opready::base {

namespace {

constexpr std::string_view kSafe = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_@%+=:,./-";

}  // namespace

std::string shell_quoted(std::string_view argument) {
  if (!argument.empty() && argument.find_first_not_of(kSafe) == std::string_view::npos) {
    return std::string(argument);
  }
  std::string quoted = "'";
  for (const char c : argument) {
    if (c == '\'') {
      quoted += R"('\'')";
    } else {
      quoted += c;
    }
  }
  quoted += '\'';
  return quoted;
}

std::string shell_joined(const std::vector<std::string>& argv) {
  std::string joined;
  for (const std::string& argument : argv) {
    if (!joined.empty()) {
      joined += ' ';
    }
    joined += shell_quoted(argument);
  }
  return joined;
}

}  // namespace opready::base
