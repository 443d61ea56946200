// SPDX-License-Identifier: Apache-2.0
// Reads /proc.
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>
#include <unistd.h>

#include <fmt/format.h>

#include "opready/process/identity.hpp"

namespace opready::process {
namespace {

std::string host_name() {
  std::array<char, 256> name{};
  return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

std::string boot_id() {
  std::ifstream file("/proc/sys/kernel/random/boot_id");
  std::string id;
  std::getline(file, id);
  return id;
}

std::string pid_namespace() {
  std::error_code unknown;
  return std::filesystem::read_symlink("/proc/self/ns/pid", unknown).string();
}

}  // namespace

Identity this_process() {
  const std::int64_t pid = ::getpid();
  return {host_name(), boot_id(), pid_namespace(), pid, start_ticks_of(pid)};
}

std::uint64_t start_ticks_of(std::int64_t pid) {
  std::ifstream file(fmt::format("/proc/{}/stat", pid));
  const std::string stat((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  // The second field, the name in parentheses, may hold anything; the third is the state, the 22nd the 20th after it.
  constexpr int kFieldsBefore = 19;
  std::size_t at = stat.rfind(')');
  if (at == std::string::npos || stat.compare(at, 3, ") Z") == 0) {
    return 0;
  }
  for (int field = 0; at != std::string::npos && field <= kFieldsBefore; ++field) {
    at = stat.find(' ', at + 1);
  }
  return at == std::string::npos ? 0 : std::strtoull(stat.c_str() + at, nullptr, 10);
}

bool has_ended(const Identity& process) {
  const Identity self = this_process();
  const bool known_here = !self.boot.empty() && self.boot == process.boot && !self.pid_namespace.empty() &&
                          self.pid_namespace == process.pid_namespace && process.start_ticks != 0;
  return known_here && start_ticks_of(process.pid) != process.start_ticks;
}

}  // namespace opready::process
