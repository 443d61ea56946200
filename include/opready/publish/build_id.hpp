// SPDX-License-Identifier: Apache-2.0
// Numbers of builds, which dashboards sort by.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "opready/base/timestamp.hpp"

namespace opready::publish {

using BuildId = std::uint64_t;

/// At most 19 digits (Prow's have as many) of a number above 0, without zeros in front; nothing for any other text.
[[nodiscard]] std::optional<BuildId> parse_build_id(std::string_view text);

/// For a build in a directory, whose others are known: the run's start in seconds since 1970, or the number after
/// `latest` where that isn't above it. Throws Error (exit code 3) where `latest` is the greatest that there is.
[[nodiscard]] BuildId next_build_id(base::Timestamp started, std::optional<BuildId> latest);

/// For a build in a store, where nobody can look and lock: `now` in microseconds since 1970, the last three digits
/// taken from the run's random id. A second attempt gets another, so it never meets what a failed one left.
[[nodiscard]] BuildId store_build_id(base::Timestamp now, std::string_view run_id);

}  // namespace opready::publish
