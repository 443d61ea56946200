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

/// Text that readers of YAML 1.1 and 1.2 take for nothing else without quotes; yaml-cpp quotes less.
bool is_plain(const std::string& text) {
  constexpr std::array<std::string_view, 9> kMeaning = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"};
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  const bool harmless = !text.empty() && is_letter(text.front()) && std::all_of(text.begin(), text.end(), [&](char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '.' || c == '/' || c == '-' || c == '_';
  });
  std::string lower = text;
  std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return std::tolower(c); });
  return harmless && std::find(kMeaning.begin(), kMeaning.end(), lower) == kMeaning.end();
}

/// Text whose lines can stand in a block as they are.
bool is_block(const std::string& text) {
  return text.find('\n') != std::string::npos && text.front() != ' ' && text.front() != '\n' &&
         std::all_of(text.begin(), text.end(), [](char c) { return (c >= ' ' && c <= '~') || c == '\n'; });
}

void emit_word(YAML::Emitter& out, const std::string& text) {
  if (!is_plain(text)) {
    out << YAML::DoubleQuoted;
  }
  out << text;
}

void emit_text(YAML::Emitter& out, const std::string& text) {
  if (is_block(text)) {
    out << YAML::Literal << text;
  } else {
    emit_word(out, text);
  }
}

void emit(YAML::Emitter& out, const Json& value) {
  if (value.is_object()) {
    out << YAML::BeginMap;
    for (const auto& [key, member] : value.items()) {
      out << YAML::Key;
      emit_word(out, key);
      out << YAML::Value;
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
    emit_text(out, value.get_ref<const std::string&>());
  } else {
    out << value.dump();
  }
}

}  // namespace

std::string yaml_text(const Json& object) {
  YAML::Emitter out;
  out.SetOutputCharset(YAML::EscapeNonAscii);
  emit(out, object);
  return std::string(out.c_str()) + "\n";
}

}  // namespace opready::cluster
