// SPDX-License-Identifier: Apache-2.0
// Reads a whole file into memory.
#pragma once

#include <filesystem>
#include <string>

namespace opready::base {

/// Throws Error (exit code 3): "cannot read 'x': no such file or directory".
[[nodiscard]] std::string read_file(const std::filesystem::path& path);

}  // namespace opready::base
