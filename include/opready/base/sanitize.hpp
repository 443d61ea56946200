// SPDX-License-Identifier: Apache-2.0
// Makes text of unknown origin safe to show, to store in JSON and to put in XML.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace opready::base {

/// `foreign` as valid UTF-8 that is legal in XML 1.0. ANSI escape sequences are dropped: CSI, OSC and other control
/// strings, single-character ones; an unfinished one up to the end of its line. CR LF and a lone CR become LF. Other C0
/// controls except tab and LF, DEL and C1 controls become U+FFFD, as does each ill-formed byte sequence (maximal
/// subpart practice), each noncharacter U+FFFE and U+FFFF, and each control of writing direction, which could make a
/// line read as another one. Appends to `out`, so that callers may reuse a buffer.
void append_sanitized(std::string& out, std::string_view foreign);

[[nodiscard]] std::string sanitized(std::string_view foreign);

/// Whether U+`code_point` makes text around it run the other way: marks, embeddings, overrides, isolates.
[[nodiscard]] bool is_bidi_control(char32_t code_point);
/// The first such character of `text`, which may be any bytes.
[[nodiscard]] std::optional<char32_t> first_bidi_control(std::string_view text);

/// The longest prefix of valid UTF-8 `text` that has at most `max_bytes` bytes and ends between code points.
[[nodiscard]] std::string_view utf8_prefix(std::string_view text, std::size_t max_bytes);

/// The number of terminal columns that valid UTF-8 `text` takes (2 for East Asian wide ones and emoji, 0 for combining
/// marks, 1 for all else).
[[nodiscard]] std::size_t display_width(std::string_view text);

/// `text` cut to at most `max_columns` columns, with "…" at its end where something was cut.
[[nodiscard]] std::string elided(std::string_view text, std::size_t max_columns);

}  // namespace opready::base
