// SPDX-License-Identifier: Apache-2.0
// The frame of every HTML page: one file that loads nothing and runs no script but our own.
#pragma once

#include <string>
#include <string_view>

#include "opready/report/html_writer.hpp"

namespace opready::report {

/// A whole document. Its policy admits our own style sheet and script, by their digests, and nothing else.
[[nodiscard]] std::string html_page(std::string_view title, const HtmlWriter& body);

}  // namespace opready::report
