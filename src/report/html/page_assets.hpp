// SPDX-License-Identifier: Apache-2.0
// The style sheet and script of HTML pages, embedded by cmake/EmbedPageAssets.cmake.
#pragma once

#include <string_view>

namespace opready::report {

struct PageAsset {
  std::string_view text;
  std::string_view sha256;  ///< Of `text`, in base64, as a content security policy names it.
};

[[nodiscard]] PageAsset page_style();
[[nodiscard]] PageAsset page_script();

}  // namespace opready::report
