// SPDX-License-Identifier: Apache-2.0
// What is written to a terminal, byte by byte.
#include "opready/report/status_screen.hpp"

#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "recorded_output.hpp"

namespace opready::report {
namespace {

/// A screen and a clock that stands still until it's told otherwise.
struct Shown {
  Shown() : screen(bytes, [this](std::function<void()> act) { due.push_back(std::move(act)); }) {}

  void rest() {
    for (const std::function<void()>& act : std::exchange(due, {})) {
      act();
    }
  }

  testing::RecordedOutput bytes;
  std::vector<std::function<void()>> due;
  StatusScreen screen;
};

TEST(StatusScreen, PassesTextOnWhereThereIsNoStatus) {
  Shown shown;
  shown.screen.print("a\n");
  shown.screen.print("b\n");
  EXPECT_EQ(shown.bytes.take(), "a\nb\n");
  EXPECT_TRUE(shown.due.empty());
}

TEST(StatusScreen, LeavesTheCursorAtTheHeadOfTheStatus) {
  Shown shown;
  shown.screen.show({"one", "two", "three"});
  EXPECT_EQ(shown.bytes.take(), "\x1b[?7lone\ntwo\nthree\r\x1b[2A\x1b[?7h");
  shown.screen.show({"one"});
  EXPECT_EQ(shown.bytes.take(), "\r\x1b[J\x1b[?7lone\r\x1b[?7h");
  shown.screen.show({});
  EXPECT_EQ(shown.bytes.take(), "\r\x1b[J");
}

TEST(StatusScreen, GathersTextWhileItRests) {
  Shown shown;
  shown.screen.show({"status"});
  shown.bytes.take();
  shown.screen.print("a\n");
  shown.screen.print("b\n");
  EXPECT_EQ(shown.bytes.take(), "");
  shown.rest();
  EXPECT_EQ(shown.bytes.take(), "\r\x1b[Ja\nb\n\x1b[?7lstatus\r\x1b[?7h");
  shown.rest();
  EXPECT_EQ(shown.bytes.take(), "");
  shown.screen.print("at once\n");
  EXPECT_EQ(shown.bytes.take(), "\r\x1b[Jat once\n\x1b[?7lstatus\r\x1b[?7h");
}

TEST(StatusScreen, GathersNoMoreThanItsLimit) {
  Shown shown;
  shown.screen.show({"status"});
  const int before = shown.bytes.writes();
  const std::string line = std::string(99, 'x') + '\n';
  for (int count = 0; count < 10'000; ++count) {
    shown.screen.print(line);
  }
  EXPECT_EQ(shown.bytes.writes() - before, 10'000 / (StatusScreen::kMostGathered / 100 + 1));
}

TEST(StatusScreen, ShowsStatusAtOnceWithWhatWasGathered) {
  Shown shown;
  shown.screen.show({"status"});
  shown.screen.print("a\n");
  shown.bytes.take();
  shown.screen.show({"other"});
  EXPECT_EQ(shown.bytes.take(), "\r\x1b[Ja\n\x1b[?7lother\r\x1b[?7h");
  shown.screen.show({"other"});
  EXPECT_EQ(shown.bytes.take(), "");
}

TEST(StatusScreen, TellsWhenItDraws) {
  std::vector<std::string> told;
  testing::RecordedOutput bytes;
  {
    const auto drawing = [&](bool on) { told.push_back((on ? "on before " : "off after ") + bytes.take()); };
    StatusScreen screen(bytes, {}, drawing);
    screen.print("a\n");
    EXPECT_EQ(told, std::vector<std::string>());
    screen.show({"status"});
    screen.print("b\n");
    screen.show({});
    screen.show({"status"});
  }
  EXPECT_EQ(told, (std::vector<std::string>{"on before a\n", "on before \x1b[?7lstatus\r\x1b[?7h",
                                            "off after \r\x1b[Jb\n\x1b[?7lstatus\r\x1b[?7h\r\x1b[J", "on before ",
                                            "off after \x1b[?7lstatus\r\x1b[?7h\r\x1b[J"}));
}

TEST(StatusScreen, LosesNothingAtItsEndAndLeavesNoStatus) {
  testing::RecordedOutput bytes;
  {
    StatusScreen screen(bytes, [](const std::function<void()>&) {});
    screen.show({"status"});
    screen.print("last\n");
    bytes.take();
  }
  EXPECT_EQ(bytes.take(), "\r\x1b[Jlast\n");
}

}  // namespace
}  // namespace opready::report
