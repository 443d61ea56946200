// SPDX-License-Identifier: Apache-2.0
// Reads text out of what kubectl prints as JSON.
#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "opready/base/sanitize.hpp"

namespace opready::cluster {

/// The member at `pointer` as text, empty where there is no such text.
inline std::string text_at(const nlohmann::json& json, const char* pointer) {
  const nlohmann::json::json_pointer path(pointer);
  return json.contains(path) && json.at(path).is_string() ? base::sanitized(json.at(path).get<std::string>())
                                                          : std::string();
}

}  // namespace opready::cluster
