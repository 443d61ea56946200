// SPDX-License-Identifier: Apache-2.0
// A directory that we write into and nothing can lead us out of.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace opready::base {

/// A file open for appending, closed on destruction. Writing throws Error (exit code 3) that names the file.
class OutputFile {
 public:
  OutputFile(int fd, std::filesystem::path path);
  OutputFile(OutputFile&& other) noexcept;
  OutputFile& operator=(OutputFile&& other) noexcept;
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;
  ~OutputFile();

  /// Writes all of `data`, by one write call where the system takes it whole.
  void append(std::string_view data);
  /// fdatasync. A file that was removed meanwhile keeps nothing: that throws too.
  void sync();
  /// Takes it for this object alone until that is destroyed; false where another has it, in this process or any other.
  [[nodiscard]] bool lock();
  [[nodiscard]] std::uint64_t size() const;
  /// What stands behind the first `size` bytes is gone.
  void cut(std::uint64_t size);
  /// Sets aside room for so many bytes behind its end, so that nobody else can fill the disk before they're appended.
  /// What isn't used is given back on destruction. Does nothing where the file system knows no such thing.
  void reserve(std::uint64_t bytes);
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  int fd_;
  std::filesystem::path path_;
  bool reserves_ = false;
};

/// Files below one directory, reached through its descriptor: every name is a single component, opened with
/// O_NOFOLLOW, so that a link planted inside can't redirect a write. Directories are made with mode 0700, files with
/// 0600. All functions throw Error (exit code 3) naming the path.
class OutputDirectory {
 public:
  /// Creates `path` (and its parents) where it's absent; refuses one that can't be written to. `path` itself may be a
  /// link: it's the user's.
  [[nodiscard]] static OutputDirectory create(const std::filesystem::path& path);

  OutputDirectory(OutputDirectory&& other) noexcept;
  OutputDirectory& operator=(OutputDirectory&& other) noexcept;
  OutputDirectory(const OutputDirectory&) = delete;
  OutputDirectory& operator=(const OutputDirectory&) = delete;
  ~OutputDirectory();

  /// The directory `name` in this one, created where it's absent.
  [[nodiscard]] OutputDirectory subdirectory(std::string_view name) const;
  /// An empty file; what it held before is gone.
  [[nodiscard]] OutputFile create_file(std::string_view name) const;
  /// With what it holds already; empty where it's absent.
  [[nodiscard]] OutputFile open_file(std::string_view name) const;
  [[nodiscard]] bool contains(std::string_view name) const;
  /// Puts `content` in place of `name` as a whole: a temporary file, fsync, rename. Readers see the old or the new.
  void write_atomically(std::string_view name, std::string_view content) const;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  OutputDirectory(int fd, std::filesystem::path path);

  int fd_;
  std::filesystem::path path_;
};

/// A fresh directory below $TMPDIR (else /tmp) with mode 0700, removed with all its content on destruction.
class TemporaryDirectory {
 public:
  explicit TemporaryDirectory(std::string_view prefix);
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  ~TemporaryDirectory();

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace opready::base
