// SPDX-License-Identifier: Apache-2.0
// Durations as users type them (Go's notation) and as people read them.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace opready::base {

// What writes durations takes a negative one (a clock was set back) as zero.

/// Reads "90s", "1h30m", "1.5h", "250ms"; no unit below ms, no sign, no bare number except "0". Nothing where it's
/// ill-formed or beyond 100 years.
[[nodiscard]] std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);

/// The same notation, shortest form: "1h30m", "6s", "250ms", "0s". What children get on their command line.
[[nodiscard]] std::string go_duration(std::chrono::milliseconds duration);

/// For people: "4.2s" below ten seconds, "42s", "2m05s", "1h02m".
[[nodiscard]] std::string human_duration(std::chrono::milliseconds duration);

/// Seconds with milliseconds and no separators ("1234.500"), as JUnit wants them.
[[nodiscard]] std::string seconds_text(std::chrono::milliseconds duration);

}  // namespace opready::base
