// SPDX-License-Identifier: Apache-2.0
// Walks a directory by descriptors (openat with O_NOFOLLOW).
#include <algorithm>
#include <array>
#include <cerrno>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <sys/file.h>
#include <sys/stat.h>
#include <tuple>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

#include "opready/base/error.hpp"
#include "opready/publish/report_source.hpp"
#include "opready/record/event_log.hpp"

namespace opready::publish {
namespace {

constexpr std::size_t kChunkSize = 65536;
constexpr std::string_view kUnmasked = "raw.xml";

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) {
      ::close(fd_);
    }
  }

  [[nodiscard]] int get() const { return fd_; }
  [[nodiscard]] int release() { return std::exchange(fd_, -1); }

 private:
  int fd_;
};

struct CloseDirectory {
  void operator()(DIR* directory) const { ::closedir(directory); }
};

base::Error cannot_read(const std::filesystem::path& path, int error_number) {
  return base::environment_error(fmt::format("cannot read '{}': {}", path.string(), base::errno_text(error_number)));
}

Descriptor open_below(int directory, const std::string& name, int flags, const std::filesystem::path& shown_as) {
  // Without O_NONBLOCK a FIFO would wait for a writer.
  Descriptor opened(::openat(directory, name.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | flags));
  if (opened.get() < 0) {
    throw cannot_read(shown_as, errno);
  }
  return opened;
}

/// Sorted, without hidden ones.
std::vector<std::string> names_in(int directory, const std::filesystem::path& shown_as) {
  Descriptor own = open_below(directory, ".", O_DIRECTORY, shown_as);
  const std::unique_ptr<DIR, CloseDirectory> stream(::fdopendir(own.get()));
  if (!stream) {
    throw cannot_read(shown_as, errno);
  }
  std::ignore = own.release();  // The stream's now.
  std::vector<std::string> names;
  while (const dirent* entry = ::readdir(stream.get())) {
    if (const std::string name = entry->d_name; !name.starts_with('.')) {
      names.push_back(name);
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

ReportSource::ReportSource(std::filesystem::path directory) : path_(std::move(directory)) {
  Descriptor opened(::open(path_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (opened.get() < 0) {
    throw cannot_read(path_, errno);
  }
  Descriptor log(::openat(opened.get(), record::kEventLogName, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK));
  if (log.get() < 0 && errno == ENOENT) {
    throw base::environment_error(fmt::format("'{}' holds no run", path_.string()));
  }
  if (log.get() < 0) {
    throw cannot_read(path_ / record::kEventLogName, errno);
  }
  // Shared: others may read it too. A file system that knows no locks tells nothing of runs under way.
  if (::flock(log.get(), LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
    throw base::environment_error(
        fmt::format("a run is under way in '{}': wait for its end or stop it", path_.string()));
  }
  list(opened.get(), "");
  directory_ = opened.release();
  log_ = log.release();
}

ReportSource::~ReportSource() {
  ::close(log_);
  ::close(directory_);
}

void ReportSource::list(int directory, const std::string& prefix) {
  for (const std::string& name : names_in(directory, path_ / prefix)) {
    const std::string path = prefix + name;
    struct stat status{};
    if (::fstatat(directory, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
      throw cannot_read(path_ / path, errno);
    }
    if (S_ISDIR(status.st_mode)) {
      list(open_below(directory, name, O_DIRECTORY, path_ / path).get(), path + '/');
    } else if (!S_ISREG(status.st_mode)) {
      left_out_.push_back(path);
    } else if (name != kUnmasked) {
      files_.push_back(path);
    }
  }
}

void ReportSource::read(const std::string& file, const std::function<void(std::string_view chunk)>& sink) const {
  Descriptor opened = open_below(directory_, ".", O_DIRECTORY, path_);
  for (const std::filesystem::path& part : std::filesystem::path(file)) {
    opened = open_below(opened.get(), part.string(), 0, path_ / file);
  }
  std::array<char, kChunkSize> buffer{};
  ssize_t length = 0;
  while ((length = ::read(opened.get(), buffer.data(), buffer.size())) != 0) {
    if (length < 0 && errno != EINTR) {
      throw cannot_read(path_ / file, errno);
    }
    sink({buffer.data(), static_cast<std::size_t>(std::max<ssize_t>(length, 0))});
  }
}

std::string ReportSource::text_of(const std::string& file) const {
  std::string text;
  read(file, [&text](std::string_view chunk) { text += chunk; });
  return text;
}

}  // namespace opready::publish
