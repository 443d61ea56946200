// SPDX-License-Identifier: Apache-2.0
// Strict reading of one YAML mapping: whatever doesn't belong is reported with its place, and reading goes on.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "faults.hpp"
#include "yaml_tree.hpp"

namespace opready::specs {

struct PlacedText {
  std::string text;
  Position at;
};

/// What a function can't give, because the key is absent or its value faulty, is nothing or empty; only `required`
/// functions report an absent key. `node`, `known` and `faults` must outlive the reader.
class MappingReader {
 public:
  /// Reports a node that is no mapping, keys that aren't among `known`, and keys that stand there twice.
  MappingReader(const YamlNode& node, const std::vector<std::string>& known, Faults& faults);

  [[nodiscard]] Position at() const { return node_.at; }
  /// Where `key` stands; where it's absent, where the mapping begins.
  [[nodiscard]] Position at(std::string_view key) const;
  [[nodiscard]] bool has(std::string_view key) const { return find(key) != nullptr; }

  /// A text for people or an identifier: `5` and `true` must be in quotes there, since they are likely a slip.
  [[nodiscard]] std::optional<PlacedText> text(std::string_view key) const;
  [[nodiscard]] std::string required_text(std::string_view key) const;
  /// Entries of a list of such texts, without the empty ones.
  [[nodiscard]] std::vector<PlacedText> texts(std::string_view key) const;

  /// As it was written: 1.30 stays "1.30".
  [[nodiscard]] std::optional<PlacedText> scalar(std::string_view key) const;
  /// Entries of a list of them, without the empty ones.
  [[nodiscard]] std::vector<PlacedText> scalars(std::string_view key) const;

  /// For a key that is known but not used: reports a value that is no scalar.
  void note(std::string_view key) const { static_cast<void>(scalar(key)); }

  /// Entries of a list, of any kind. A key without a value is an empty list.
  [[nodiscard]] std::vector<YamlNodePtr> items(std::string_view key) const;

  /// Reports an absent `key`; true where it's there.
  bool require(std::string_view key) const;

 private:
  [[nodiscard]] const YamlEntry* find(std::string_view key) const;
  [[nodiscard]] std::vector<YamlNodePtr> scalar_items(std::string_view key) const;
  void check_keys(const std::vector<std::string>& known) const;

  const YamlNode& node_;
  Faults& faults_;
};

/// The mapping's own key, without reporting anything; for telling schemas apart.
[[nodiscard]] bool has_key(const YamlNode& node, std::string_view key);

}  // namespace opready::specs
