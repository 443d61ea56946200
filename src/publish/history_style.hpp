// SPDX-License-Identifier: Apache-2.0
// How the grid looks in a browser, embedded by cmake/EmbedPageAssets.cmake.
#pragma once

#include "opready/report/page_asset.hpp"

namespace opready::publish {

[[nodiscard]] report::PageAsset history_style();

}  // namespace opready::publish
