// SPDX-License-Identifier: Apache-2.0
// Strict reading of one YAML mapping.
#include "mapping_reader.hpp"

#include <algorithm>
#include <charconv>
#include <set>

#include <fmt/format.h>

#include "opready/base/suggestion.hpp"

namespace opready::specs {

namespace {

using Kind = YamlNode::Kind;

// Far longer than any key there is; looking for similar ones takes time and memory.
constexpr std::size_t kLongestKey = 100;

std::string_view kind_name(Kind kind) {
  switch (kind) {
    case Kind::null:
      return "nothing";
    case Kind::scalar:
      return "text";
    case Kind::list:
      return "a list";
    case Kind::mapping:
      return "a mapping";
  }
  return "";
}

bool is_number(std::string_view text) {
  if (text.starts_with('+') || text.starts_with('-')) {
    text.remove_prefix(1);
  }
  const bool begins_as_one = !text.empty() && (text.front() == '.' || (text.front() >= '0' && text.front() <= '9'));
  double value = 0;
  return begins_as_one &&
         std::from_chars(text.data(), text.data() + text.size(), value).ptr == text.data() + text.size();
}

bool is_boolean(std::string_view text) {
  return text == "true" || text == "false" || text == "True" || text == "False" || text == "TRUE" || text == "FALSE";
}

/// Why a plain scalar is likely not the text that was meant.
std::optional<std::string_view> not_a_text(const YamlNode& node) {
  if (node.plain && is_number(node.text)) {
    return "a number where a text belongs: write it in quotes";
  }
  if (node.plain && is_boolean(node.text)) {
    return "true or false where a text belongs: write it in quotes";
  }
  return std::nullopt;
}

const YamlEntry* find_entry(const YamlNode& node, std::string_view key) {
  const auto found = std::find_if(node.entries.begin(), node.entries.end(), [&](const YamlEntry& entry) {
    return entry.key->kind == Kind::scalar && entry.key->text == key;
  });
  return found == node.entries.end() ? nullptr : &*found;
}

bool blank(std::string_view text) {
  return text.find_first_not_of(" \t\n") == std::string_view::npos;
}

}  // namespace

bool has_key(const YamlNode& node, std::string_view key) {
  return find_entry(node, key) != nullptr;
}

MappingReader::MappingReader(const YamlNode& node, const std::vector<std::string>& known, Faults& faults)
    : node_(node), faults_(faults) {
  if (node.kind == Kind::mapping) {
    check_keys(known);
  } else {
    faults.add(node.at, fmt::format("expected a mapping ('key: value' lines), got {}", kind_name(node.kind)));
  }
}

void MappingReader::check_keys(const std::vector<std::string>& known) const {
  std::set<std::string_view> seen;
  for (const YamlEntry& entry : node_.entries) {
    const YamlNode& key = *entry.key;
    if (key.kind != Kind::scalar || key.text.size() > kLongestKey) {
      faults_.add(key.at, fmt::format("expected a key, got {}",
                                      key.kind == Kind::scalar ? "a long text" : kind_name(key.kind)));
    } else if (!seen.insert(key.text).second) {
      faults_.add(key.at, fmt::format("duplicate key '{}': the first is in line {}", key.text, at(key.text).line));
    } else if (std::find(known.begin(), known.end(), key.text) == known.end()) {
      faults_.add(key.at, fmt::format("unknown key '{}'{}", key.text, base::did_you_mean(key.text, known)));
    }
  }
}

const YamlEntry* MappingReader::find(std::string_view key) const {
  return find_entry(node_, key);
}

Position MappingReader::at(std::string_view key) const {
  const YamlEntry* entry = find(key);
  return entry == nullptr ? node_.at : entry->key->at;
}

bool MappingReader::require(std::string_view key) const {
  if (node_.kind == Kind::mapping && !has(key)) {
    faults_.add(node_.at, fmt::format("missing key '{}'", key));
  }
  return has(key);
}

std::optional<PlacedText> MappingReader::scalar(std::string_view key) const {
  const YamlEntry* entry = find(key);
  if (entry == nullptr) {
    return std::nullopt;
  }
  const YamlNode& value = *entry->value;
  if (value.kind == Kind::scalar) {
    return PlacedText{value.text, value.at};
  }
  if (value.kind == Kind::null) {
    faults_.add(entry->key->at, fmt::format("'{}' has no value: give it one or remove the line", key));
  } else {
    faults_.add(value.at, fmt::format("'{}': expected text, got {}", key, kind_name(value.kind)));
  }
  return std::nullopt;
}

std::optional<PlacedText> MappingReader::text(std::string_view key) const {
  std::optional<PlacedText> scalar = this->scalar(key);
  if (!scalar) {
    return std::nullopt;
  }
  if (const auto reason = not_a_text(*find(key)->value)) {
    faults_.add(scalar->at, fmt::format("'{}': {}", key, *reason));
    return std::nullopt;
  }
  if (blank(scalar->text)) {
    faults_.add(scalar->at, fmt::format("'{}' is empty", key));
    return std::nullopt;
  }
  return scalar;
}

std::string MappingReader::required_text(std::string_view key) const {
  const std::optional<PlacedText> value = require(key) ? text(key) : std::nullopt;
  return value ? value->text : std::string();
}

std::vector<YamlNodePtr> MappingReader::items(std::string_view key) const {
  const YamlEntry* entry = find(key);
  if (entry == nullptr || entry->value->kind == Kind::null) {
    return {};
  }
  const YamlNode& value = *entry->value;
  if (value.kind != Kind::list) {
    faults_.add(value.at,
                fmt::format("'{}': expected a list, got {}: begin each entry with '- '", key, kind_name(value.kind)));
  }
  return value.items;
}

std::vector<YamlNodePtr> MappingReader::scalar_items(std::string_view key) const {
  std::vector<YamlNodePtr> scalars = items(key);
  std::erase_if(scalars, [&](const YamlNodePtr& item) {
    if (item->kind == Kind::list || item->kind == Kind::mapping) {
      faults_.add(item->at, fmt::format("'{}': expected text, got {}", key, kind_name(item->kind)));
    }
    return item->kind != Kind::scalar || item->text.empty();
  });
  return scalars;
}

std::vector<PlacedText> MappingReader::scalars(std::string_view key) const {
  std::vector<PlacedText> texts;
  for (const YamlNodePtr& item : scalar_items(key)) {
    texts.push_back({item->text, item->at});
  }
  return texts;
}

std::vector<PlacedText> MappingReader::texts(std::string_view key) const {
  std::vector<PlacedText> texts;
  for (const YamlNodePtr& item : scalar_items(key)) {
    if (const auto reason = not_a_text(*item)) {
      faults_.add(item->at, fmt::format("'{}': {}", key, *reason));
    } else {
      texts.push_back({item->text, item->at});
    }
  }
  return texts;
}

}  // namespace opready::specs
