// SPDX-License-Identifier: Apache-2.0
// Which Ginkgo binary is used, and what tells it from another.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace opready::suite {

/// The path to start: `asked` (--e2e-binary) where given, else ./e2e.test, else the first e2e.test of `path_variable`
/// ($PATH). A name without a slash is looked for here first, then in PATH. Always holds a slash. Throws Error (exit
/// code 3) that says what to do where there is none, or it's a directory or not executable.
[[nodiscard]] std::string locate(const std::optional<std::string>& asked, std::string_view path_variable);

/// Differs wherever the binary may differ.
struct BinaryIdentity {
  std::string path;   ///< Absolute, links resolved.
  std::string build;  ///< Device, inode, size and time of last change.

  friend bool operator==(const BinaryIdentity&, const BinaryIdentity&) = default;
};

/// Throws Error (exit code 3) where `path` can't be examined.
[[nodiscard]] BinaryIdentity identify(const std::string& path);

}  // namespace opready::suite
