// SPDX-License-Identifier: Apache-2.0
// The timeline in words.
#pragma once

#include <cstddef>

#include "opready/report/html_writer.hpp"

#include "html/timeline_plot.hpp"

namespace opready::report {

/// A table that readers open, of the first `most` bars at most. What finds no room is counted.
void write_timeline_table(HtmlWriter& out, const Plot& plot, std::size_t most);

}  // namespace opready::report
