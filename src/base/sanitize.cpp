// SPDX-License-Identifier: Apache-2.0
// Foreign bytes to safe UTF-8, and how much of it fits.
#include "opready/base/sanitize.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace opready::base {

namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD
constexpr std::string_view kEllipsis = "…";
constexpr unsigned char kEscape = 0x1B;
constexpr unsigned char kBell = 0x07;

unsigned char byte_at(std::string_view text, std::size_t i) {
  return static_cast<unsigned char>(text[i]);
}

bool in(unsigned char byte, unsigned char low, unsigned char high) {
  return low <= byte && byte <= high;
}

/// A code point and the bytes it takes; where `valid` is false, the length of the maximal subpart that stands for one
/// ill-formed sequence (Unicode 3.9, table 3-7).
struct Decoded {
  char32_t code_point = 0;
  std::size_t length = 1;
  bool valid = false;
};

Decoded decode(std::string_view text, std::size_t at) {
  const unsigned char lead = byte_at(text, at);
  if (lead < 0x80) {
    return {lead, 1, true};
  }
  if (!in(lead, 0xC2, 0xF4)) {
    return {};
  }
  const std::size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  // The second byte's range is narrower after some leads: no overlong forms, no surrogates, nothing past U+10FFFF.
  const unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  const unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  char32_t code_point = lead & (0x7Fu >> length);
  for (std::size_t i = 1; i < length; ++i) {
    const bool second = i == 1;
    if (at + i >= text.size() || !in(byte_at(text, at + i), second ? low : 0x80, second ? high : 0xBF)) {
      return {0, i, false};
    }
    code_point = code_point << 6 | (byte_at(text, at + i) & 0x3Fu);
  }
  return {code_point, length, true};
}

bool is_plain(unsigned char byte) {
  return in(byte, 0x20, 0x7E) || byte == '\t' || byte == '\n';
}

bool is_allowed(char32_t code_point) {
  const bool c1_control = code_point >= 0x7F && code_point <= 0x9F;
  return !c1_control && code_point != 0xFFFE && code_point != 0xFFFF && code_point >= 0x20 &&
         !is_bidi_control(code_point);
}

std::size_t skip_while_in(std::string_view text, std::size_t at, unsigned char low, unsigned char high) {
  while (at < text.size() && in(byte_at(text, at), low, high)) {
    ++at;
  }
  return at;
}

/// The end of a control string (OSC, DCS, ...) whose content begins at `at`: behind BEL or ESC \, else at the line's
/// end, so that an unfinished one can't swallow more than its line.
std::size_t control_string_end(std::string_view text, std::size_t at) {
  for (; at < text.size() && text[at] != '\n' && text[at] != '\r'; ++at) {
    if (byte_at(text, at) == kBell) {
      return at + 1;
    }
    if (byte_at(text, at) == kEscape && at + 1 < text.size() && text[at + 1] == '\\') {
      return at + 2;
    }
  }
  return at;
}

/// The end of the escape sequence whose ESC stands at `at` (ECMA-48); of a broken one, what belongs to it.
std::size_t escape_end(std::string_view text, std::size_t at) {
  ++at;
  if (at == text.size()) {
    return at;
  }
  constexpr std::string_view kControlStrings = "]P^_X";
  if (kControlStrings.find(text[at]) != std::string_view::npos) {
    return control_string_end(text, at + 1);
  }
  const bool csi = text[at] == '[';
  if (csi) {
    at = skip_while_in(text, at + 1, 0x30, 0x3F);
  }
  at = skip_while_in(text, at, 0x20, 0x2F);
  const bool finished = at < text.size() && in(byte_at(text, at), csi ? 0x40 : 0x30, 0x7E);
  return finished ? at + 1 : at;
}

/// Appends what stands for the non-plain byte at `at`, and returns where to go on.
std::size_t append_special(std::string& out, std::string_view text, std::size_t at) {
  if (byte_at(text, at) == kEscape) {
    return escape_end(text, at);
  }
  if (text[at] == '\r') {
    const bool before_newline = at + 1 < text.size() && text[at + 1] == '\n';
    out += before_newline ? "" : "\n";
    return at + 1;
  }
  const Decoded decoded = decode(text, at);
  out += decoded.valid && is_allowed(decoded.code_point) ? text.substr(at, decoded.length) : kReplacement;
  return at + decoded.length;
}

struct Range {
  char32_t first;
  char32_t last;
};

// Combining marks and invisible format characters; variation selectors.
constexpr std::array<Range, 14> kZeroWidth = {{{0x0300, 0x036F},
                                               {0x0483, 0x0489},
                                               {0x0591, 0x05BD},
                                               {0x0610, 0x061A},
                                               {0x064B, 0x065F},
                                               {0x1AB0, 0x1AFF},
                                               {0x1DC0, 0x1DFF},
                                               {0x200B, 0x200F},
                                               {0x202A, 0x202E},
                                               {0x2060, 0x2064},
                                               {0x20D0, 0x20F0},
                                               {0xFE00, 0xFE0F},
                                               {0xFE20, 0xFE2F},
                                               {0xE0100, 0xE01EF}}};

// East Asian wide and full-width characters, and emoji: the ranges that C++ itself uses ([format.string.std]).
constexpr std::array<Range, 13> kWide = {{{0x1100, 0x115F},
                                          {0x2329, 0x232A},
                                          {0x2E80, 0x303E},
                                          {0x3040, 0xA4CF},
                                          {0xAC00, 0xD7A3},
                                          {0xF900, 0xFAFF},
                                          {0xFE10, 0xFE19},
                                          {0xFE30, 0xFE6F},
                                          {0xFF00, 0xFF60},
                                          {0xFFE0, 0xFFE6},
                                          {0x1F300, 0x1F64F},
                                          {0x1F900, 0x1F9FF},
                                          {0x20000, 0x3FFFD}}};

bool is_one_of(char32_t code_point, std::span<const Range> ranges) {
  return std::any_of(ranges.begin(), ranges.end(), [code_point](const Range& range) {
    return range.first <= code_point && code_point <= range.last;
  });
}

std::size_t columns_of(char32_t code_point) {
  if (code_point < 0x300 || !is_one_of(code_point, kZeroWidth)) {
    return is_one_of(code_point, kWide) ? 2 : 1;
  }
  return 0;
}

}  // namespace

bool is_bidi_control(char32_t code_point) {
  return code_point == 0x061C || code_point == 0x200E || code_point == 0x200F ||
         (code_point >= 0x202A && code_point <= 0x202E) || (code_point >= 0x2066 && code_point <= 0x2069);
}

std::optional<char32_t> first_bidi_control(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const Decoded decoded = decode(text, at);
    if (is_bidi_control(decoded.code_point)) {
      return decoded.code_point;
    }
    at += decoded.length;
  }
  return std::nullopt;
}

void append_sanitized(std::string& out, std::string_view foreign) {
  std::size_t at = 0;
  while (at < foreign.size()) {
    const std::size_t plain_from = at;
    while (at < foreign.size() && is_plain(byte_at(foreign, at))) {
      ++at;
    }
    out += foreign.substr(plain_from, at - plain_from);
    if (at < foreign.size()) {
      at = append_special(out, foreign, at);
    }
  }
}

std::string sanitized(std::string_view foreign) {
  std::string out;
  out.reserve(foreign.size());
  append_sanitized(out, foreign);
  return out;
}

std::string_view utf8_prefix(std::string_view text, std::size_t max_bytes) {
  if (text.size() <= max_bytes) {
    return text;
  }
  std::size_t end = max_bytes;
  while (end > 0 && in(byte_at(text, end), 0x80, 0xBF)) {
    --end;
  }
  return text.substr(0, end);
}

std::size_t display_width(std::string_view text) {
  std::size_t columns = 0;
  for (std::size_t at = 0; at < text.size();) {
    const Decoded decoded = decode(text, at);
    columns += columns_of(decoded.code_point);
    at += decoded.length;
  }
  return columns;
}

std::string elided(std::string_view text, std::size_t max_columns) {
  if (display_width(text) <= max_columns) {
    return std::string(text);
  }
  if (max_columns == 0) {
    return {};
  }
  std::size_t columns = display_width(kEllipsis);
  std::size_t at = 0;
  while (true) {
    // Something doesn't fit, so this ends before the text does.
    const Decoded decoded = decode(text, at);
    columns += columns_of(decoded.code_point);
    if (columns > max_columns) {
      return std::string(text.substr(0, at)).append(kEllipsis);
    }
    at += decoded.length;
  }
}

}  // namespace opready::base
