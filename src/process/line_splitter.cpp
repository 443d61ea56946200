// SPDX-License-Identifier: Apache-2.0
// Splits a stream into lines, and long lines into pieces.
#include "opready/process/line_splitter.hpp"

#include <algorithm>
#include <utility>

namespace opready::process {

LineSplitter::LineSplitter(std::function<void(const LinePiece&)> on_piece, std::size_t limit)
    : on_piece_(std::move(on_piece)), limit_(limit) {}

void LineSplitter::feed(std::string_view chunk) {
  while (!chunk.empty()) {
    const std::size_t newline = chunk.find('\n');
    if (newline != std::string_view::npos && pending_.empty() && newline <= limit_) {
      emit(chunk.substr(0, newline), true);  // The common case: no copy.
      chunk.remove_prefix(newline + 1);
      continue;
    }
    const std::size_t wanted = std::min(newline, chunk.size());
    const std::size_t taken = std::min(wanted, limit_ - pending_.size());
    pending_.append(chunk.substr(0, taken));
    chunk.remove_prefix(taken);
    if (taken == newline) {
      emit(std::string(std::exchange(pending_, {})), true);
      chunk.remove_prefix(1);
    } else if (pending_.size() == limit_) {
      emit_full();
    }
  }
}

void LineSplitter::finish() {
  if (!pending_.empty() || !first_) {
    emit(std::string(std::exchange(pending_, {})), true);
  }
}

void LineSplitter::emit_full() {
  const std::size_t space = pending_.find_last_of(" \t,;");
  const std::size_t cut = space != std::string::npos && space >= limit_ - limit_ / 8 ? space + 1 : limit_;
  emit(std::string_view(pending_).substr(0, cut), false);
  pending_.erase(0, cut);
}

void LineSplitter::emit(std::string_view text, bool last) {
  on_piece_({text, first_, last});
  first_ = last;
}

}  // namespace opready::process
