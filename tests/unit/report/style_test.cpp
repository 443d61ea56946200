// SPDX-License-Identifier: Apache-2.0
// Tests of how a terminal is judged.
#include "opready/report/style.hpp"

#include <gtest/gtest.h>

namespace opready::report {
namespace {

TerminalFacts good_terminal() {
  TerminalFacts facts;
  facts.is_terminal = true;
  facts.columns = 120;
  facts.term = "xterm-256color";
  return facts;
}

TEST(DecideTerminal, ColoursAndDrawsOverLinesOnATerminal) {
  const Terminal terminal = decide_terminal(ColourChoice::automatic, good_terminal());
  EXPECT_TRUE(terminal.colour);
  EXPECT_TRUE(terminal.live);
  EXPECT_EQ(terminal.columns, 120);
}

TEST(DecideTerminal, IsPlainAndEightyColumnsWideInAPipe) {
  const Terminal terminal = decide_terminal(ColourChoice::automatic, TerminalFacts{});
  EXPECT_FALSE(terminal.colour);
  EXPECT_FALSE(terminal.live);
  EXPECT_EQ(terminal.columns, 80);
}

TEST(DecideTerminal, TakesADumbOrUnnamedTerminalForAPipe) {
  for (const char* term : {"dumb", ""}) {
    TerminalFacts facts = good_terminal();
    facts.term = term;
    const Terminal terminal = decide_terminal(ColourChoice::automatic, facts);
    EXPECT_FALSE(terminal.colour) << term;
    EXPECT_FALSE(terminal.live) << term;
  }
}

TEST(DecideTerminal, NoColorTurnsColoursOffButNotTheStatusLine) {
  TerminalFacts facts = good_terminal();
  facts.no_color = "1";
  facts.force_color = "1";
  const Terminal terminal = decide_terminal(ColourChoice::automatic, facts);
  EXPECT_FALSE(terminal.colour);
  EXPECT_TRUE(terminal.live);
}

TEST(DecideTerminal, ForcingVariablesColourAPipe) {
  TerminalFacts clicolor;
  clicolor.clicolor_force = "1";
  EXPECT_TRUE(decide_terminal(ColourChoice::automatic, clicolor).colour);
  TerminalFacts force;
  force.force_color = "3";
  EXPECT_TRUE(decide_terminal(ColourChoice::automatic, force).colour);
  force.force_color = "0";
  EXPECT_FALSE(decide_terminal(ColourChoice::automatic, force).colour);
  EXPECT_FALSE(decide_terminal(ColourChoice::automatic, clicolor).live);
}

TEST(DecideTerminal, TheOptionBeatsTheEnvironment) {
  TerminalFacts facts = good_terminal();
  EXPECT_FALSE(decide_terminal(ColourChoice::never, facts).colour);
  facts.no_color = "1";
  EXPECT_TRUE(decide_terminal(ColourChoice::always, facts).colour);
}

TEST(Painted, UsesTheSixteenColourSetOnly) {
  const Terminal terminal{true, false, 80};
  EXPECT_EQ(painted("x", Tone::plain, terminal), "x");
  EXPECT_EQ(painted("x", Tone::bold, terminal), "\x1b[1mx\x1b[0m");
  EXPECT_EQ(painted("x", Tone::good, terminal), "\x1b[32mx\x1b[0m");
  EXPECT_EQ(painted("x", Tone::bad, terminal), "\x1b[31mx\x1b[0m");
  EXPECT_EQ(painted("x", Tone::doubtful, terminal), "\x1b[33mx\x1b[0m");
}

TEST(Painted, LeavesTextAloneWithoutColourAndEmptyTextAlways) {
  EXPECT_EQ(painted("x", Tone::bad, Terminal{}), "x");
  EXPECT_EQ(painted("", Tone::bad, Terminal{true, false, 80}), "");
}

}  // namespace
}  // namespace opready::report
