// SPDX-License-Identifier: Apache-2.0
// JSON documents that are harmless to look at.
#pragma once

#include <string>
#include <string_view>

namespace opready::report {

/// `document`, which is JSON and valid UTF-8, with what could move a terminal's cursor or turn the direction of its
/// text escaped: the values stay what they were.
[[nodiscard]] std::string harmless_json(std::string_view document);

}  // namespace opready::report
