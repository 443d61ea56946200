// SPDX-License-Identifier: Apache-2.0
// Turns a stream of bytes into lines, in memory that doesn't grow with their length.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace opready::process {

/// A line without its newline, or a piece of a line longer than the limit.
struct LinePiece {
  std::string_view text;
  bool first = true;
  bool last = true;
};

/// Pieces of long lines end at white space where there is some in their last eighth, so that a word (a token to be
/// masked, say) is rarely cut.
class LineSplitter {
 public:
  static constexpr std::size_t kDefaultLimit = 64UL * 1024;

  explicit LineSplitter(std::function<void(const LinePiece&)> on_piece, std::size_t limit = kDefaultLimit);

  void feed(std::string_view chunk);
  /// Passes on a last line that lacks its newline.
  void finish();

 private:
  void emit_full();
  void emit(std::string_view text, bool last);

  std::function<void(const LinePiece&)> on_piece_;
  std::size_t limit_;
  std::string pending_;
  bool first_ = true;
};

}  // namespace opready::process
