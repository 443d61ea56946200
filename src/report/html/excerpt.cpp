// SPDX-License-Identifier: Apache-2.0
// Cuts texts before they are sanitised, since they may be any size.
#include "html/excerpt.hpp"

#include <algorithm>

#include "opready/base/sanitize.hpp"

namespace opready::report {
namespace {

/// What is sanitised for a byte that is shown: escape sequences, which vanish, may be most of a text.
constexpr std::size_t kRawBytes = 4;

std::size_t line_ends(std::string_view text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

std::string_view without_blank_ends(std::string_view text) {
  const std::size_t begin = text.find_first_not_of('\n');
  return begin == std::string_view::npos ? "" : text.substr(begin, text.find_last_not_of(" \n") + 1 - begin);
}

/// About so many bytes from the beginning, not ending within a code point. An escape sequence that is cut vanishes like
/// a whole one.
std::string_view raw_beginning(std::string_view foreign, std::size_t size) {
  if (foreign.size() <= size) {
    return foreign;
  }
  constexpr std::size_t kLongestCodePoint = 4;
  std::size_t end = size;
  while (end > 0 && size - end < kLongestCodePoint && (static_cast<unsigned char>(foreign[end]) & 0xC0U) == 0x80) {
    --end;
  }
  return foreign.substr(0, end);
}

/// About so many bytes from the end. They begin behind a line's end, which no code point or escape sequence spans; all
/// of `foreign` where there is none.
std::string_view raw_end(std::string_view foreign, std::size_t size) {
  const std::size_t line = foreign.size() <= size ? std::string_view::npos : foreign.find('\n', foreign.size() - size);
  return line == std::string_view::npos ? foreign : foreign.substr(line + 1);
}

/// The part of `text` from its beginning that takes at most `size` bytes of markup.
std::string_view fitting(std::string_view text, std::size_t size) {
  constexpr std::string_view kWrittenAsEntities = "&<>\"'";
  std::size_t end = 0;
  for (std::size_t written = 0; end < text.size(); ++end) {
    written += kWrittenAsEntities.find(text[end]) == std::string_view::npos ? 1U : 6U;
    if (written > size) {
      break;
    }
  }
  return base::utf8_prefix(text, end);
}

}  // namespace

Excerpt beginning_of(std::string_view foreign, std::size_t size) {
  foreign = without_blank_ends(foreign);
  const std::string_view raw = raw_beginning(foreign, kRawBytes * size);
  const std::string clean = base::sanitized(raw);
  const std::string_view whole = without_blank_ends(clean);
  const std::string_view text = fitting(whole, size);
  const std::string_view cut = whole.substr(text.size());
  const std::string_view unseen = foreign.substr(raw.size());
  const std::string_view next = cut.empty() ? unseen : cut;
  const bool within_a_line = !next.empty() && !next.starts_with('\n');
  return {std::string(text), line_ends(cut) + line_ends(unseen) + (within_a_line ? 1 : 0)};
}

std::string end_of(std::string_view foreign, std::size_t size) {
  foreign = without_blank_ends(foreign);
  std::string clean = base::sanitized(raw_end(foreign, kRawBytes * size));
  if (without_blank_ends(clean).empty()) {
    clean = base::sanitized(foreign);  // The last lines hold nothing to be seen.
  }
  std::string_view end = without_blank_ends(clean);
  if (end.size() > size) {
    end.remove_prefix(end.size() - size);
    end.remove_prefix(std::min(end.find('\n') + 1, end.size()));
  }
  return std::string(end);
}

}  // namespace opready::report
