// SPDX-License-Identifier: Apache-2.0
// What the JSON documents that programs read have in common: their keys stay in the order written.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "opready/model/plan.hpp"
#include "opready/report/harmless_json.hpp"

namespace opready::report {

using Json = nlohmann::ordered_json;

template <typename Value>
Json or_null(const std::optional<Value>& value) {
  return value ? Json(*value) : Json();
}

inline Json text_or_null(std::string_view text) {
  return text.empty() ? Json() : Json(text);
}

/// Texts from outside may hold any bytes; the document must be written all the same.
inline std::string document_text(const Json& json) {
  return harmless_json(json.dump(2, ' ', false, Json::error_handler_t::replace)) + '\n';
}

inline Json suites_json(const model::Plan& plan) {
  Json suites = Json::array();
  for (const model::SuiteIdentity& suite : plan.suites) {
    suites.push_back(
        {{"name", suite.name}, {"path", text_or_null(suite.path)}, {"version", text_or_null(suite.version)}});
  }
  return suites;
}

}  // namespace opready::report
