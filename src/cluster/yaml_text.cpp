// SPDX-License-Identifier: Apache-2.0
// Writes YAML by yaml-cpp.
#include "yaml_text.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

#include <yaml-cpp/yaml.h>

namespace opready::cluster {
namespace {

using Json = nlohmann::ordered_json;

/// yaml-cpp writes a text "true" or "1" without quotes, which others read as something else.
bool needs_quotes(const std::string& text) {
  constexpr std::array<std::string_view, 8> kWords = {"true", "false", "yes", "no", "on", "off", "null", "y"};
  const bool plain = !text.empty() && std::isalpha(static_cast<unsigned char>(text.front())) != 0 &&
                     std::all_of(text.begin(), text.end(), [](unsigned char c) {
                       return std::isalnum(c) != 0 || c == '.' || c == '/' || c == '-' || c == '_';
                     });
  return !plain || std::find(kWords.begin(), kWords.end(), text) != kWords.end();
}

void emit(YAML::Emitter& out, const Json& value) {
  if (value.is_object()) {
    out << YAML::BeginMap;
    for (const auto& [key, member] : value.items()) {
      out << YAML::Key << key << YAML::Value;
      emit(out, member);
    }
    out << YAML::EndMap;
  } else if (value.is_array()) {
    out << (value.empty() ? YAML::Flow : YAML::Block) << YAML::BeginSeq;
    for (const Json& element : value) {
      emit(out, element);
    }
    out << YAML::EndSeq;
  } else if (value.is_string()) {
    const auto& text = value.get_ref<const std::string&>();
    if (text.find('\n') != std::string::npos) {
      out << YAML::Literal << text;
    } else if (needs_quotes(text)) {
      out << YAML::DoubleQuoted << text;
    } else {
      out << text;
    }
  } else {
    out << value.dump();
  }
}

}  // namespace

std::string yaml_text(const Json& object) {
  YAML::Emitter out;
  emit(out, object);
  return std::string(out.c_str()) + "\n";
}

}  // namespace opready::cluster
