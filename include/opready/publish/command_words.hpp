// SPDX-License-Identifier: Apache-2.0
// A command that a user wrote as one text, without a shell.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace opready::publish {

/// The words of `text`, split at white space. 'Single quotes' hold anything but themselves; in "double quotes" a
/// backslash keeps a quote or a backslash; elsewhere a backslash keeps whatever follows. Nothing else means anything:
/// variables, globs, pipes and ~ are letters. Throws Error (exit code 2) for a quote that isn't closed and for a
/// backslash at the end.
[[nodiscard]] std::vector<std::string> command_words(std::string_view text);

/// `words` with each "{src}" and "{dst}" in them replaced.
[[nodiscard]] std::vector<std::string> upload_command(const std::vector<std::string>& words, const std::string& source,
                                                      const std::string& destination);

/// The words of an --upload-command. Throws Error (exit code 2) also where it names no program, or lacks {src} or
/// {dst}.
[[nodiscard]] std::vector<std::string> parse_upload_command(std::string_view text);

}  // namespace opready::publish
