// SPDX-License-Identifier: Apache-2.0
// Makes a run's directory for temporary files, and removes those of dead runs.
#include "scratch_directory.hpp"

#include <cstdlib>
#include <ctime>
#include <fcntl.h>
#include <filesystem>
#include <string_view>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace opready::cli {
namespace {

constexpr std::string_view kPrefix = "op-readiness-run-";
/// A younger one may not have got its lock yet.
constexpr std::time_t kLeastAge = 60;

/// Closed by exec, so that no child holds the lock of a run that is dead.
int open_directory(const std::filesystem::path& path) {
  return ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

/// Ours, old enough, and nobody holds its lock.
bool is_orphan(int fd) {
  struct stat status{};
  return ::fstat(fd, &status) == 0 && status.st_uid == ::geteuid() &&
         std::time(nullptr) - status.st_mtime >= kLeastAge && ::flock(fd, LOCK_EX | LOCK_NB) == 0;
}

void remove_orphans(const std::filesystem::path& parent) {
  std::error_code error;
  for (std::filesystem::directory_iterator entry(parent, error), end; !error && entry != end; entry.increment(error)) {
    if (!entry->path().filename().native().starts_with(kPrefix)) {
      continue;
    }
    const int fd = open_directory(entry->path());
    if (fd < 0) {
      continue;
    }
    if (is_orphan(fd)) {
      std::error_code ignored;  // Another run may be at it too.
      std::filesystem::remove_all(entry->path(), ignored);
    }
    ::close(fd);
  }
}

}  // namespace

ScratchDirectory::ScratchDirectory() : directory_(kPrefix), lock_(open_directory(directory_.path())) {
  if (lock_ >= 0) {
    ::flock(lock_, LOCK_EX | LOCK_NB);
  }
  remove_orphans(directory_.path().parent_path());
  ::setenv("TMPDIR", directory_.path().c_str(), 1);
}

ScratchDirectory::~ScratchDirectory() {
  if (lock_ >= 0) {
    ::close(lock_);
  }
}

}  // namespace opready::cli
