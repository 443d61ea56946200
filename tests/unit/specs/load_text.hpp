// SPDX-License-Identifier: Apache-2.0
// Loads one category file from its text.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "opready/specs/loader.hpp"

namespace opready::specs {

/// Stands in for a real regular expression library: finds fault with a pattern that begins with '+'.
inline LoadOptions strict_options() {
  LoadOptions options;
  options.regexp_fault = [](const std::string& pattern) -> std::optional<std::string> {
    return pattern.starts_with('+') ? std::optional<std::string>("nothing to repeat: +") : std::nullopt;
  };
  return options;
}

inline Loaded load_text(std::string_view text) {
  return load_texts({{"f.yaml", std::string(text)}}, strict_options());
}

/// "line:column: message" of each fault.
inline std::vector<std::string> messages(const Loaded& loaded) {
  std::vector<std::string> messages;
  for (const Diagnostic& each : loaded.diagnostics) {
    messages.push_back(std::to_string(each.place.line) + ":" + std::to_string(each.place.column) + ": " + each.message);
  }
  return messages;
}

}  // namespace opready::specs
