// SPDX-License-Identifier: Apache-2.0
// Opens a tree that was written for its owner alone.
#include <cerrno>
#include <sys/stat.h>

#include <fmt/format.h>

#include "opready/base/error.hpp"
#include "opready/publish/open_to_readers.hpp"

namespace opready::publish {
namespace {

mode_t current_umask() {
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return mask;
}

}  // namespace

void open_to_readers(const std::filesystem::path& top) {
  const mode_t mask = current_umask();
  const auto set_mode = [mask](const std::filesystem::path& path, bool is_directory) {
    if (::chmod(path.c_str(), (is_directory ? 0777U : 0666U) & ~mask) != 0) {
      throw base::environment_error(
          fmt::format("cannot change the mode of '{}': {}", path.string(), base::errno_text(errno)));
    }
  };
  for (const std::filesystem::directory_entry& entry : std::filesystem::recursive_directory_iterator(top)) {
    set_mode(entry.path(), entry.is_directory());
  }
  set_mode(top, true);
}

}  // namespace opready::publish
