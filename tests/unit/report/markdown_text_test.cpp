// SPDX-License-Identifier: Apache-2.0
// Foreign text as code, and pages that stay within their limit.
#include "opready/report/markdown_text.hpp"

#include <gtest/gtest.h>

namespace opready::report {
namespace {

TEST(CodeSpan, IsOneLineThatNothingInItCanEnd) {
  EXPECT_EQ(code_span("plain <b> @name #1"), "`plain <b> @name #1`");
  EXPECT_EQ(code_span("a`b"), "``a`b``");
  EXPECT_EQ(code_span("a``b`c"), "```a``b`c```");
  EXPECT_EQ(code_span("`"), "`` ` ``");
  EXPECT_EQ(code_span(" x "), "`  x  `");
  EXPECT_EQ(code_span("a\nb\x1b[31mc\u202E"), "`a bc\uFFFD`");
  EXPECT_EQ(code_span(""), "");
}

TEST(CodeSpan, IsCutByColumnsAndBytes) {
  EXPECT_EQ(code_span(std::string(1000, 'x')), "`" + std::string(299, 'x') + "…`");
  std::string marks = "a";
  for (int count = 0; count < 10000; ++count) {
    marks += "\u0301";
  }
  EXPECT_LE(code_span(marks).size(), 1202U);
  EXPECT_EQ(code_line(std::string(1000, 'x')), "`" + std::string(1000, 'x') + "`");
}

// cmark-gfm takes no row of more than 80 for the beginning of a span, and of more than 255 for that of a block.
TEST(CodeSpan, CutsARowOfBackticksThatNoneCouldStandAround) {
  const std::string sixty(60, '`');
  EXPECT_EQ(code_span("a" + sixty + "b"), sixty + "`a" + sixty + "b" + sixty + '`');
  for (const std::size_t count : {61U, 80U, 255U}) {
    EXPECT_EQ(code_span("a" + std::string(count, '`') + "b"), sixty + "`a" + sixty + "…b" + sixty + '`');
  }
}

TEST(CodeCell, HoldsNoBarThatWouldEndIt) {
  EXPECT_EQ(code_cell("a|b\\|c"), "`a¦b\\¦c`");
}

TEST(CodeBlock, HasAFenceLongerThanAnyInIt) {
  EXPECT_EQ(code_block("one\n```\ntwo"), "````text\none\n```\ntwo\n````\n");
  EXPECT_EQ(code_block("~~~ `x`"), "```text\n~~~ `x`\n```\n");
  const std::string sixty(60, '`');
  EXPECT_EQ(code_block("a\n" + std::string(300, '`') + "\nb"), sixty + "`text\na\n" + sixty + "…\nb\n" + sixty + "`\n");
}

TEST(CodeBlock, IsCutInWholeLinesAndSaysSo) {
  std::string text;
  for (int line = 0; line < 100; ++line) {
    text += std::string(5000, 'x') + '\n';
  }
  const std::string block = code_block(text);
  EXPECT_LT(block.size(), 13000U);
  EXPECT_TRUE(block.ends_with("xx\n...\n```\n")) << block.substr(block.size() - 50);
}

TEST(MarkdownPage, LeavesOutWhatDoesNotFitAndCountsIt) {
  MarkdownPage page(2048 + 30);
  page.add_section("## A\n", {"- 1234567\n", "- 2345678\n", "- 3456789\n", "- x\n"}, "case");
  EXPECT_EQ(page.text(), "## A\n- 1234567\n- 2345678\n\n*2 cases left out here; summary.json has all.*\n");
}

TEST(MarkdownPage, SaysOfASectionThatDoesNotFitWhatIsLeftOut) {
  MarkdownPage page(2048 + 30);
  EXPECT_TRUE(page.add("a page that is nearly full\n"));
  page.add_section("\n## Flaky\n\n| Case |\n| --- |\n", {"| x |\n", "| y |\n"}, "case");
  EXPECT_EQ(page.text(), "a page that is nearly full\n\n## Flaky\n\n*2 cases left out here; summary.json has all.*\n");
}

TEST(MarkdownPage, HasNoSectionWithoutItems) {
  MarkdownPage page(5000);
  page.add_section("## A\n", {}, "case");
  EXPECT_EQ(page.text(), "");
}

}  // namespace
}  // namespace opready::report
