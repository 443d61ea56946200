// SPDX-License-Identifier: Apache-2.0
// What people are told about files that aren't YAML, or more of it than a category file needs.
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "load_text.hpp"

namespace opready::specs {
namespace {

struct Unreadable {
  std::string name;
  std::string text;
  std::string message;
};

class UnreadableYaml : public testing::TestWithParam<Unreadable> {};

TEST_P(UnreadableYaml, IsExplainedInOneSentence) {
  EXPECT_EQ(messages(load_text(GetParam().text)), std::vector{GetParam().message});
}

const std::string kTab = "a tab in the indentation: use spaces, YAML allows nothing else there";
const std::string kAfterQuote =
    "text goes on after the closing quote: write '' for a ' in single quotes, \\\" for a \" in double quotes";
const std::string kAfterBracket = "text goes on after this bracket is closed: put a text that begins with it in quotes";
const std::string kColon = "a ':' that can't stand here: put a text that holds ': ' in quotes, or mend the line above";
const std::string kIndentation = "this line fits none of the indentations above: align it with its neighbours";
const std::string kSecond =
    "a second document begins here: keep one in a file, and indent keys that belong together alike";

INSTANTIATE_TEST_SUITE_P(
    Table, UnreadableYaml,
    testing::Values(
        Unreadable{"Tab", "category: A\ntestCases:\n\t- description: x\n", "3:1: " + kTab},
        Unreadable{"TabAfterSpaces", "a:\n  \tb: c\n", "2:3: " + kTab},
        Unreadable{"TabInBlockText", "a: |\n  x\n\ty\n", "3:1: " + kTab},
        Unreadable{"UnclosedListBracket", "a:\n- focus: ['a', 'b'\n  skip: ['c']\n",
                   "2:10: this '[' isn't closed by line 3: add the ']', or the ',' that is missing"},
        Unreadable{"UnclosedBracketAtTheEnd", "a: [x, [y]\n",
                   "1:4: this '[' isn't closed by line 2: add the ']', or the ',' that is missing"},
        Unreadable{"UnclosedMappingBracket", "a: {x: 1\nb: 2\n",
                   "1:4: this '{' isn't closed by line 2: add the '}', or the ',' that is missing"},
        Unreadable{"BracketInUnquotedText", "a:\n- [sig-windows] foo\n", "2:3: " + kAfterBracket},
        Unreadable{"StrayClosingBracket", "a: ]\n",
                   "1:4: a closing bracket without its opening one: put a text that holds it in quotes"},
        Unreadable{"UnclosedDoubleQuote", "a: \"b\nc: d\n", "1:4: this quote is never closed: add the closing \""},
        Unreadable{"UnclosedDoubleQuoteAfterEscapes", "a: \"b\\\\ \\\"\nc: d\n",
                   "1:4: this quote is never closed: add the closing \""},
        Unreadable{"UnclosedSingleQuote", "a: b\nc: 'd\n", "2:4: this quote is never closed: add the closing '"},
        Unreadable{"QuoteClosedByTheNextOne", "a: 'b\nc: 'd'\n", "1:4: " + kAfterQuote},
        Unreadable{"ApostropheInSingleQuotes", "a: 'don't'\n", "1:4: " + kAfterQuote},
        Unreadable{"DocumentMarkerInQuotes", "a: \"b\n---\n",
                   "2:1: a document marker inside quotes: is the closing quote missing above?"},
        Unreadable{"RegularExpressionInDoubleQuotes", "a: \"\\[sig\"\n",
                   "1:5: in double quotes '\\' begins an escape, and this is none: use single quotes for regular "
                   "expressions"},
        Unreadable{"ColonInText", "a: b: c\n", "1:5: " + kColon},
        Unreadable{"KeyWithoutColon", "a: 1\nb\nc: 2\n", "3:2: " + kColon},
        Unreadable{"UnevenList", "a:\n  - x\n - y\n", "3:2: " + kIndentation},
        Unreadable{"ListInTheKeysLine", "a: - b\n",
                   "1:4: a list entry ('- ') that can't stand here: begin it in a line of its own"},
        Unreadable{"ReservedCharacter", "a: @b\n", "1:4: a text can't begin with this character: put it in quotes"},
        Unreadable{"TwoDocuments", "a: b\n---\nc: d\n", "2:1: " + kSecond},
        Unreadable{"FirstKeyIndentedMore", "  a: b\nc: d\n", "2:1: " + kSecond},
        Unreadable{"UnknownAlias", "a: *.yaml\n",
                   "1:4: an alias to an anchor that isn't there: put a text that begins with '*' in quotes"},
        Unreadable{"AliasOfItself", "a: &x [*x]\n", "1:8: this alias stands inside what it refers to"},
        Unreadable{"ControlCharacter", "a: \"\\e[31m\"\n", "1:4: this text holds a control character or isn't UTF-8"},
        Unreadable{
            "WritingDirection", "a: b\u200F\n",
            "1:4: this text holds U+200F, a control of writing direction: leave it out, or write '.' for it in a "
            "pattern"},
        Unreadable{"OtherEncoding", "a: \xE4\n", "1:4: this text holds a control character or isn't UTF-8"},
        Unreadable{"Utf16", std::string("a\0:\0", 4), "1:1: not a text in UTF-8: save it as such"},
        Unreadable{"OtherYamlVersion", "%YAML 3.0\n---\na: b\n",
                   "1:1: not readable as YAML: YAML major version too large"},
        Unreadable{"Empty", "# nothing\n",
                   "1:1: an empty file: a category file needs 'category' and 'testCases' at its top level"},
        Unreadable{"DeepNesting", std::string(100'000, '['), "1:1: too deeply nested for a category file"}),
    [](const auto& test) { return test.param.name; });

TEST(YamlLimits, HoldWithAliasesFollowed) {
  std::string bomb = "a: &a [x,x,x,x,x,x,x,x,x,x]\n";
  for (char name = 'b'; name < 'i'; ++name) {
    const std::string alias = std::string("*") + static_cast<char>(name - 1) + ",";
    bomb += std::string(1, name) + ": &" + name + " [" + alias + alias + alias + alias + alias + "]\n";
  }
  EXPECT_EQ(messages(load_text(bomb)),
            std::vector<std::string>{"7:4: too large or too deeply nested for a category file"});
}

TEST(YamlLimits, HoldForChainsOfAliases) {
  std::string chain = "a0: &a0 x\n";
  for (int i = 1; i < 100; ++i) {
    chain += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [*a" + std::to_string(i - 1) + "]\n";
  }
  EXPECT_EQ(messages(load_text(chain)),
            std::vector<std::string>{"1:1: too large or too deeply nested for a category file"});
}

TEST(YamlPlaces, AreRightAfterAByteOrderMark) {
  const Loaded loaded = load_text(
      "\xEF\xBB\xBF"
      "a: 'b\n");
  EXPECT_EQ(render(loaded.diagnostics),
            "f.yaml:1:4: error: this quote is never closed: add the closing '\na: 'b\n   ^\n");
}

TEST(YamlPlaces, AreRightWithWindowsLineEnds) {
  const Loaded loaded =
      load_text("category: A\r\ntestCases:\r\n- descripton: x\r\n  description: x\r\n  focus: [y]\r\n");
  EXPECT_EQ(render(loaded.diagnostics),
            "f.yaml:3:3: error: unknown key 'descripton', did you mean 'description'?\n- descripton: x\n  ^\n");
}

}  // namespace
}  // namespace opready::specs
