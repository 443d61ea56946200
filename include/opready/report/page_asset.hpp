// SPDX-License-Identifier: Apache-2.0
// A style sheet or script that stands in a page and is a part of the program.
#pragma once

#include <string_view>

namespace opready::report {

struct PageAsset {
  std::string_view text;
  std::string_view sha256;  ///< Of `text`, in base64, as a content security policy names it.
};

}  // namespace opready::report
