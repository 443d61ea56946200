// SPDX-License-Identifier: Apache-2.0
// How faults of category files look.
#include "opready/specs/diagnostic.hpp"

#include <string>

#include <gtest/gtest.h>

namespace opready::specs {
namespace {

TEST(Diagnostic, ShowsPlaceMessageSourceLineAndCaret) {
  EXPECT_EQ(render({{{"core.yaml", 4, 3}, "unknown key 'focsu'", "  focsu: []"}}),
            "core.yaml:4:3: error: unknown key 'focsu'\n"
            "  focsu: []\n"
            "  ^\n");
}

TEST(Diagnostic, ComesSortedByFileAndPlace) {
  EXPECT_EQ(render({{{"b.yaml", 1, 1}, "fourth", ""},
                    {{"a.yaml", 10, 1}, "third", ""},
                    {{"a.yaml", 9, 5}, "second", ""},
                    {{"a.yaml", 9, 4}, "first", ""}}),
            "a.yaml:9:4: error: first\n"
            "a.yaml:9:5: error: second\n"
            "a.yaml:10:1: error: third\n"
            "b.yaml:1:1: error: fourth\n");
}

TEST(Diagnostic, KeepsTabsInFrontOfTheCaret) {
  EXPECT_EQ(render({{{"f", 1, 4}, "m", "a\t:\tb"}}), "f:1:4: error: m\na\t:\tb\n \t ^\n");
}

TEST(Diagnostic, PutsTheCaretBelowItsCharacterAfterWideOnes) {
  // Two bytes and one column, then three bytes and two columns.
  EXPECT_EQ(render({{{"f", 1, 6}, "m", "ü日x"}}), "f:1:6: error: m\nü日x\n   ^\n");
}

TEST(Diagnostic, ShowsNoControlCharactersOfTheFile) {
  EXPECT_EQ(render({{{"f", 1, 7}, "m", "\x1b[31mab"}}), "f:1:7: error: m\nab\n ^\n");
}

TEST(Diagnostic, PutsTheCaretBehindALineThatIsShorter) {
  EXPECT_EQ(render({{{"f", 1, 9}, "m", "ab"}}), "f:1:9: error: m\nab\n  ^\n");
}

TEST(Diagnostic, LeavesOutVeryLongLines) {
  EXPECT_EQ(render({{{"f", 1, 9}, "m", std::string(501, 'x')}}), "f:1:9: error: m\n");
}

}  // namespace
}  // namespace opready::specs
