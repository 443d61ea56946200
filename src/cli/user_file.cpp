// SPDX-License-Identifier: Apache-2.0
// Writes a result where the user wants it.
#include "user_file.hpp"

#include <cerrno>
#include <fcntl.h>
#include <system_error>

#include <fmt/format.h>

#include "opready/base/error.hpp"
#include "opready/base/output_directory.hpp"

namespace opready::cli {

void write_user_file(const std::filesystem::path& path, std::string_view text) {
  std::error_code absent;
  const auto status = std::filesystem::symlink_status(path, absent);
  if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status)) {
    const int fd = ::open(path.c_str(), O_WRONLY | O_TRUNC | O_CLOEXEC);
    if (fd < 0) {
      throw base::environment_error(fmt::format("cannot write '{}': {}", path.string(), base::errno_text(errno)));
    }
    base::OutputFile(fd, path).append(text);
    return;
  }
  const std::filesystem::path directory = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
  base::OutputDirectory::create(directory).write_atomically(path.filename().string(), text);
}

}  // namespace opready::cli
