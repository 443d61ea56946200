// SPDX-License-Identifier: Apache-2.0
// Points in time as text, always UTC.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace opready::base {

using Timestamp = std::chrono::time_point<std::chrono::system_clock, std::chrono::milliseconds>;

/// "2026-01-31T08:15:30.123Z" (RFC 3339).
[[nodiscard]] std::string rfc3339(Timestamp time);

/// Reads any RFC 3339 time with upper-case T and Z; fractions finer than a millisecond are cut off, and a leap second
/// is refused.
[[nodiscard]] std::optional<Timestamp> parse_rfc3339(std::string_view text);

/// "20260131T081530Z": for names of directories.
[[nodiscard]] std::string compact_utc(Timestamp time);

}  // namespace opready::base
