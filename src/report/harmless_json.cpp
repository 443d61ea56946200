// SPDX-License-Identifier: Apache-2.0
// Escapes what JSON lets stand as it is.
#include "opready/report/harmless_json.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "opready/base/sanitize.hpp"

namespace opready::report {
namespace {

/// First bytes, in UTF-8, of all that is_harmful may hold of.
constexpr std::string_view kSuspects = "\x7F\xC2\xD8\xE2";

/// DEL, C1 controls, controls of writing direction; JSON escapes C0 controls by itself.
bool is_harmful(char32_t code_point) {
  return (code_point >= 0x7F && code_point <= 0x9F) || base::is_bidi_control(code_point);
}

std::size_t length_at(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  return lead < 0x80 ? 1 : lead < 0xE0 ? 2 : 3;
}

/// The code point of valid UTF-8 that stands for one of kSuspects.
char32_t code_point_of(std::string_view utf8) {
  char32_t code_point = static_cast<unsigned char>(utf8[0]);
  code_point &= utf8.size() == 1 ? 0x7Fu : utf8.size() == 2 ? 0x1Fu : 0x0Fu;
  for (const char c : utf8.substr(1)) {
    code_point = code_point << 6 | (static_cast<unsigned char>(c) & 0x3Fu);
  }
  return code_point;
}

}  // namespace

std::string harmless_json(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t suspect = std::min(text.find_first_of(kSuspects, at), text.size());
    out += text.substr(at, suspect - at);
    at = suspect;
    if (at < text.size()) {
      const std::string_view utf8 = text.substr(at, length_at(text, at));
      const char32_t code_point = code_point_of(utf8);
      out += is_harmful(code_point) ? fmt::format("\\u{:04x}", static_cast<unsigned>(code_point)) : std::string(utf8);
      at += utf8.size();
    }
  }
  return out;
}

}  // namespace opready::report
