// SPDX-License-Identifier: Apache-2.0
// Pictures of tables.
#include "opready/report/table.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace opready::report {
namespace {

Table fruit() {
  Table table({{"Fruit"}, {"Count", Align::right}, {"Taste"}});
  table.add_row({{"apple"}, {"3"}, {"sour", Tone::bad}});
  table.add_row({{"a very long melon"}, {"1200"}, {}});
  return table;
}

TEST(Table, AlignsColumnsAndLeavesNoTrailingSpace) {
  EXPECT_EQ(fruit().text(Terminal{}),
            "Fruit              Count  Taste\n"
            "apple                  3  sour\n"
            "a very long melon   1200\n");
}

TEST(Table, ColoursTitlesAndCellsWithoutShiftingColumns) {
  EXPECT_EQ(fruit().text(Terminal{true, false, 80}),
            "\x1b[1mFruit\x1b[0m              \x1b[1mCount\x1b[0m  \x1b[1mTaste\x1b[0m\n"
            "apple                  3  \x1b[31;38;5;160msour\x1b[0m\n"
            "a very long melon   1200\n");
}

TEST(Table, ElidesTheWidestTextColumnToFitTheTerminal) {
  EXPECT_EQ(fruit().text(Terminal{false, false, 24}),
            "Fruit       Count  Taste\n"
            "apple           3  sour\n"
            "a very lo…   1200\n");
}

TEST(Table, KeepsEightColumnsOfTheElidedColumnHoweverNarrowTheTerminal) {
  EXPECT_EQ(fruit().text(Terminal{false, false, 5}),
            "Fruit     Count  Taste\n"
            "apple         3  sour\n"
            "a very …   1200\n");
}

Table places(const std::vector<std::string>& names) {
  Table table({{"Place", Align::left, Elide::middle}, {"N", Align::right}});
  for (const std::string& name : names) {
    table.add_row({{name}, {"1"}});
  }
  return table;
}

TEST(Table, ElidesInTheMiddleOfNamesThatBeginAlike) {
  EXPECT_EQ(places({"a rather long name, north", "a rather long name, south", "short"}).text(Terminal{.columns = 15}),
            "Place         N\n"
            "a rath…north  1\n"
            "a rath…south  1\n"
            "short         1\n");
}

TEST(Table, ElidesNoMoreThanLeavesNamesApart) {
  EXPECT_EQ(places({"a rather long name", "a rather wrong name", "a rather long name"}).text(Terminal{.columns = 12}),
            "Place               N\n"
            "a rather long name  1\n"
            "a rather …ong name  1\n"
            "a rather long name  1\n");
}

TEST(Table, CutsBetweenCharactersInTheMiddleToo) {
  EXPECT_EQ(places({"日本日本日本日本日本", "über-über-über-über"}).text(Terminal{.columns = 14}),
            "Place        N\n"
            "日本…日本    1\n"
            "über-…-über  1\n");
}

TEST(Table, FitsWhereItCanBeElidedSoFarAndNamesStayApart) {
  const Table table = places({"a rather long name", "a rather wrong name"});
  EXPECT_FALSE(table.fits(20));
  EXPECT_TRUE(table.fits(21));
  EXPECT_TRUE(places({"a rather long name"}).fits(12));
}

TEST(Table, MeasuresColumnsAsTheyAreShown) {
  Table table({{"Name"}, {"N", Align::right}});
  table.add_row({{"日本"}, {"1"}});
  table.add_row({{"über"}, {"2"}});
  EXPECT_EQ(table.text(Terminal{}),
            "Name  N\n"
            "日本  1\n"
            "über  2\n");
}

}  // namespace
}  // namespace opready::report
