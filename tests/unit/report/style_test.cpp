// SPDX-License-Identifier: Apache-2.0
// Tests of how a terminal is judged.
#include "opready/report/style.hpp"

#include <array>
#include <cmath>
#include <string>

#include <gtest/gtest.h>

namespace opready::report {
namespace {

TerminalFacts good_terminal() {
  TerminalFacts facts;
  facts.is_terminal = true;
  facts.size = {120, 50};
  facts.term = "xterm-256color";
  return facts;
}

TEST(DecideTerminal, ColoursAndDrawsOverLinesOnATerminal) {
  const Terminal terminal = decide_terminal(ColourChoice::automatic, good_terminal());
  EXPECT_TRUE(terminal.colour);
  EXPECT_TRUE(terminal.live);
  EXPECT_EQ(terminal.columns, 120);
  EXPECT_EQ(terminal.rows, 50);
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

TEST(DecideTerminal, NoColorTurnsColoursOffButNotTheStatusLines) {
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

TEST(DecideTerminal, TakesTheWidthThatWatchTells) {
  TerminalFacts facts;
  facts.columns = "60";
  EXPECT_EQ(decide_terminal(ColourChoice::automatic, facts).columns, 60);
  facts.columns = "wide";
  EXPECT_EQ(decide_terminal(ColourChoice::automatic, facts).columns, 80);
  facts = good_terminal();
  facts.columns = "60";
  EXPECT_EQ(decide_terminal(ColourChoice::automatic, facts).columns, 120);
}

TEST(DecideTerminal, DrawsOverNothingInTheLogOfACiSystem) {
  TerminalFacts facts = good_terminal();
  facts.github_actions = "true";
  EXPECT_EQ(decide_terminal(ColourChoice::automatic, facts).log, CiLog::github);
  EXPECT_FALSE(decide_terminal(ColourChoice::automatic, facts).live);
  facts.github_actions = "false";
  EXPECT_EQ(decide_terminal(ColourChoice::automatic, facts).log, CiLog::none);
  facts.gitlab_ci = "true";
  EXPECT_EQ(decide_terminal(ColourChoice::automatic, facts).log, CiLog::gitlab);
}

TEST(DecideTerminal, TheOptionBeatsTheEnvironment) {
  TerminalFacts facts = good_terminal();
  EXPECT_FALSE(decide_terminal(ColourChoice::never, facts).colour);
  facts.no_color = "1";
  EXPECT_TRUE(decide_terminal(ColourChoice::always, facts).colour);
}

TEST(Painted, HasAColourForEachMeaning) {
  const Terminal terminal{true, false, 80};
  EXPECT_EQ(painted("x", Tone::plain, terminal), "x");
  EXPECT_EQ(painted("x", Tone::bold, terminal), "\x1b[1mx\x1b[0m");
  EXPECT_EQ(painted("x", Tone::good, terminal), "\x1b[32;38;5;28mx\x1b[0m");
  EXPECT_EQ(painted("x", Tone::bad, terminal), "\x1b[31;38;5;160mx\x1b[0m");
  EXPECT_EQ(painted("x", Tone::doubtful, terminal), "\x1b[33;38;5;130mx\x1b[0m");
}

/// WCAG's relative luminance of a colour of the 6x6x6 cube.
double luminance(int colour) {
  constexpr std::array kLevels = {0, 95, 135, 175, 215, 255};
  const auto linear = [&](int level) {
    const double part = kLevels.at(static_cast<std::size_t>(level)) / 255.0;
    return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
  };
  const int index = colour - 16;
  return 0.2126 * linear(index / 36) + 0.7152 * linear(index / 6 % 6) + 0.0722 * linear(index % 6);
}

TEST(Painted, IsReadableOnBlackAndOnWhite) {
  for (const Tone tone : {Tone::good, Tone::bad, Tone::doubtful}) {
    const std::string text = painted("x", tone, Terminal{true, false, 80});
    const std::string_view before = ";38;5;";
    ASSERT_NE(text.find(before), std::string::npos);
    const double light = luminance(std::stoi(text.substr(text.find(before) + before.size())));
    EXPECT_GT((light + 0.05) / 0.05, 3.8) << text;
    EXPECT_GT(1.05 / (light + 0.05), 3.8) << text;
  }
}

TEST(Painted, LeavesTextAloneWithoutColourAndEmptyTextAlways) {
  EXPECT_EQ(painted("x", Tone::bad, Terminal{}), "x");
  EXPECT_EQ(painted("", Tone::bad, Terminal{true, false, 80}), "");
}

}  // namespace
}  // namespace opready::report
