// SPDX-License-Identifier: Apache-2.0
// A YAML document as a tree that keeps what strict reading needs: places, duplicate keys and how a scalar was written.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace opready::specs {

/// Line and column (in bytes) from 1.
struct Position {
  int line = 1;
  int column = 1;

  friend bool operator==(const Position&, const Position&) = default;
};

struct YamlNode;
/// Shared, since an alias stands for the node of its anchor.
using YamlNodePtr = std::shared_ptr<const YamlNode>;

struct YamlEntry {
  YamlNodePtr key;
  YamlNodePtr value;
};

struct YamlNode {
  enum class Kind { null, scalar, list, mapping };

  Kind kind = Kind::null;
  Position at;
  std::string text;    ///< A scalar's value, exactly as it was written.
  bool plain = false;  ///< A scalar without quotes or tag.
  std::vector<YamlNodePtr> items;
  std::vector<YamlEntry> entries;  ///< In the file's order, duplicates included.
};

struct YamlFault {
  Position at;
  std::string message;
};

/// The file's one document, null where it has none; or the first thing that makes it unreadable, in words that say
/// what to do. Memory and time are bounded whatever aliases and nesting the file holds.
[[nodiscard]] std::variant<YamlNodePtr, YamlFault> parse_yaml(std::string_view text);

}  // namespace opready::specs
