// SPDX-License-Identifier: Apache-2.0
// Which Ginkgo binary is used, and what tells it from another.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace opready::suite {

/// "e2e.test" for the suite "e2e": what its binary is called where nobody says otherwise.
[[nodiscard]] std::string default_binary(std::string_view suite);

/// The path to start: `asked` (--suite-binary) where given, else the suite's default binary here, else the first one of
/// `path_variable` ($PATH). A name without a slash is looked for here first, then in PATH. Always holds a slash. Throws
/// Error (exit code 3) that says what to do where there is none, or it's a directory or not executable.
[[nodiscard]] std::string locate(std::string_view suite, const std::optional<std::string>& asked,
                                 std::string_view path_variable);

/// Whether the suite's default binary is here or in PATH.
[[nodiscard]] bool has_default_binary(std::string_view suite, std::string_view path_variable);

/// Size and time of last change: the same for the same build wherever it lies, and differs where a file was replaced.
/// Throws Error (exit code 3) where `path` can't be examined.
[[nodiscard]] std::string build_of(const std::string& path);

/// Differs wherever the binary may differ.
struct BinaryIdentity {
  std::string path;   ///< Absolute, links resolved.
  std::string build;  ///< Device, inode, size and time of last change.
  std::string suite;  ///< What it's asked as: a binary that stands for another suite may be read otherwise.

  friend bool operator==(const BinaryIdentity&, const BinaryIdentity&) = default;
};

/// Throws Error (exit code 3) where `path` can't be examined.
[[nodiscard]] BinaryIdentity identify(std::string_view suite, const std::string& path);

}  // namespace opready::suite
