// SPDX-License-Identifier: Apache-2.0
// The style sheet and script of HTML pages, embedded by cmake/EmbedPageAssets.cmake.
#pragma once

#include "opready/report/page_asset.hpp"

namespace opready::report {

[[nodiscard]] PageAsset page_style();
[[nodiscard]] PageAsset page_script();

}  // namespace opready::report
