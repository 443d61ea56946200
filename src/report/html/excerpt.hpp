// SPDX-License-Identifier: Apache-2.0
// What is shown of long foreign texts.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace opready::report {

struct Excerpt {
  std::string text;
  std::size_t lines_left = 0;  ///< Those of which something isn't shown.
};

/// What `foreign` begins with: sanitised, without blank lines around it, at most `size` bytes once it's escaped. Only
/// so much of `foreign` is looked at as that may need.
[[nodiscard]] Excerpt beginning_of(std::string_view foreign, std::size_t size);

/// What `foreign` ends with, as whole lines where it has several. Likewise, but of at most `size` bytes unescaped.
[[nodiscard]] std::string end_of(std::string_view foreign, std::size_t size);

}  // namespace opready::report
