// SPDX-License-Identifier: Apache-2.0
// Tests of durations as text.
#include "opready/base/duration.hpp"

#include <gtest/gtest.h>

namespace opready::base {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

TEST(ParseDuration, ReadsGosNotation) {
  const struct {
    std::string_view text;
    milliseconds expected;
  } rows[] = {
      {"0", 0ms},
      {"0s", 0ms},
      {"90s", 90s},
      {"1h30m", 90min},
      {"1h0m0s", 1h},
      {"1.5h", 90min},
      {"1.5s", 1500ms},
      {".5s", 500ms},
      {"5.s", 5s},
      {"250ms", 250ms},
      {"1m1ms", 60001ms},
      {"30m1h", 90min},
      {"00007s", 7s},
      {"0.0009s", 0ms},
      {"0.1234567890123456789s", 123ms},
      {"0.3333333333333333333h", 1199999ms},
      {"876581h", 876581h},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(parse_duration(row.text), row.expected) << row.text;
  }
}

TEST(ParseDuration, RefusesAllElse) {
  for (const std::string_view text :
       {"",   " ",  "1",   "00",  "-1s", "+1s",  "s",    ".s",   ".",    "1.2.3s", "1s ", " 1s",     "1 s",
        "1H", "1d", "1us", "1ns", "1µs", "1h30", "1,5h", "0x1s", "1e3s", "m",      "ms",  "infinite"}) {
    EXPECT_EQ(parse_duration(text), std::nullopt) << text;
  }
}

TEST(ParseDuration, EndsAtAHundredYears) {
  const milliseconds longest = std::chrono::years{100};
  EXPECT_EQ(parse_duration(std::to_string(longest.count()) + "ms"), longest);
  EXPECT_EQ(parse_duration(std::to_string(longest.count() + 1) + "ms"), std::nullopt);
  EXPECT_EQ(parse_duration(std::to_string(longest.count()) + "ms1ms"), std::nullopt);
  EXPECT_EQ(parse_duration("876583h"), std::nullopt);
  EXPECT_EQ(parse_duration("99999999999999999999999999999h"), std::nullopt);
  EXPECT_EQ(parse_duration("9223372036854775807ms9223372036854775807ms"), std::nullopt);
}

TEST(GoDuration, IsTheShortestForm) {
  const struct {
    milliseconds duration;
    std::string_view expected;
  } rows[] = {
      {0ms, "0s"},           {1ms, "1ms"},           {250ms, "250ms"}, {999ms, "999ms"}, {1s, "1s"},
      {1500ms, "1.5s"},      {1050ms, "1.05s"},      {6s, "6s"},       {10s, "10s"},     {60s, "1m"},
      {60001ms, "1m0.001s"}, {90s, "1m30s"},         {1h, "1h"},       {90min, "1h30m"}, {1h + 5s, "1h5s"},
      {100h, "100h"},        {25h + 61s, "25h1m1s"}, {-5s, "0s"},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(go_duration(row.duration), row.expected) << row.duration.count();
  }
}

TEST(GoDuration, IsReadBackAsItself) {
  for (const milliseconds duration :
       {0ms, 1ms, 10ms, 999ms, 1000ms, 1001ms, 59999ms, 60000ms, 3599999ms, 3600000ms, 3600001ms, 86399999ms}) {
    EXPECT_EQ(parse_duration(go_duration(duration)), duration) << go_duration(duration);
  }
}

TEST(HumanDuration, RoundsToWhatAReaderNeeds) {
  const struct {
    milliseconds duration;
    std::string_view expected;
  } rows[] = {
      {0ms, "0.0s"},          {49ms, "0.0s"},         {50ms, "0.1s"},        {4200ms, "4.2s"},     {9949ms, "9.9s"},
      {9950ms, "10s"},        {42s, "42s"},           {42499ms, "42s"},      {42500ms, "43s"},     {59499ms, "59s"},
      {59500ms, "1m00s"},     {125s, "2m05s"},        {3599499ms, "59m59s"}, {3599500ms, "1h00m"}, {62min, "1h02m"},
      {62min + 29s, "1h02m"}, {62min + 30s, "1h03m"}, {100h, "100h00m"},     {-1s, "0.0s"},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(human_duration(row.duration), row.expected) << row.duration.count();
  }
}

TEST(SecondsText, HasMillisecondsAndNoSeparators) {
  EXPECT_EQ(seconds_text(0ms), "0.000");
  EXPECT_EQ(seconds_text(7ms), "0.007");
  EXPECT_EQ(seconds_text(1234500ms), "1234.500");
  EXPECT_EQ(seconds_text(-1ms), "0.000");
}

}  // namespace
}  // namespace opready::base
