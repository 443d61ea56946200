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
#include "opready/model/test_case.hpp"

namespace opready::suite {
namespace {

namespace fs = std::filesystem;

std::string remedy(std::string_view suite) {
  if (suite == model::kE2eSuite) {
    return "pass --e2e-binary PATH; e2e.test is in kubernetes-test-linux-amd64.tar.gz of each Kubernetes release on "
           "dl.k8s.io";
  }
  return fmt::format("pass --suite-binary {}=PATH", suite);
}

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

std::string usable(std::string_view suite, std::string path) {
  if (const auto fault = fault_of(path)) {
    throw base::environment_error(fmt::format("cannot use {}: {}; {}", default_binary(suite), *fault, remedy(suite)));
  }
  return path;
}

bool is_here(const std::string& name) {
  std::error_code error;
  return !name.empty() && fs::exists("./" + name, error);
}

}  // namespace

std::string default_binary(std::string_view suite) {
  return fmt::format("{}.test", suite);
}

std::string locate(std::string_view suite, const std::optional<std::string>& asked, std::string_view path_variable) {
  const std::string name = asked.value_or(default_binary(suite));
  if (name.find('/') != std::string::npos) {
    return usable(suite, name);
  }
  if (is_here(name)) {
    return usable(suite, "./" + name);
  }
  if (auto found = find_in_path(name, path_variable)) {
    return *std::move(found);
  }
  throw base::environment_error(fmt::format("no '{}' here and none in PATH; {}", name, remedy(suite)));
}

bool has_default_binary(std::string_view suite, std::string_view path_variable) {
  const std::string name = default_binary(suite);
  return is_here(name) || find_in_path(name, path_variable);
}

std::string build_of(const std::string& path) {
  struct stat status = {};
  if (::stat(path.c_str(), &status) != 0) {
    throw base::environment_error(fmt::format("cannot examine '{}': {}", path, base::errno_text(errno)));
  }
  return fmt::format("{}:{}.{:09}", status.st_size, status.st_mtim.tv_sec, status.st_mtim.tv_nsec);
}

BinaryIdentity identify(std::string_view suite, const std::string& path) {
  std::error_code error;
  const fs::path canonical = fs::canonical(path, error);
  struct stat status = {};
  if (error || ::stat(canonical.c_str(), &status) != 0) {
    throw base::environment_error(fmt::format("cannot examine '{}': {}", path, base::errno_text(errno)));
  }
  return {.path = canonical.string(),
          .build = fmt::format("{}:{}:{}:{}.{:09}", status.st_dev, status.st_ino, status.st_size, status.st_mtim.tv_sec,
                               status.st_mtim.tv_nsec),
          .suite = std::string(suite)};
}

}  // namespace opready::suite
