// SPDX-License-Identifier: Apache-2.0
// Tests of points in time as text.
#include "opready/base/timestamp.hpp"

#include <gtest/gtest.h>

namespace opready::base {
namespace {

using namespace std::chrono_literals;

constexpr Timestamp kTime = std::chrono::sys_days{std::chrono::January / 31 / 2026} + 8h + 15min + 30s + 123ms;

TEST(Rfc3339, IsWrittenWithMilliseconds) {
  EXPECT_EQ(rfc3339(kTime), "2026-01-31T08:15:30.123Z");
  EXPECT_EQ(rfc3339(Timestamp{}), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(rfc3339(Timestamp{-1ms}), "1969-12-31T23:59:59.999Z");
  EXPECT_EQ(rfc3339(std::chrono::sys_days{std::chrono::February / 29 / 2028} + 4ms), "2028-02-29T00:00:00.004Z");
}

TEST(Rfc3339, IsRead) {
  const struct {
    std::string_view text;
    Timestamp expected;
  } rows[] = {
      {"2026-01-31T08:15:30.123Z", kTime},
      {"2026-01-31T08:15:30.123987654Z", kTime},
      {"2026-01-31T08:15:30.1234567890123456Z", kTime},
      {"2026-01-31T08:15:30.1Z", kTime - 23ms},
      {"2026-01-31T08:15:30Z", kTime - 123ms},
      {"2026-01-31T10:15:30.123+02:00", kTime},
      {"2026-01-31T02:45:30.123-05:30", kTime},
      {"2026-01-31T08:15:30.123-00:00", kTime},
      {"1970-01-01T00:00:00Z", Timestamp{}},
      {"0000-01-01T00:00:00Z", std::chrono::sys_days{std::chrono::January / 1 / 0}},
      {"9999-12-31T23:30:00+01:00", std::chrono::sys_days{std::chrono::December / 31 / 9999} + 22h + 30min},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(parse_rfc3339(row.text), row.expected) << row.text;
  }
}

TEST(Rfc3339, IsRefusedWhereIllFormed) {
  for (const std::string_view text : {"",
                                      "2026-01-31",
                                      "2026-01-31T08:15:30",
                                      "2026-01-31 08:15:30Z",
                                      "2026-01-31T08:15Z",
                                      "2026-01-31T08:15:30.Z",
                                      "2026-01-31T08:15:30Zx",
                                      " 2026-01-31T08:15:30Z",
                                      "2026-1-31T08:15:30Z",
                                      "26-01-31T08:15:30Z",
                                      "2026-00-31T08:15:30Z",
                                      "2026-13-31T08:15:30Z",
                                      "2026-02-29T08:15:30Z",
                                      "2026-01-32T08:15:30Z",
                                      "2026-01-31T24:00:00Z",
                                      "2026-01-31T08:60:30Z",
                                      "2026-01-31T08:15:60Z",
                                      "2026-01-31T08:15:30+24:00",
                                      "2026-01-31T08:15:30+02:60",
                                      "2026-01-31T08:15:30+0200",
                                      "2026-01-31T-8:15:30Z",
                                      "20260131T081530Z",
                                      "0000-01-01T00:30:00+01:00",
                                      "9999-12-31T23:30:00-01:00"}) {
    EXPECT_EQ(parse_rfc3339(text), std::nullopt) << text;
  }
}

TEST(CompactUtc, NamesDirectories) {
  EXPECT_EQ(compact_utc(kTime), "20260131T081530Z");
  EXPECT_EQ(compact_utc(Timestamp{}), "19700101T000000Z");
}

}  // namespace
}  // namespace opready::base
