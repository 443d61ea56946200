// SPDX-License-Identifier: Apache-2.0
// What grids count, by pictures of their cells.
#include "opready/publish/grid.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace opready::publish {
namespace {

using junit::CaseKind;

/// "F.~s -", the newest build first; '-' or ' ' for a missing one.
std::vector<Cell> cells(std::string_view letters) {
  std::vector<Cell> cells;
  for (const char c : letters) {
    cells.push_back(c == 'F'   ? Cell::failed
                    : c == '.' ? Cell::passed
                    : c == '~' ? Cell::flaky
                    : c == 's' ? Cell::skipped
                               : Cell::missing);
  }
  return cells;
}

char letter(Cell cell) {
  return "-s.~F"[static_cast<int>(cell)];
}

junit::Case row(const std::string& name, CaseKind kind, const std::string& message = "") {
  junit::Case row;
  row.name = name;
  row.kind = kind;
  row.message = message;
  return row;
}

std::string text(const BuildResults& results) {
  std::string text;
  for (const auto& [test, cell] : results) {
    text += fmt::format("{}/{} {}\n", test.first, test.second, letter(cell));
  }
  return text;
}

std::string text(const Grid& grid) {
  std::string text;
  for (const GridRow& row : grid.rows) {
    text += row.label + ' ';
    for (const Cell cell : row.cells) {
      text += letter(cell);
    }
    text += '\n';
  }
  return text;
}

BuildResults results_of(std::vector<junit::Case> rows, const std::string& suite = "suite") {
  junit::Report report;
  report.suites.push_back({.name = suite, .cases = std::move(rows)});
  BuildResults results;
  add_results(results, report);
  return results;
}

TEST(BuildResults, HoldEachKindOfRow) {
  EXPECT_EQ(text(results_of({row("p", CaseKind::passed), row("f", CaseKind::failed), row("e", CaseKind::error),
                             row("s", CaseKind::skipped, "not run: it reboots nodes")})),
            "suite/e F\nsuite/f F\nsuite/p .\nsuite/s s\n");
}

TEST(BuildResults, TakeRowsThatRepeatForAttempts) {
  const auto together = [](std::vector<CaseKind> kinds) {
    std::vector<junit::Case> rows;
    for (const CaseKind kind : kinds) {
      rows.push_back(row("a", kind, "why"));
    }
    return text(results_of(std::move(rows)));
  };
  EXPECT_EQ(together({CaseKind::failed, CaseKind::passed}), "suite/a ~\n");
  EXPECT_EQ(together({CaseKind::passed, CaseKind::error, CaseKind::passed}), "suite/a ~\n");
  EXPECT_EQ(together({CaseKind::failed, CaseKind::failed}), "suite/a F\n");
  EXPECT_EQ(together({CaseKind::passed, CaseKind::passed}), "suite/a .\n");
  EXPECT_EQ(together({CaseKind::skipped, CaseKind::failed}), "suite/a F\n");
  EXPECT_EQ(together({CaseKind::passed, CaseKind::skipped}), "suite/a .\n");
}

TEST(BuildResults, LeaveOutWhatWasNotSelected) {
  EXPECT_EQ(text(results_of({row("a", CaseKind::skipped, "skipped"), row("b", CaseKind::skipped)})), "");
}

TEST(BuildResults, TellSuitesApart) {
  junit::Report report;
  report.suites.push_back({.name = "one", .cases = {row("a", CaseKind::passed)}});
  report.suites.push_back({.name = "two", .cases = {row("a", CaseKind::failed)}});
  BuildResults results;
  add_results(results, report);
  add_results(results, report);
  EXPECT_EQ(text(results), "one/a .\ntwo/a F\n");
}

TEST(RowCounts, CountFailuresFlakesAndThePresentStreak) {
  EXPECT_EQ(counts_of(cells(""), 0), (RowCounts{}));
  EXPECT_EQ(counts_of(cells("..."), 0), (RowCounts{.builds = 3}));
  EXPECT_EQ(counts_of(cells("FF.F~"), 0), (RowCounts{.builds = 5, .failed = 3, .flaky = 1, .streak = 2, .since = 1}));
  EXPECT_EQ(counts_of(cells(".FF"), 0), (RowCounts{.builds = 3, .failed = 2}));
  EXPECT_EQ(counts_of(cells("FFF"), 0), (RowCounts{.builds = 3, .failed = 3, .streak = 3, .since = 2}));
}

TEST(RowCounts, AStreakOutlivesBuildsThatTellNothing) {
  EXPECT_EQ(counts_of(cells("sF-Fs."), 0), (RowCounts{.builds = 3, .failed = 2, .streak = 2, .since = 3}));
}

TEST(RowCounts, WhatTheNewestBuildLacksHasNoStreak) {
  EXPECT_EQ(counts_of(cells("-FF"), 0), (RowCounts{.builds = 2, .failed = 2}));
  EXPECT_EQ(counts_of(cells("-FF"), 1), (RowCounts{.builds = 2, .failed = 2, .streak = 2, .since = 2}));
}

TEST(RowCounts, AFlakeEndsAStreak) {
  EXPECT_EQ(counts_of(cells("F~F"), 0), (RowCounts{.builds = 3, .failed = 2, .flaky = 1, .streak = 1, .since = 0}));
}

/// A grid of rows "name: cells" as they were found in builds 9, 8, ...
Grid grid_of(const std::string& title, const std::vector<std::pair<std::string, std::string>>& rows) {
  GridBuilder builder(title);
  for (std::size_t build = 0; build < rows.front().second.size(); ++build) {
    BuildResults results;
    for (const auto& [name, letters] : rows) {
      if (const Cell cell = cells(letters).at(build); cell != Cell::missing) {
        results[{"suite", name}] = cell;
      }
    }
    builder.add({.id = std::to_string(9 - build)}, results);
  }
  return builder.take({});
}

TEST(Grid, ShowsWhatFailsNowFirstThenWhatFailedOnce) {
  const Grid grid =
      grid_of("job", {{"well", "..-"}, {"broke", ".F."}, {"shaky", "~.."}, {"now", "FF."}, {"anew", "F--"}});
  EXPECT_EQ(text(grid), "anew F--\nnow FF.\nbroke .F.\nshaky ~..\nwell ..-\n");
  EXPECT_EQ(failing(grid), 2U);
}

TEST(Grid, KeepsPlaceForBuildsThatLackATest) {
  EXPECT_EQ(text(grid_of("job", {{"late", "..--"}, {"early", "---."}, {"seldom", "-.-s"}})),
            "early ---.\nlate ..--\nseldom -.-s\n");
}

TEST(Grid, BeginsWithWhatBuildsCameToAsAWhole) {
  GridBuilder builder("job");
  builder.add({.id = "3", .passed = false}, {});
  builder.add({.id = "2"}, {{{"suite", "a"}, Cell::failed}});
  builder.add({.id = "1", .passed = true}, {{{"suite", "a"}, Cell::passed}});
  const Grid grid = builder.take({.older = 7});
  EXPECT_EQ(text(grid), "Overall F-.\na -F.\n");
  EXPECT_EQ(failing(grid), 1U) << "a whole build is no test";
  EXPECT_EQ(grid.left_out.older, 7U);
  EXPECT_EQ(grid.title, "job");
}

TEST(Grid, WhatFailedInBuildsOfLongAgoIsNoFailureOfNow) {
  const Grid grid = grid_of("job", {{"crashed once", "--F-"}, {"fails", "F..."}, {"well", "...."}});
  EXPECT_EQ(text(grid), "fails F...\ncrashed once --F-\nwell ....\n");
  EXPECT_EQ(failing(grid), 1U);
}

TEST(Grid, ABuildWithoutTestsMendsNone) {
  GridBuilder builder("job");
  builder.add({.id = "2", .passed = false}, {});
  builder.add({.id = "1", .passed = true}, {{{"suite", "a"}, Cell::failed}});
  const Grid grid = builder.take({});
  EXPECT_EQ(failing(grid), 1U);
  EXPECT_EQ(grid.rows[1].counts, (RowCounts{.builds = 1, .failed = 1, .streak = 1, .since = 1}));
  EXPECT_EQ(grid.rows[0].counts, (RowCounts{.builds = 2, .failed = 1, .streak = 1, .since = 0}));
}

TEST(Grid, TellsABuildFromATestCalledOverall) {
  GridBuilder builder("job");
  builder.add({.id = "1", .passed = false},
              {{{"", "Overall"}, Cell::passed}, {{"suite", "Overall"}, Cell::skipped}, {{"", "b"}, Cell::passed}});
  EXPECT_EQ(text(builder.take({})), "Overall F\nOverall .\nb .\nsuite: Overall s\n");
}

TEST(Grid, NamesSuitesWhereTestsAreCalledTheSame) {
  GridBuilder builder("job");
  builder.add({.id = "1"}, {{{"one", "a"}, Cell::passed}, {{"two", "a"}, Cell::passed}, {{"two", "b"}, Cell::passed}});
  EXPECT_EQ(text(builder.take({})), "b .\none: a .\ntwo: a .\n");
}

TEST(SideBySide, ShowsTheNewestBuildsResultAndHowOftenItFailed) {
  const SideBySide all = side_by_side(
      "pool", {grid_of("ltsc2019", {{"a", "-F."}, {"b", "..."}}), grid_of("ltsc2022", {{"b", ".F"}, {"c", "F."}})}, 4);
  EXPECT_EQ(all.by, "pool");
  EXPECT_EQ(all.values, (std::vector<std::string>{"ltsc2019", "ltsc2022"}));
  EXPECT_EQ(all.builds, (std::vector<std::size_t>{3, 2}));
  EXPECT_EQ(all.without, 4U);
  std::string text;
  for (const SideRow& row : all.rows) {
    text += row.label;
    for (const SideCell& cell : row.cells) {
      text += fmt::format(" {}{}/{}", letter(cell.latest), cell.counts.failed, cell.counts.builds);
    }
    text += '\n';
  }
  EXPECT_EQ(text, "c -0/0 F1/2\na -1/2 -0/0\nb .0/3 .1/2\n");
}

}  // namespace
}  // namespace opready::publish
