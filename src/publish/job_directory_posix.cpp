// SPDX-License-Identifier: Apache-2.0
// A lock that dies with its process (flock), and changes that happen at once (rename).
#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <string>
#include <sys/file.h>
#include <system_error>
#include <unistd.h>
#include <vector>

#include <fmt/format.h>

#include "opready/base/error.hpp"
#include "opready/base/read_file.hpp"
#include "opready/publish/job_directory.hpp"
#include "opready/publish/open_to_readers.hpp"

namespace opready::publish {
namespace {

namespace fs = std::filesystem;

constexpr const char* kLockName = ".publishing.lock";
constexpr const char* kStageName = ".publishing";
constexpr const char* kPointerEnding = ".txt";

base::Error cannot(std::string_view what, const fs::path& path, int error_number) {
  return base::environment_error(
      fmt::format("cannot {} '{}': {}", what, path.string(), base::errno_text(error_number)));
}

void require(const std::error_code& error, std::string_view what, const fs::path& path) {
  if (error) {
    throw cannot(what, path, error.value());
  }
}

void make_directories(const fs::path& path) {
  std::error_code error;
  fs::create_directories(path, error);
  require(error, "create directory", path);
}

/// To write, since NFS locks nothing else; the lock of another user often can only be read, which local ones are
/// content with.
int open_lock(const fs::path& path) {
  int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0666);
  if (fd < 0 && errno == EACCES) {
    fd = ::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
  }
  if (fd < 0) {
    throw cannot("create", path, errno);
  }
  return fd;
}

int wait_for_lock(const fs::path& path, const std::function<void()>& on_wait) {
  const int fd = open_lock(path);
  int failed = ::flock(fd, LOCK_EX | LOCK_NB);
  if (failed != 0 && errno == EWOULDBLOCK) {
    on_wait();
    do {
      failed = ::flock(fd, LOCK_EX);
    } while (failed != 0 && errno == EINTR);
  }
  if (failed != 0) {
    const int error_number = errno;
    ::close(fd);
    throw cannot("lock", path, error_number);
  }
  return fd;
}

/// Files with a temporary name: no reader takes notice of them.
void replace_file(const fs::path& path, std::string_view text) {
  const fs::path temporary = path.parent_path() / ("." + path.filename().string());
  const int fd = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0666);
  if (fd < 0) {
    throw cannot("create", temporary, errno);
  }
  base::OutputFile file(fd, temporary);
  file.append(text);
  file.sync();
  std::error_code error;
  fs::rename(temporary, path, error);
  require(error, "replace", path);
}

/// Numbers of the directory's entries whose names end with `ending`.
std::vector<BuildId> ids_in(const fs::path& directory, std::string_view ending) {
  std::vector<BuildId> ids;
  std::error_code error;
  for (fs::directory_iterator entry(directory, error), end; !error && entry != end; entry.increment(error)) {
    std::string name = entry->path().filename().string();
    if (name.ends_with(ending)) {
      name.resize(name.size() - ending.size());
      if (const auto id = parse_build_id(name)) {
        ids.push_back(*id);
      }
    }
  }
  require(error, "read directory", directory);
  std::sort(ids.begin(), ids.end());
  return ids;
}

/// No link and no FIFO, which a reader could wait for.
bool is_file(const fs::path& path) {
  std::error_code error;
  return fs::symlink_status(path, error).type() == fs::file_type::regular;
}

/// Others may have directories with numbers beside those of builds.
bool is_build(const fs::path& path) {
  return is_file(path / kFinishedName);
}

std::vector<BuildId> builds_in(const fs::path& directory) {
  std::vector<BuildId> ids = ids_in(directory, "");
  std::erase_if(ids, [&](BuildId id) { return !is_build(directory / std::to_string(id)); });
  return ids;
}

std::optional<BuildId> greatest(const std::vector<BuildId>& ids) {
  return ids.empty() ? std::nullopt : std::optional(ids.back());
}

bool is_there(const fs::path& path) {
  std::error_code error;
  const bool found = fs::exists(path, error);
  require(error, "look at", path);
  return found;
}

/// What a latest-build.txt names; nothing where there is none.
std::optional<BuildId> named_latest(const fs::path& directory) {
  const fs::path path = directory / kLatestBuildName;
  if (!is_file(path)) {
    return std::nullopt;
  }
  std::string text = base::read_file(path);
  text.erase(text.find_last_not_of(" \r\n") + 1);
  return parse_build_id(text);
}

void name_latest(const fs::path& directory, std::optional<BuildId> latest) {
  if (latest && named_latest(directory) != latest) {
    replace_file(directory / kLatestBuildName, std::to_string(*latest));
  }
}

/// `sync` is fsync, or syncfs for all of the file system that it's on: by the file that would take far longer.
void sync_directory(const fs::path& directory, int (*sync)(int)) {
  const int fd = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool failed = fd < 0 || sync(fd) != 0;
  const int error_number = errno;
  ::close(fd);
  if (failed) {
    throw cannot("write to directory", directory, error_number);
  }
}

}  // namespace

JobDirectory::JobDirectory(const fs::path& root, const BuildPlace& place, const std::function<void()>& on_wait)
    : builds_((fs::absolute(root) / place.builds).lexically_normal()), pointers_(place.pointers) {
  make_directories(builds_);
  if (!place.directory.empty()) {
    directory_ = (fs::absolute(root) / place.directory).lexically_normal();
    make_directories(directory_);
  }
  lock_ = wait_for_lock((directory_.empty() ? builds_ : directory_) / kLockName, on_wait);
  std::error_code ignored;
  fs::remove_all(stage_path(), ignored);  // Whoever stages says whether that failed.
}

JobDirectory::~JobDirectory() {
  std::error_code ignored;
  fs::remove_all(stage_path(), ignored);
  ::close(lock_);
}

std::optional<BuildId> JobDirectory::latest() const {
  // One that was deleted since still counts: numbers rise.
  const auto latest = std::max(greatest(ids_in(builds_, "")), named_latest(builds_));
  if (directory_.empty()) {
    return latest;
  }
  return std::max({latest, greatest(ids_in(directory_, kPointerEnding)), named_latest(directory_)});
}

bool JobDirectory::contains(BuildId id) const {
  if (is_there(path_of(id))) {
    return true;
  }
  // A publisher that was killed may have claimed the number for the very same place.
  return !directory_.empty() && is_there(pointer_of(id)) && pointed_to(id) != path_of(id);
}

std::optional<BuildId> JobDirectory::find(const std::function<bool(std::string_view finished)>& is_it) const {
  const std::vector<BuildId> ids = builds_in(builds_);
  const auto found = std::find_if(ids.rbegin(), ids.rend(),
                                  [&](BuildId id) { return is_it(base::read_file(path_of(id) / kFinishedName)); });
  return found == ids.rend() ? std::nullopt : std::optional(*found);
}

fs::path JobDirectory::path_of(BuildId id) const {
  return builds_ / std::to_string(id);
}

fs::path JobDirectory::pointer_of(BuildId id) const {
  return directory_ / (std::to_string(id) + kPointerEnding);
}

fs::path JobDirectory::pointed_to(BuildId id) const {
  return is_file(pointer_of(id)) ? base::read_file(pointer_of(id)) : "";
}

std::optional<BuildId> JobDirectory::settled_pointer() {
  const std::vector<BuildId> ids = ids_in(directory_, kPointerEnding);
  for (auto id = ids.rbegin(); id != ids.rend(); ++id) {
    const fs::path build = pointed_to(*id);
    if (is_build(build)) {
      return *id;
    }
    if (build == path_of(*id)) {
      fs::remove(pointer_of(*id));
    }
  }
  return std::nullopt;
}

fs::path JobDirectory::stage_path() const {
  return builds_ / kStageName;
}

base::OutputDirectory JobDirectory::stage() {
  if (is_there(stage_path())) {
    throw cannot("remove", stage_path(), ENOTEMPTY);
  }
  return base::OutputDirectory::create(stage_path());
}

void JobDirectory::publish(BuildId id) {
  open_to_readers(stage_path());
  sync_directory(stage_path(), ::syncfs);
  if (pointers_) {
    replace_file(pointer_of(id), path_of(id).string());  // First: nobody else may take the number.
  }
  std::error_code error;
  fs::rename(stage_path(), path_of(id), error);
  require(error, "create directory", path_of(id));
}

void JobDirectory::settle() {
  const std::vector<BuildId> ids = builds_in(builds_);
  if (pointers_) {
    for (const BuildId id : ids) {
      if (!is_there(pointer_of(id))) {
        replace_file(pointer_of(id), path_of(id).string());
      }
    }
  }
  name_latest(builds_, greatest(ids));
  sync_directory(builds_, ::fsync);
  if (!directory_.empty()) {
    name_latest(directory_, std::max({greatest(ids), settled_pointer(), named_latest(directory_)}));
    sync_directory(directory_, ::fsync);
  }
}

}  // namespace opready::publish
