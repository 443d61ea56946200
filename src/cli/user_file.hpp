// SPDX-License-Identifier: Apache-2.0
// Files that the user names for a result.
#pragma once

#include <filesystem>
#include <string_view>

namespace opready::cli {

/// Puts `text` there as a whole; where the path is no regular file (a link, a pipe, /dev/stdout) it's written to, not
/// replaced. Throws Error (exit code 3).
void write_user_file(const std::filesystem::path& path, std::string_view text);

}  // namespace opready::cli
