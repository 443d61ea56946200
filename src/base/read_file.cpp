// SPDX-License-Identifier: Apache-2.0
// Reads a whole file into memory.
#include "opready/base/read_file.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <memory>

#include <fmt/format.h>

#include "opready/base/error.hpp"

namespace opready::base {

namespace {

constexpr std::size_t kChunkSize = 65536;

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

Error cannot_read(const std::filesystem::path& path, int error_number) {
  return environment_error(fmt::format("cannot read '{}': {}", path.native(), errno_text(error_number)));
}

}  // namespace

std::string read_file(const std::filesystem::path& path) {
  // "e": children must not inherit it.
  const std::unique_ptr<std::FILE, CloseFile> file(std::fopen(path.c_str(), "rbe"));
  if (!file) {
    throw cannot_read(path, errno);
  }
  std::string content;
  std::array<char, kChunkSize> buffer{};
  std::size_t length = 0;
  while ((length = std::fread(buffer.data(), 1, buffer.size(), file.get())) > 0) {
    content.append(buffer.data(), length);
  }
  if (std::ferror(file.get()) != 0) {
    throw cannot_read(path, errno);
  }
  return content;
}

}  // namespace opready::base
