// SPDX-License-Identifier: Apache-2.0
// Modes of files that others are to read.
#pragma once

#include <filesystem>

namespace opready::publish {

/// Gives the directory `top` and all below it the modes that any program would have made them with, as the umask says.
/// Throws Error (exit code 3) naming the path.
void open_to_readers(const std::filesystem::path& top);

}  // namespace opready::publish
