// SPDX-License-Identifier: Apache-2.0
// What the JSON documents that programs read have in common: their keys stay in the order written.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "opready/model/plan.hpp"

namespace opready::report {

using Json = nlohmann::ordered_json;

template <typename Value>
Json or_null(const std::optional<Value>& value) {
  return value ? Json(*value) : Json();
}

inline Json text_or_null(std::string_view text) {
  return text.empty() ? Json() : Json(text);
}

/// Texts from outside may hold any bytes; the document must be written all the same. What could move a terminal's
/// cursor or turn the direction of its text is escaped, so that it's harmless to look at, and still what it was.
[[nodiscard]] std::string document_text(const Json& json);

inline Json suites_json(const model::Plan& plan) {
  Json suites = Json::array();
  for (const model::SuiteIdentity& suite : plan.suites) {
    suites.push_back(
        {{"name", suite.name}, {"path", text_or_null(suite.path)}, {"version", text_or_null(suite.version)}});
  }
  return suites;
}

}  // namespace opready::report
