// SPDX-License-Identifier: Apache-2.0
// Builds a YamlNode tree from the parser's events, within limits.
#include "yaml_builder.hpp"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "opready/base/sanitize.hpp"

namespace opready::specs {

namespace {

// A category file has a few hundred nodes, four deep. The limits hold for the tree with aliases followed, so that a
// small file can't stand for a huge one.
constexpr std::size_t kMaxNodes = 100'000;
constexpr int kMaxDepth = 32;

}  // namespace

Position position(const YAML::Mark& mark) {
  return {mark.line + 1, mark.column + 1};
}

const YamlNode* YamlBuilder::open_flow() const {
  const auto found = std::find_if(open_.rbegin(), open_.rend(), [](const Open& each) { return each.flow; });
  return found == open_.rend() ? nullptr : &found->node;
}

void YamlBuilder::OnDocumentStart(const YAML::Mark& mark) {
  if (root_) {
    throw YamlFault{position(mark),
                    "a second document begins here: keep one in a file, and indent keys that belong together alike"};
  }
}

void YamlBuilder::OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) {
  YamlNode node;
  node.at = position(mark);
  add({std::make_shared<const YamlNode>(std::move(node))}, anchor);
}

void YamlBuilder::OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) {
  const auto found = anchors_.find(anchor);
  if (found == anchors_.end()) {
    throw YamlFault{position(mark), "this alias stands inside what it refers to"};
  }
  add(found->second, 0);
}

void YamlBuilder::OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                           const std::string& value) {
  if (const auto control = base::first_bidi_control(value)) {
    throw YamlFault{position(mark),
                    fmt::format("this text holds U+{:04X}, a control of writing direction: leave it out, or write '.' "
                                "for it in a pattern",
                                static_cast<std::uint32_t>(*control))};
  }
  if (base::sanitized(value) != value) {
    throw YamlFault{position(mark), "this text holds a control character or isn't UTF-8"};
  }
  YamlNode node;
  node.kind = YamlNode::Kind::scalar;
  node.at = position(mark);
  node.text = value;
  node.plain = tag == "?";
  add({std::make_shared<const YamlNode>(std::move(node))}, anchor);
  if (at(mark) == '"' || at(mark) == '\'') {
    check_quote_is_closed(mark);
    last_ = {LastRead::Kind::quoted, position(mark)};
  }
}

void YamlBuilder::OnSequenceStart(const YAML::Mark& mark, const std::string& /*tag*/, YAML::anchor_t anchor,
                                  YAML::EmitterStyle::value style) {
  open(YamlNode::Kind::list, mark, anchor, style);
}

void YamlBuilder::OnMapStart(const YAML::Mark& mark, const std::string& /*tag*/, YAML::anchor_t anchor,
                             YAML::EmitterStyle::value style) {
  open(YamlNode::Kind::mapping, mark, anchor, style);
}

void YamlBuilder::open(YamlNode::Kind kind, const YAML::Mark& mark, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) {
  Open collection;
  collection.node.kind = kind;
  collection.node.at = position(mark);
  collection.anchor = anchor;
  // A mapping such as `a: b` inside [ ] has the flow style too, but no bracket of its own.
  collection.flow = style == YAML::EmitterStyle::Flow && (at(mark) == '[' || at(mark) == '{');
  open_.push_back(std::move(collection));
}

void YamlBuilder::close() {
  Open closed = std::move(open_.back());
  open_.pop_back();
  const Position place = closed.node.at;
  add({std::make_shared<const YamlNode>(std::move(closed.node)), closed.size, closed.depth}, closed.anchor);
  if (closed.flow) {
    last_ = {LastRead::Kind::flow, place};
  }
}

void YamlBuilder::add(Weighed child, YAML::anchor_t anchor) {
  last_ = {};
  if (anchor != 0) {
    anchors_[anchor] = child;
  }
  if (open_.empty()) {
    root_ = std::move(child.node);
    return;
  }
  Open& parent = open_.back();
  parent.size += child.size;
  parent.depth = std::max(parent.depth, child.depth + 1);
  if (parent.size > kMaxNodes || parent.depth > kMaxDepth) {
    throw YamlFault{parent.node.at, "too large or too deeply nested for a category file"};
  }
  if (parent.node.kind == YamlNode::Kind::list) {
    parent.node.items.push_back(std::move(child.node));
  } else if (!parent.key) {
    parent.key = std::move(child.node);
  } else {
    parent.node.entries.push_back({std::exchange(parent.key, nullptr), std::move(child.node)});
  }
}

char YamlBuilder::at(const YAML::Mark& mark) const {
  const auto offset = static_cast<std::size_t>(mark.pos);
  return offset < text_.size() ? text_[offset] : '\0';
}

// yaml-cpp 0.7 takes the end of the file for the closing quote.
void YamlBuilder::check_quote_is_closed(const YAML::Mark& mark) const {
  const char quote = at(mark);
  std::size_t next = static_cast<std::size_t>(mark.pos) + 1;
  while (next < text_.size() && text_[next] != quote) {
    const bool escape = quote == '"' && text_[next] == '\\';
    next += escape ? 2U : 1U;
  }
  if (next >= text_.size()) {
    throw YamlFault{position(mark), std::string("this quote is never closed: add the closing ") + quote};
  }
}

}  // namespace opready::specs
