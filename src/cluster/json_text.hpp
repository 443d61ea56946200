// SPDX-License-Identifier: Apache-2.0
// Reads text out of what kubectl prints as JSON.
#pragma once

#include <algorithm>
#include <string>

#include <nlohmann/json.hpp>

#include "opready/base/sanitize.hpp"

namespace opready::cluster {

/// The member at `path` as one line that can be shown, empty where there is no such text.
inline std::string text_at(const nlohmann::json& json, const nlohmann::json::json_pointer& path) {
  if (!json.contains(path) || !json.at(path).is_string()) {
    return "";
  }
  std::string text = base::sanitized(json.at(path).get_ref<const std::string&>());
  std::replace_if(text.begin(), text.end(), [](char c) { return c == '\n' || c == '\t'; }, ' ');
  return text;
}
inline std::string text_at(const nlohmann::json& json, const char* pointer) {
  return text_at(json, nlohmann::json::json_pointer(pointer));
}

/// Empty where `object` has no such label.
inline std::string label_of(const nlohmann::json& object, const std::string& label) {
  return text_at(object, nlohmann::json::json_pointer() / "metadata" / "labels" / label);
}

}  // namespace opready::cluster
