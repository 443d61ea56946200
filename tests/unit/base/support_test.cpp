// SPDX-License-Identifier: Apache-2.0
// Tests of what the tests themselves share.
#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>

#include "opready/base/read_file.hpp"
#include "opready/testing/fake_clock.hpp"
#include "opready/testing/golden.hpp"
#include "opready/testing/recording_sink.hpp"
#include "opready/testing/temp_dir.hpp"

namespace opready::testing {
namespace {

using namespace std::chrono_literals;

TEST(LineDiff, ShowsChangesWithTheirNeighbours) {
  EXPECT_EQ(line_diff("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\nten\n"),
            "...\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n 9\n+ten\n");
  EXPECT_EQ(line_diff("same\n", "same\n"), "...\n");
  EXPECT_EQ(line_diff("", "a\n"), "+a\n");
  EXPECT_EQ(line_diff("a\n", ""), "-a\n");
}

TEST(LineDiff, TellsOfAMissingNewline) {
  EXPECT_EQ(line_diff("a\n", "a"), "...\n(no newline at the end)\n");
  EXPECT_EQ(line_diff("a", "a\n"), "...\n(expected no newline at the end)\n");
}

TEST(ExpectMatchesGolden, FailsWhereTheFileIsAbsent) {
  EXPECT_NONFATAL_FAILURE(expect_matches_golden("no/such/file.txt", "text\n"),
                          "tests/golden/no/such/file.txt doesn't exist");
}

TEST(TempDir, IsFreshAndRemoved) {
  std::filesystem::path path;
  {
    const TempDir dir;
    path = dir.path();
    EXPECT_TRUE(std::filesystem::is_empty(path));
    EXPECT_EQ(base::read_file(dir.write("sub/file.txt", "text")), "text");
    EXPECT_NE(TempDir().path(), path);
  }
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(FakeClock, MovesBothTimes) {
  FakeClock clock;
  const auto steady = clock.steady();
  EXPECT_EQ(base::rfc3339(clock.wall()), "2026-01-31T08:15:30.000Z");
  clock.advance(1500ms);
  EXPECT_EQ(clock.steady() - steady, 1500ms);
  EXPECT_EQ(base::rfc3339(clock.wall()), "2026-01-31T08:15:31.500Z");
}

TEST(RecordingSink, JoinsPiecesOfLinesByCase) {
  RecordingSink sink;
  const auto piece = [&sink](std::string_view id, std::string_view text, bool first, bool last) {
    sink.on_output({.case_id = id, .text = text, .first_piece = first, .last_piece = last, .time = {}});
  };
  piece("a", "long ", true, false);
  piece("b", "short", true, true);
  piece("a", "line", false, true);
  EXPECT_EQ(sink.lines(), (std::vector<std::string>{"a: long line", "b: short"}));
}

TEST(RecordingSink, KeepsEvents) {
  RecordingSink sink;
  sink.on_event(model::StopRequested{.time = {}, .signal = 2});
  ASSERT_EQ(sink.events().size(), 1U);
  EXPECT_EQ(std::get<model::StopRequested>(sink.events()[0]).signal, 2);
}

}  // namespace
}  // namespace opready::testing
