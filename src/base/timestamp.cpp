// SPDX-License-Identifier: Apache-2.0
// RFC 3339, written and read.
#include "opready/base/timestamp.hpp"

#include <fmt/format.h>

namespace opready::base {

namespace {

struct CivilTime {
  std::chrono::year_month_day date;
  std::chrono::hh_mm_ss<std::chrono::milliseconds> time;

  [[nodiscard]] int year() const { return static_cast<int>(date.year()); }
  [[nodiscard]] unsigned month() const { return static_cast<unsigned>(date.month()); }
  [[nodiscard]] unsigned day() const { return static_cast<unsigned>(date.day()); }
};

CivilTime civil(Timestamp time) {
  const auto midnight = std::chrono::floor<std::chrono::days>(time);
  return {std::chrono::year_month_day{midnight}, std::chrono::hh_mm_ss{time - midnight}};
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Takes what it's asked for from the front of a text, and remembers whether it was there.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  int number(std::size_t digits) {
    int value = 0;
    for (std::size_t i = 0; i < digits; ++i) {
      if (rest_.empty() || !is_digit(rest_.front())) {
        ok_ = false;
        return 0;
      }
      value = value * 10 + (rest_.front() - '0');
      rest_.remove_prefix(1);
    }
    return value;
  }

  void expect(char c) { ok_ = take(c) && ok_; }

  bool take(char c) {
    if (!rest_.starts_with(c)) {
      return false;
    }
    rest_.remove_prefix(1);
    return true;
  }

  /// A fraction of a second, where there is one; what is finer than a millisecond is cut off.
  std::chrono::milliseconds fraction() {
    if (!take('.')) {
      return {};
    }
    int thousandths = number(1) * 100;
    for (int weight = 10; !rest_.empty() && is_digit(rest_.front()); weight /= 10) {
      thousandths += number(1) * weight;
    }
    return std::chrono::milliseconds{thousandths};
  }

  /// "Z", "+02:00" or "-05:30".
  std::chrono::minutes offset() {
    if (take('Z')) {
      return {};
    }
    const bool west = take('-');
    if (!west) {
      expect('+');
    }
    const int hours = number(2);
    expect(':');
    const int minutes = number(2);
    ok_ = ok_ && hours < 24 && minutes < 60;
    const auto size = std::chrono::hours{hours} + std::chrono::minutes{minutes};
    return west ? -size : size;
  }

  [[nodiscard]] bool all_read() const { return ok_ && rest_.empty(); }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

}  // namespace

std::string rfc3339(Timestamp time) {
  const CivilTime at = civil(time);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", at.year(), at.month(), at.day(),
                     at.time.hours().count(), at.time.minutes().count(), at.time.seconds().count(),
                     at.time.subseconds().count());
}

std::optional<Timestamp> parse_rfc3339(std::string_view text) {
  Reader reader(text);
  const std::chrono::year year{reader.number(4)};
  reader.expect('-');
  const std::chrono::month month{static_cast<unsigned>(reader.number(2))};
  reader.expect('-');
  const std::chrono::day day{static_cast<unsigned>(reader.number(2))};
  reader.expect('T');
  const int hour = reader.number(2);
  reader.expect(':');
  const int minute = reader.number(2);
  reader.expect(':');
  const int second = reader.number(2);
  const auto fraction = reader.fraction();
  const auto offset = reader.offset();
  const std::chrono::year_month_day date{year, month, day};
  if (!reader.all_read() || !date.ok() || hour > 23 || minute > 59 || second > 59) {
    return std::nullopt;
  }
  const Timestamp time = std::chrono::sys_days{date} + std::chrono::hours{hour} + std::chrono::minutes{minute} +
                         std::chrono::seconds{second} + fraction - offset;
  // In UTC it may be in a year that four digits can't write.
  const int utc_year = civil(time).year();
  return utc_year >= 0 && utc_year <= 9999 ? std::optional(time) : std::nullopt;
}

std::string compact_utc(Timestamp time) {
  const CivilTime at = civil(time);
  return fmt::format("{:04}{:02}{:02}T{:02}{:02}{:02}Z", at.year(), at.month(), at.day(), at.time.hours().count(),
                     at.time.minutes().count(), at.time.seconds().count());
}

}  // namespace opready::base
