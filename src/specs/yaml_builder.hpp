// SPDX-License-Identifier: Apache-2.0
// Builds a YamlNode tree from the parser's events, within limits.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/mark.h>

#include "yaml_tree.hpp"

namespace opready::specs {

[[nodiscard]] Position position(const YAML::Mark& mark);

/// What the parser read last: the usual reason why it can't go on.
struct LastRead {
  enum class Kind { other, quoted, flow };

  Kind kind = Kind::other;
  Position at;
};

/// Throws YamlFault from its callbacks where a limit is passed or where yaml-cpp lets something wrong pass.
class YamlBuilder final : public YAML::EventHandler {
 public:
  explicit YamlBuilder(std::string_view text) : text_(text) {}

  [[nodiscard]] YamlNodePtr root() const { return root_; }
  /// The innermost `[` or `{` that is still open, null where there is none.
  [[nodiscard]] const YamlNode* open_flow() const;
  [[nodiscard]] const LastRead& last_read() const { return last_; }

  void OnDocumentStart(const YAML::Mark& mark) override;
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override;
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override;
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override;
  void OnMapEnd() override { close(); }

 private:
  /// A node with what it amounts to once aliases are followed.
  struct Weighed {
    YamlNodePtr node;
    std::size_t size = 1;
    int depth = 1;
  };
  /// A collection that is being read.
  struct Open {
    YamlNode node;
    YAML::anchor_t anchor = 0;
    bool flow = false;
    YamlNodePtr key;  ///< Of a mapping, while its value is awaited.
    std::size_t size = 1;
    int depth = 1;
  };

  void open(YamlNode::Kind kind, const YAML::Mark& mark, YAML::anchor_t anchor, YAML::EmitterStyle::value style);
  void close();
  void add(Weighed child, YAML::anchor_t anchor);
  [[nodiscard]] char at(const YAML::Mark& mark) const;
  void check_quote_is_closed(const YAML::Mark& mark) const;

  std::string_view text_;
  std::vector<Open> open_;
  std::map<YAML::anchor_t, Weighed> anchors_;
  YamlNodePtr root_;
  LastRead last_;
};

}  // namespace opready::specs
