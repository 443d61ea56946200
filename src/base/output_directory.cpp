// SPDX-License-Identifier: Apache-2.0
// Writing below one directory through descriptors (openat and its family).
#include "opready/base/output_directory.hpp"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <tuple>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

#include "opready/base/error.hpp"
#include "opready/base/log.hpp"
#include "opready/base/sanitize.hpp"

namespace opready::base {

namespace {

constexpr mode_t kDirectoryMode = 0700;
constexpr mode_t kFileMode = 0600;
constexpr int kNone = -1;

Error cannot(std::string_view what, const std::filesystem::path& path, int error_number) {
  // What O_NOFOLLOW says of a link would puzzle a reader: "too many levels of symbolic links".
  const std::string why = error_number == ELOOP ? "it is a symbolic link" : errno_text(error_number);
  return environment_error(fmt::format("cannot {} '{}': {}", what, path.native(), why));
}

void close_if_open(int fd) {
  if (fd != kNone) {
    ::close(fd);
  }
}

/// `name` as openat takes it, where it can't lead out of `directory`.
std::string single_component(std::string_view name, const std::filesystem::path& directory) {
  const bool special = name.empty() || name == "." || name == "..";
  if (special || name.find('/') != std::string_view::npos || name.find('\0') != std::string_view::npos) {
    throw environment_error(fmt::format("cannot use '{}' as a name in '{}': not a single path component",
                                        sanitized(name), directory.native()));
  }
  return std::string(name);
}

/// mkdir -p with our mode for each directory made.
void make_directories(const std::filesystem::path& path) {
  std::filesystem::path made;
  for (const std::filesystem::path& part : path) {
    made /= part;
    if (::mkdir(made.c_str(), kDirectoryMode) != 0 && errno != EEXIST) {
      // An existing directory on a read-only file system may be reported before EEXIST is looked at.
      const int error_number = errno;
      std::error_code ignored;
      if (!std::filesystem::is_directory(made, ignored)) {
        throw cannot("create directory", made, error_number);
      }
    }
  }
}

/// `shown_as` is what errors call it.
OutputFile open_at(int directory, const std::string& name, int extra_flags, const std::filesystem::path& shown_as) {
  const int flags = O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC | extra_flags;
  const int fd = ::openat(directory, name.c_str(), flags, kFileMode);
  if (fd == kNone) {
    throw cannot("create", shown_as, errno);
  }
  return {fd, shown_as};
}

}  // namespace

OutputFile::OutputFile(int fd, std::filesystem::path path) : fd_(fd), path_(std::move(path)) {}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : fd_(std::exchange(other.fd_, kNone)), path_(std::move(other.path_)), reserves_(other.reserves_) {}

OutputFile& OutputFile::operator=(OutputFile&& other) noexcept {
  std::swap(fd_, other.fd_);
  std::swap(path_, other.path_);
  std::swap(reserves_, other.reserves_);
  return *this;
}

OutputFile::~OutputFile() {
  struct stat status{};
  if (fd_ != kNone && reserves_ && ::fstat(fd_, &status) == 0) {
    std::ignore = ::ftruncate(fd_, status.st_size);  // Frees what was set aside behind the end.
  }
  close_if_open(fd_);
}

void OutputFile::append(std::string_view data) {
  while (!data.empty()) {
    const ssize_t written = ::write(fd_, data.data(), data.size());
    if (written >= 0) {
      data.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno != EINTR) {
      throw cannot("write", path_, errno);
    }
  }
}

void OutputFile::sync() {
  struct stat status{};
  if (::fdatasync(fd_) != 0 || ::fstat(fd_, &status) != 0) {
    throw cannot("write", path_, errno);
  }
  if (status.st_nlink == 0) {
    throw cannot("write", path_, ENOENT);
  }
}

bool OutputFile::lock() {
  if (::flock(fd_, LOCK_EX | LOCK_NB) == 0) {
    return true;
  }
  if (errno == EWOULDBLOCK) {
    return false;
  }
  // Some network file systems know no locks; that must not keep anybody from working there.
  log_debug(fmt::format("cannot lock '{}': {}", path_.native(), errno_text(errno)));
  return true;
}

std::uint64_t OutputFile::size() const {
  struct stat status{};
  if (::fstat(fd_, &status) != 0) {
    throw cannot("look at", path_, errno);
  }
  return static_cast<std::uint64_t>(status.st_size);
}

void OutputFile::cut(std::uint64_t size) {
  if (::ftruncate(fd_, static_cast<off_t>(size)) != 0) {
    throw cannot("write", path_, errno);
  }
}

void OutputFile::reserve(std::uint64_t bytes) {
  const auto end = static_cast<off_t>(size());
  if (::fallocate(fd_, FALLOC_FL_KEEP_SIZE, end, static_cast<off_t>(bytes)) == 0) {
    reserves_ = true;
  } else if (errno != EOPNOTSUPP && errno != ENOSYS) {
    throw cannot("write", path_, errno);
  }
}

OutputDirectory::OutputDirectory(int fd, std::filesystem::path path) : fd_(fd), path_(std::move(path)) {}

OutputDirectory::OutputDirectory(OutputDirectory&& other) noexcept
    : fd_(std::exchange(other.fd_, kNone)), path_(std::move(other.path_)) {}

OutputDirectory& OutputDirectory::operator=(OutputDirectory&& other) noexcept {
  std::swap(fd_, other.fd_);
  std::swap(path_, other.path_);
  return *this;
}

OutputDirectory::~OutputDirectory() {
  close_if_open(fd_);
}

OutputDirectory OutputDirectory::create(const std::filesystem::path& path) {
  make_directories(path);
  const int fd = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd == kNone) {
    throw cannot("open directory", path, errno);
  }
  OutputDirectory directory(fd, path);
  if (::faccessat(fd, ".", W_OK | X_OK, AT_EACCESS) != 0) {
    throw cannot("write to directory", path, errno);
  }
  return directory;
}

OutputDirectory OutputDirectory::subdirectory(std::string_view name) const {
  const std::string component = single_component(name, path_);
  const std::filesystem::path path = path_ / component;
  if (::mkdirat(fd_, component.c_str(), kDirectoryMode) != 0 && errno != EEXIST) {
    throw cannot("create directory", path, errno);
  }
  const int fd = ::openat(fd_, component.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (fd == kNone) {
    throw cannot("open directory", path, errno);
  }
  return {fd, path};
}

OutputFile OutputDirectory::create_file(std::string_view name) const {
  const std::string component = single_component(name, path_);
  return open_at(fd_, component, O_TRUNC, path_ / component);
}

OutputFile OutputDirectory::open_file(std::string_view name) const {
  const std::string component = single_component(name, path_);
  return open_at(fd_, component, 0, path_ / component);
}

bool OutputDirectory::contains(std::string_view name) const {
  const std::string component = single_component(name, path_);
  struct stat status{};
  if (::fstatat(fd_, component.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0) {
    return true;
  }
  if (errno != ENOENT) {
    throw cannot("look at", path_ / component, errno);
  }
  return false;
}

void OutputDirectory::write_atomically(std::string_view name, std::string_view content) const {
  const std::string component = single_component(name, path_);
  const std::string temporary = "." + component + ".tmp";
  // One that a killed run left.
  ::unlinkat(fd_, temporary.c_str(), 0);
  try {
    OutputFile file = open_at(fd_, temporary, O_EXCL, path_ / component);
    file.append(content);
    file.sync();
    if (::renameat(fd_, temporary.c_str(), fd_, component.c_str()) != 0) {
      throw cannot("replace", path_ / component, errno);
    }
  } catch (const Error&) {
    ::unlinkat(fd_, temporary.c_str(), 0);
    throw;
  }
  if (::fsync(fd_) != 0) {
    throw cannot("write to directory", path_, errno);
  }
}

TemporaryDirectory::TemporaryDirectory(std::string_view prefix) {
  const char* const variable = std::getenv("TMPDIR");
  const std::filesystem::path parent = variable != nullptr && *variable != '\0' ? variable : "/tmp";
  std::string name = parent / fmt::format("{}XXXXXX", prefix);
  if (::mkdtemp(name.data()) == nullptr) {
    throw cannot("create a temporary directory in", parent, errno);
  }
  path_ = name;
}

TemporaryDirectory::~TemporaryDirectory() {
  std::error_code error;
  std::filesystem::remove_all(path_, error);
  if (error) {
    log_warning(fmt::format("cannot remove '{}': {}", path_.native(), errno_text(error.value())));
  }
}

}  // namespace opready::base
