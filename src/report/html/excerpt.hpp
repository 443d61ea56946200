// SPDX-License-Identifier: Apache-2.0
// What is shown of long foreign texts.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace opready::report {

struct Excerpt {
  std::string text;
  std::size_t lines_left = 0;  ///< Those of which something isn't shown, as `foreign` has them.
};

/// What `foreign` begins with: sanitised, without blank lines around it, at most `size` bytes once it's escaped. Only
/// so much of `foreign` is looked at as that may need.
[[nodiscard]] Excerpt beginning_of(std::string_view foreign, std::size_t size);

/// What `foreign` ends with: sanitised, without blank lines around it, as whole lines where it has several, at most
/// `size` bytes before it's escaped. All of `foreign` is looked at only where its last lines hold nothing to be seen or
/// are one long line.
[[nodiscard]] std::string end_of(std::string_view foreign, std::size_t size);

}  // namespace opready::report
