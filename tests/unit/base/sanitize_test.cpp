// SPDX-License-Identifier: Apache-2.0
// Tests of making foreign text safe, and of measuring it.
#include "opready/base/sanitize.hpp"

#include <gtest/gtest.h>

namespace opready::base {
namespace {

using namespace std::string_view_literals;

struct Row {
  std::string_view what;
  std::string_view foreign;
  std::string_view expected;
};

void expect_sanitized(std::initializer_list<Row> rows) {
  for (const Row& row : rows) {
    EXPECT_EQ(sanitized(row.foreign), row.expected) << row.what;
  }
}

TEST(Sanitized, KeepsGoodText) {
  expect_sanitized({
      {"empty", "", ""},
      {"ASCII", " !~", " !~"},
      {"tab and newline", "a\tb\n", "a\tb\n"},
      {"two bytes", "\xC2\xA0 \xDF\xBF", "\xC2\xA0 \xDF\xBF"},
      {"three bytes", "\xE0\xA0\x80 \xED\x9F\xBF \xEE\x80\x80", "\xE0\xA0\x80 \xED\x9F\xBF \xEE\x80\x80"},
      {"four bytes", "\xF0\x90\x80\x80 \xF4\x8F\xBF\xBF", "\xF0\x90\x80\x80 \xF4\x8F\xBF\xBF"},
      {"U+FFFD itself", "\uFFFD", "\uFFFD"},
      {"XML's own characters are the writer's to escape", "<&>\"'", "<&>\"'"},
  });
}

TEST(Sanitized, DropsEscapeSequences) {
  expect_sanitized({
      {"colour", "\x1B[31mred\x1B[0m", "red"},
      {"many parameters", "\x1B[38;5;196mred\x1B[m", "red"},
      {"private parameter", "\x1B[?25lhidden\x1B[?25h", "hidden"},
      {"intermediate byte", "\x1B[2 qcursor", "cursor"},
      {"erase line", "50%\x1B[K", "50%"},
      {"tilde as final byte", "\x1B[3~x", "x"},
      {"OSC ended by BEL", "\x1B]0;title\ax", "x"},
      {"OSC ended by ST", "\x1B]8;;http://a/\x1B\\link\x1B]8;;\x1B\\", "link"},
      {"OSC with UTF-8", "\x1B]0;\xC3\xBC\ax", "x"},
      {"DCS", "\x1BPq#0\x1B\\x", "x"},
      {"APC", "\x1B_secret\x1B\\x", "x"},
      {"single character",
       "\x1B"
       "7\x1B"
       "cx\x1BM",
       "x"},
      {"character set", "\x1B(Bx", "x"},
      {"one after the other", "\x1B[1m\x1B[31mx", "x"},
  });
}

TEST(Sanitized, DropsUnfinishedEscapesUpToTheirLine) {
  expect_sanitized({
      {"lone ESC at the end", "a\x1B", "a"},
      {"CSI cut behind its bracket", "a\x1B[", "a"},
      {"CSI cut in its parameters", "a\x1B[38;5", "a"},
      {"CSI cut in its intermediates", "a\x1B[2 ", "a"},
      {"character set cut", "a\x1B(", "a"},
      {"OSC cut", "a\x1B]0;title", "a"},
      {"OSC cut in its end", "a\x1B]0;title\x1B", "a"},
      {"OSC ends with its line", "a\x1B]0;title\nb", "a\nb"},
      {"OSC ends with its line, CR LF", "a\x1B]0;title\r\nb", "a\nb"},
      {"CSI broken by a newline", "\x1B[31\nb", "\nb"},
      {"CSI broken by UTF-8", "\x1B[31\xC3\xBC", "\xC3\xBC"},
      {"ESC before a newline", "\x1B\nb", "\nb"},
      {"ESC before ESC", "\x1B\x1B[31mx", "x"},
      {"ESC before UTF-8", "\x1B\xC3\xBC", "\xC3\xBC"},
  });
}

TEST(Sanitized, MakesEveryLineEndANewline) {
  expect_sanitized({
      {"CR LF", "a\r\nb\r\n", "a\nb\n"},
      {"lone CR", "10%\r20%\r", "10%\n20%\n"},
      {"CR CR LF", "a\r\r\nb", "a\n\nb"},
      {"CR at the end", "\r", "\n"},
  });
}

TEST(Sanitized, ReplacesControls) {
  expect_sanitized({
      {"NUL", "a\0b"sv, "a\uFFFDb"},
      {"BEL and BS", "\a\b", "\uFFFD\uFFFD"},
      {"VT and FF", "\v\f", "\uFFFD\uFFFD"},
      {"US", "\x1F", "\uFFFD"},
      {"DEL", "\x7F", "\uFFFD"},
      {"first and last C1", "\xC2\x80\xC2\x9F", "\uFFFD\uFFFD"},
      {"C1's CSI is no escape here",
       "\xC2\x9B"
       "31m",
       "\uFFFD31m"},
      {"U+FFFE and U+FFFF", "\xEF\xBF\xBE\xEF\xBF\xBF", "\uFFFD\uFFFD"},
  });
}

// A line that shows "safe" must not be "efas" to who reads it.
TEST(Sanitized, ReplacesControlsOfWritingDirection) {
  expect_sanitized({
      {"marks", "a\u200E\u200F\u061Cb", "a\uFFFD\uFFFD\uFFFDb"},
      {"embeddings and overrides", "\u202A\u202B\u202C\u202D\u202E", "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD"},
      {"isolates", "\u2066\u2067\u2068\u2069", "\uFFFD\uFFFD\uFFFD\uFFFD"},
      {"their neighbours", "\u200D\u2010\u2029\u202F\u2065\u206A\u061B", "\u200D\u2010\u2029\u202F\u2065\u206A\u061B"},
      {"letters that run to the left", "\u05D0\u0628", "\u05D0\u0628"},
  });
}

TEST(Sanitized, ReplacesEachMaximalSubpart) {
  expect_sanitized({
      {"lone continuation", "a\x80z", "a\uFFFDz"},
      {"two continuations", "\xBF\x80", "\uFFFD\uFFFD"},
      {"overlong NUL", "\xC0\x80", "\uFFFD\uFFFD"},
      {"overlong slash", "\xC1\xAF", "\uFFFD\uFFFD"},
      {"overlong, three bytes", "\xE0\x9F\xBF", "\uFFFD\uFFFD\uFFFD"},
      {"overlong, four bytes", "\xF0\x8F\xBF\xBF", "\uFFFD\uFFFD\uFFFD\uFFFD"},
      {"high surrogate", "\xED\xA0\x80", "\uFFFD\uFFFD\uFFFD"},
      {"surrogate pair", "\xED\xA0\xBD\xED\xB8\x80", "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD"},
      {"past U+10FFFF", "\xF4\x90\x80\x80", "\uFFFD\uFFFD\uFFFD\uFFFD"},
      {"bytes that never occur", "\xF5\xFE\xFF", "\uFFFD\uFFFD\uFFFD"},
      {"cut short by ASCII", "\xE2\x82z", "\uFFFDz"},
      {"cut short by the next lead", "\xF0\x9F\x98\xC3\xBC", "\uFFFD\xC3\xBC"},
      {"lead at the end", "\xC3", "\uFFFD"},
      {"two of three at the end", "\xE2\x82", "\uFFFD"},
      {"three of four at the end", "\xF0\x9F\x98", "\uFFFD"},
      {"cut short by an escape", "\xE2\x82\x1B[0mz", "\uFFFDz"},
  });
}

TEST(Sanitized, IsUnchangedBySanitisingAgain) {
  std::string every_pair;
  for (int a = 0; a < 256; ++a) {
    for (int b = 0; b < 256; b += 7) {
      every_pair += static_cast<char>(a);
      every_pair += static_cast<char>(b);
    }
  }
  const std::string once = sanitized(every_pair);
  EXPECT_EQ(sanitized(once), once);
}

TEST(AppendSanitized, KeepsWhatIsThere) {
  std::string out = "kept \x1B";
  append_sanitized(out, "\x1B[1mnew");
  EXPECT_EQ(out, "kept \x1Bnew");
}

TEST(Utf8Prefix, EndsBetweenCodePoints) {
  const std::string_view text = "a\u00FC\u20AC\U0001F600";  // 1 + 2 + 3 + 4 bytes
  const std::size_t expected[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 10};
  for (std::size_t limit = 0; limit < std::size(expected); ++limit) {
    EXPECT_EQ(utf8_prefix(text, limit), text.substr(0, expected[limit])) << limit;
  }
}

TEST(DisplayWidth, CountsColumns) {
  const struct {
    std::string_view text;
    std::size_t expected;
  } rows[] = {
      {"", 0},       {"abc", 3},    {"gr\u00FCn", 4},    {"u\u0308", 1},    {"\u65E5\u672C", 4}, {"\uFF21", 2},
      {"\uD55C", 2}, {"\u2026", 1}, {"\u2714\uFE0F", 1}, {"\U0001F600", 2}, {"\u200B", 0},       {"\U000E0001", 1},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(display_width(row.text), row.expected) << row.text;
  }
}

TEST(Elided, CutsToColumns) {
  const struct {
    std::string_view text;
    std::size_t columns;
    std::string_view expected;
  } rows[] = {
      {"abcdef", 6, "abcdef"},
      {"abcdef", 5, "abcd\u2026"},
      {"abcdef", 1, "\u2026"},
      {"abcdef", 0, ""},
      {"", 0, ""},
      {"\u65E5\u672C\u8A9E", 6, "\u65E5\u672C\u8A9E"},
      {"\u65E5\u672C\u8A9E", 5, "\u65E5\u672C\u2026"},
      {"\u65E5\u672C\u8A9E", 4, "\u65E5\u2026"},
      {"u\u0308u\u0308u\u0308", 2, "u\u0308\u2026"},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(elided(row.text, row.columns), row.expected) << row.text << ' ' << row.columns;
  }
}

}  // namespace
}  // namespace opready::base
