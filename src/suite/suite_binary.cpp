// SPDX-License-Identifier: Apache-2.0
// Finding the Ginkgo binary and telling it from others.
#include "opready/suite/suite_binary.hpp"

#include <cerrno>
#include <filesystem>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

#include <fmt/format.h>

#include "opready/base/error.hpp"

namespace opready::suite {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kName = "e2e.test";
constexpr std::string_view kRemedy =
    "pass --e2e-binary PATH; e2e.test is in kubernetes-test-linux-amd64.tar.gz of each Kubernetes release on dl.k8s.io";

/// Why `path` can't be started, as far as that shows from outside; nothing where it can.
std::optional<std::string> fault_of(const std::string& path) {
  struct stat status = {};
  if (::stat(path.c_str(), &status) != 0) {
    return fmt::format("'{}': {}", path, base::errno_text(errno));
  }
  if (S_ISDIR(status.st_mode)) {
    return fmt::format("'{}' is a directory", path);
  }
  if (!S_ISREG(status.st_mode)) {
    return fmt::format("'{}' is not a regular file", path);
  }
  if (::access(path.c_str(), X_OK) != 0) {
    return fmt::format("'{}' is not executable; chmod +x it", path);
  }
  return std::nullopt;
}

std::optional<std::string> find_in_path(std::string_view name, std::string_view path_variable) {
  while (!path_variable.empty()) {
    const std::string_view directory = path_variable.substr(0, path_variable.find(':'));
    path_variable.remove_prefix(std::min(path_variable.size(), directory.size() + 1));
    // POSIX: an empty entry stands for the working directory.
    std::string candidate = fmt::format("{}/{}", directory.empty() ? "." : directory, name);
    if (!fault_of(candidate)) {
      return candidate;
    }
  }
  return std::nullopt;
}

std::string usable(std::string path) {
  if (const auto fault = fault_of(path)) {
    throw base::environment_error(fmt::format("cannot use {}: {}; {}", kName, *fault, kRemedy));
  }
  return path;
}

}  // namespace

std::string locate(const std::optional<std::string>& asked, std::string_view path_variable) {
  const std::string name = asked.value_or(std::string(kName));
  if (name.find('/') != std::string::npos) {
    return usable(name);
  }
  std::error_code error;
  if (std::string here = "./" + name; !name.empty() && fs::exists(here, error)) {
    return usable(std::move(here));
  }
  if (auto found = find_in_path(name, path_variable)) {
    return *std::move(found);
  }
  throw base::environment_error(fmt::format("no '{}' here and none in PATH; {}", name, kRemedy));
}

BinaryIdentity identify(const std::string& path) {
  std::error_code error;
  const fs::path canonical = fs::canonical(path, error);
  struct stat status = {};
  if (error || ::stat(canonical.c_str(), &status) != 0) {
    throw base::environment_error(fmt::format("cannot examine '{}': {}", path, base::errno_text(errno)));
  }
  return {.path = canonical.string(),
          .build = fmt::format("{}:{}:{}:{}.{:09}", status.st_dev, status.st_ino, status.st_size, status.st_mtim.tv_sec,
                               status.st_mtim.tv_nsec)};
}

}  // namespace opready::suite
