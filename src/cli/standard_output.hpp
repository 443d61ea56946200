// SPDX-License-Identifier: Apache-2.0
// Answers whose reader must have all of them.
#pragma once

#include <string_view>

namespace opready::cli {

/// Writes to standard output. Throws Error (exit code 3) where that fails, but for a reader that went away: it has seen
/// enough.
void answer(std::string_view text);

}  // namespace opready::cli
