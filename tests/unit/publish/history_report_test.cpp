// SPDX-License-Identifier: Apache-2.0
// Pictures of grids.
#include "opready/publish/history_report.hpp"

#include <gtest/gtest.h>

#include "opready/base/sanitize.hpp"
#include "opready/testing/golden.hpp"

namespace opready::publish {
namespace {

using opready::testing::expect_matches_golden;

const TestKey kDns = {"Core.Network", "core-network-dns: [sig-network] DNS should provide DNS for services"};
const TestKey kEvil = {"Core.Network", "<script>alert(\"1\")</script>\x1b[31m & \n]]>"};

/// A job of so many builds, the ids of which begin at 1001.
Grid sample(const std::string& title, int count, std::size_t older = 0) {
  GridBuilder builder(title);
  for (int build = count; build > 0; --build) {
    BuildResults results;
    results[kDns] = build + 2 > count ? Cell::failed : Cell::passed;
    results[kEvil] = build % 3 == 0 ? Cell::flaky : build % 3 == 1 ? Cell::passed : Cell::skipped;
    if (build > 1) {
      results[{"Core.Storage", "core-storage-csi"}] = Cell::passed;
    }
    builder.add(
        {std::to_string(1000 + build), base::Timestamp(std::chrono::seconds(1769847330 + build)), build + 2 <= count},
        results);
  }
  return builder.take({.older = older});
}

std::size_t widest_line(const std::string& text) {
  std::size_t widest = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    widest = std::max(widest, base::display_width(std::string_view(text).substr(begin, end - begin)));
    begin = end + 1;
  }
  return widest;
}

TEST(HistoryText, ShowsAGridForEachJob) {
  expect_matches_golden("publish/history.txt", history_text({sample("nightly", 6), sample("", 2, 3)}, {}));
}

TEST(HistoryText, FitsTheTerminal) {
  for (const int columns : {60, 80, 200}) {
    const report::Terminal terminal{.columns = columns};
    const std::string text = history_text({sample("nightly", 500)}, terminal);
    EXPECT_EQ(widest_line(text), static_cast<std::size_t>(columns)) << text;
  }
  const std::string narrow = history_text({sample("nightly", 500)}, report::Terminal{.columns = 80});
  EXPECT_NE(narrow.find("The newest build stands first; the newest 28 are shown.\n"), std::string::npos) << narrow;
  EXPECT_NE(narrow.find(" 166  "), std::string::npos) << "counts are of all builds: " << narrow;
}

TEST(HistoryText, NamesRunsWithLongNamesByTheirTime) {
  GridBuilder builder("");
  builder.add({"op-readiness-practice-20260131T081530Z", base::Timestamp(std::chrono::seconds(1769847330)), {}},
              {{kDns, Cell::failed}});
  const std::string text = history_text({builder.take({})}, {});
  EXPECT_NE(text.find("  20260131T081530Z  F\n"), std::string::npos) << text;
}

TEST(HistoryText, PaintsWhatFailsNow) {
  const report::Terminal terminal{.colour = true, .columns = 120};
  const std::string text = history_text({sample("nightly", 6)}, terminal);
  EXPECT_NE(text.find(report::painted("Overall", report::Tone::bad, terminal)), std::string::npos) << text;
}

TEST(HistoryText, ShowsValuesSideBySide) {
  const SideBySide all = side_by_side("pool", {sample("ltsc2019", 3), sample("ltsc2022", 9)}, 1);
  expect_matches_golden("publish/history_by.txt", history_text(all, {}));
}

TEST(HistoryText, HasNoLatestResultOfWhatTheNewestBuildLacks) {
  GridBuilder builder("a");
  builder.add({.id = "2"}, {{{"", "well"}, Cell::passed}});
  builder.add({.id = "1"}, {{{"", "gone"}, Cell::failed}, {{"", "well"}, Cell::passed}});
  const std::string text = history_text(side_by_side("pool", {builder.take({})}, 0), {});
  EXPECT_TRUE(text.ends_with("\n\nTest    a\ngone  1/1\nwell    .\n")) << text;
}

TEST(HistoryText, SaysHowManyBuildsWereLeftOut) {
  GridBuilder builder("nightly");
  builder.add({.id = "7", .passed = true}, {});
  const Grid grid = builder.take({.older = 2, .unreadable = 1});
  const std::string remark = " (2 older ones, 1 unreadable one left out)";
  EXPECT_TRUE(history_text({grid}, {}).starts_with("nightly: 1 build, 7 to 7" + remark + "; 0 of 0 tests fail now\n"));
  EXPECT_NE(history_html({grid}).find(remark), std::string::npos);
  EXPECT_TRUE(
      history_text(side_by_side("pool", {grid}, 0), {}).starts_with("by pool: 1 value in 1 build" + remark + "\n"));
}

TEST(HistoryText, ShowsAsManyValuesAsFit) {
  std::vector<Grid> grids;
  for (int value = 0; value < 30; ++value) {
    grids.push_back(sample("a-long-pool-name-" + std::to_string(value), 2));
  }
  const std::string text = history_text(side_by_side("pool", grids, 0), report::Terminal{.columns = 80});
  EXPECT_LE(widest_line(text), 80U) << text;
  EXPECT_NE(text.find("; 2 values are shown.\n"), std::string::npos) << text;
}

TEST(HistoryHtml, IsOnePageWithoutScript) {
  expect_matches_golden("publish/history.html", history_html({sample("nightly", 6), sample("<b>", 2, 3)}));
}

TEST(HistoryHtml, ShowsValuesSideBySide) {
  expect_matches_golden("publish/history_by.html",
                        history_html(side_by_side("pool", {sample("<i>", 3), sample("ltsc2022", 9)}, 1)));
}

}  // namespace
}  // namespace opready::publish
