// SPDX-License-Identifier: Apache-2.0
// What is shown of long texts.
#include "html/excerpt.hpp"

#include <string>

#include <gtest/gtest.h>

namespace opready::report {
namespace {

std::string repeated(const std::string& part, int times) {
  std::string text;
  for (int count = 0; count < times; ++count) {
    text += part;
  }
  return text;
}

void expect_beginning(const std::string& foreign, std::size_t size, const std::string& text, std::size_t lines_left) {
  const Excerpt excerpt = beginning_of(foreign, size);
  EXPECT_EQ(excerpt.text, text);
  EXPECT_EQ(excerpt.lines_left, lines_left) << text;
}

TEST(Excerpt, IsAllOfAShortText) {
  expect_beginning("\n\n[FAILED] \x1b[31mtimed out\x1b[0m\nline 2\n\n", 100, "[FAILED] timed out\nline 2", 0);
  expect_beginning("\n \n", 100, "", 0);
  expect_beginning("", 100, "", 0);
}

TEST(Excerpt, CountsTheLinesThatItLeavesOut) {
  expect_beginning("one\ntwo\nthree\n", 5, "one\nt", 2);
  expect_beginning("one\ntwo\nthree\n", 7, "one\ntwo", 1);
  expect_beginning("one\n" + repeated("0123456789\n", 1000), 5, "one\n0", 1000);
}

TEST(Excerpt, CountsWhatTextTakesAsMarkup) {
  expect_beginning("<<<<", 12, "<<", 1);
}

TEST(Excerpt, EndsBetweenCodePoints) {
  for (std::size_t size = 2; size < 12; ++size) {
    const std::string some = repeated("\xC3\xBC", static_cast<int>(size / 2));
    expect_beginning(repeated("\xC3\xBC", 1000), size, some, 1);
    expect_beginning("\x1b[31m" + repeated("\xC3\xBC", 1000), size, some, 1);
  }
}

TEST(Excerpt, ShowsNoPartOfAnEscapeSequenceThatItCuts) {
  for (std::size_t size = 1; size < 12; ++size) {
    expect_beginning(repeated("\x1b[38;5;196m", 1000) + "x", size, "", 1);
  }
}

TEST(Excerpt, ShowsBytesThatAreNoText) {
  expect_beginning(repeated("\x80", 1000), 6, "\xEF\xBF\xBD\xEF\xBF\xBD", 1);
}

TEST(Excerpt, OfAnEndConsistsOfWholeLines) {
  EXPECT_EQ(end_of("early\nline 1\nline 2\n\n", 14), "line 1\nline 2");
  EXPECT_EQ(end_of("early\nline 1\nline 2\n\n", 12), "line 2");
  EXPECT_EQ(end_of(repeated("0123456789\n", 1000) + "last\n", 12), "last");
  EXPECT_EQ(end_of("all of it", 100), "all of it");
  EXPECT_EQ(end_of("\n", 100), "");
  EXPECT_EQ(end_of(std::string(1000, 'x') + "\n\x1b[0m", 20), std::string(20, 'x'));
}

TEST(Excerpt, OfAnEndHasNoPartOfAnEscapeSequence) {
  const std::string line = "\x1b[38;5;196mred\x1b[0m\n";
  for (std::size_t size = 3; size < 40; ++size) {
    const std::string end = end_of(repeated(line, 1000), size);
    EXPECT_EQ(repeated("red\n", 20).find(end), 0U) << end;
    EXPECT_TRUE(end.ends_with("red")) << end;
  }
  EXPECT_EQ(end_of("\x1b]0;" + std::string(1000, 'x') + "\x07" + "end", 20), "end");
}

}  // namespace
}  // namespace opready::report
