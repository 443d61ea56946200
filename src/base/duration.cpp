// SPDX-License-Identifier: Apache-2.0
// Durations as text.
#include "opready/base/duration.hpp"

#include <algorithm>
#include <cstdint>

#include <fmt/format.h>

namespace opready::base {

namespace {

using std::chrono::milliseconds;

constexpr std::int64_t kMsPerSecond = 1000;
constexpr std::int64_t kMsPerMinute = 60 * kMsPerSecond;
constexpr std::int64_t kMsPerHour = 60 * kMsPerMinute;
constexpr std::int64_t kLongest = milliseconds{std::chrono::years{100}}.count();
// More digits behind the point than this can't reach a millisecond.
constexpr std::int64_t kFinestFraction = 1'000'000'000;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// A decimal number such as "12.5", as whole + part / scale.
struct Decimal {
  std::int64_t whole = 0;
  std::int64_t part = 0;
  std::int64_t scale = 1;
};

std::optional<Decimal> take_decimal(std::string_view& rest) {
  Decimal number;
  bool any_digit = false;
  bool behind_point = false;
  for (; !rest.empty(); rest.remove_prefix(1)) {
    const char c = rest.front();
    if (c == '.' && !behind_point) {
      behind_point = true;
    } else if (!is_digit(c)) {
      break;
    } else if (!behind_point) {
      any_digit = true;
      // Never beyond kLongest, so that nothing overflows below.
      number.whole = std::min(number.whole * 10 + (c - '0'), kLongest + 1);
    } else {
      any_digit = true;
      if (number.scale < kFinestFraction) {
        number.part = number.part * 10 + (c - '0');
        number.scale *= 10;
      }
    }
  }
  return any_digit ? std::optional(number) : std::nullopt;
}

/// The unit's length in milliseconds.
std::optional<std::int64_t> take_unit(std::string_view& rest) {
  struct Unit {
    std::string_view name;
    std::int64_t ms;
  };
  // "ms" stands before "m", which begins it.
  static constexpr Unit kUnits[] = {{"ms", 1}, {"h", kMsPerHour}, {"m", kMsPerMinute}, {"s", kMsPerSecond}};
  for (const Unit& unit : kUnits) {
    if (rest.starts_with(unit.name)) {
      rest.remove_prefix(unit.name.size());
      return unit.ms;
    }
  }
  return std::nullopt;
}

/// "12" or "12.05": seconds of a Go duration without trailing zeros.
std::string shortest_seconds(std::int64_t ms) {
  std::string text = fmt::format("{}.{:03}", ms / kMsPerSecond, ms % kMsPerSecond);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) {
    text.pop_back();
  }
  return text;
}

std::int64_t count_of(milliseconds duration) {
  return std::max<std::int64_t>(duration.count(), 0);
}

}  // namespace

std::optional<milliseconds> parse_duration(std::string_view text) {
  if (text == "0") {
    return milliseconds{0};
  }
  if (text.empty()) {
    return std::nullopt;
  }
  std::int64_t total = 0;
  while (!text.empty()) {
    const auto number = take_decimal(text);
    const auto unit = take_unit(text);
    if (!number || !unit || number->whole > kLongest / *unit) {
      return std::nullopt;
    }
    total += number->whole * *unit + number->part * *unit / number->scale;
    if (total > kLongest) {
      return std::nullopt;
    }
  }
  return milliseconds{total};
}

std::string go_duration(milliseconds duration) {
  const std::int64_t ms = count_of(duration);
  if (ms > 0 && ms < kMsPerSecond) {
    return fmt::format("{}ms", ms);
  }
  std::string text;
  if (ms >= kMsPerHour) {
    text += fmt::format("{}h", ms / kMsPerHour);
  }
  if (ms % kMsPerHour >= kMsPerMinute) {
    text += fmt::format("{}m", ms % kMsPerHour / kMsPerMinute);
  }
  if (ms % kMsPerMinute > 0 || text.empty()) {
    text += shortest_seconds(ms % kMsPerMinute) + "s";
  }
  return text;
}

std::string human_duration(milliseconds duration) {
  const std::int64_t ms = count_of(duration);
  const std::int64_t tenths = (ms + 50) / 100;
  if (tenths < 100) {
    return fmt::format("{}.{}s", tenths / 10, tenths % 10);
  }
  const std::int64_t seconds = (ms + kMsPerSecond / 2) / kMsPerSecond;
  if (seconds < 60) {
    return fmt::format("{}s", seconds);
  }
  if (seconds < 3600) {
    return fmt::format("{}m{:02}s", seconds / 60, seconds % 60);
  }
  const std::int64_t minutes = (ms + kMsPerMinute / 2) / kMsPerMinute;
  return fmt::format("{}h{:02}m", minutes / 60, minutes % 60);
}

std::string seconds_text(milliseconds duration) {
  const std::int64_t ms = count_of(duration);
  return fmt::format("{}.{:03}", ms / kMsPerSecond, ms % kMsPerSecond);
}

}  // namespace opready::base
