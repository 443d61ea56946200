// SPDX-License-Identifier: Apache-2.0
// Pieces of GitHub flavoured Markdown that foreign text can't break out of.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace opready::report {

/// `foreign` as one line of code: there neither markup nor HTML, links, mentions, references or emoji mean anything.
/// Cut to some hundred columns; empty for an empty text.
[[nodiscard]] std::string code_span(std::string_view foreign);
/// The same in a table's cell: a vertical bar, which would end it, becomes a broken one.
[[nodiscard]] std::string code_cell(std::string_view foreign);
/// The same for what is to be typed or opened: cut only where nothing that long exists.
[[nodiscard]] std::string code_line(std::string_view foreign);

/// `foreign` as a block of code, which nothing in it can end: the first some thousand bytes, in whole lines. In all of
/// these a row of very many backticks is cut, since renderers know no longer one that could stand around it.
[[nodiscard]] std::string code_block(std::string_view foreign);

/// A page that never grows beyond its limit.
class MarkdownPage {
 public:
  /// `max_bytes`: of the whole page, with what tells that something was left out; at least some thousand.
  explicit MarkdownPage(std::size_t max_bytes) : max_bytes_(max_bytes) {}

  /// Appends `block` where it fits; says whether it did.
  bool add(std::string_view block);

  /// Appends `heading` and as many of the `items` as fit, then how many more, each a `singular`, were left out, and
  /// what `has_all`: under the heading's first line where no more of it fits. Nothing where there are no items.
  void add_section(std::string_view heading, const std::vector<std::string>& items, std::string_view singular,
                   std::string_view has_all = "summary.json");

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::size_t max_bytes_;
  std::string text_;
};

}  // namespace opready::report
