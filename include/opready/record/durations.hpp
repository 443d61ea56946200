// SPDX-License-Identifier: Apache-2.0
// How long the cases of an earlier run took.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <string>

namespace opready::record {

/// By case id, of the cases that came to their end. `path`: a report directory, or the events.jsonl or summary.json of
/// one; of a directory the first that's there. Throws Error (exit code 3) for anything else.
[[nodiscard]] std::map<std::string, std::chrono::milliseconds> read_durations(const std::filesystem::path& path);

}  // namespace opready::record
