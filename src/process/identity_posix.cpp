// SPDX-License-Identifier: Apache-2.0
// Reads /proc.
#include <array>
#include <cerrno>
#include <csignal>
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

/// Empty where there is no such process, or this one may not see it.
std::string stat_of(std::int64_t pid) {
  std::ifstream file(fmt::format("/proc/{}/stat", pid));
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::uint64_t start_ticks_in(const std::string& stat) {
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

bool is_free(std::int64_t pid) {
  return ::kill(static_cast<pid_t>(pid), 0) != 0 && errno == ESRCH;
}

}  // namespace

Identity this_process() {
  const std::int64_t pid = ::getpid();
  return {host_name(), boot_id(), pid_namespace(), pid, start_ticks_of(pid)};
}

std::uint64_t start_ticks_of(std::int64_t pid) {
  return start_ticks_in(stat_of(pid));
}

Life life_of(const Identity& process) {
  const Identity self = this_process();
  const bool known_here = !self.boot.empty() && self.boot == process.boot && !self.pid_namespace.empty() &&
                          self.pid_namespace == process.pid_namespace && process.start_ticks != 0;
  if (!known_here) {
    return Life::unknown;
  }
  const std::string stat = stat_of(process.pid);
  if (stat.empty()) {  // A /proc with `hidepid` doesn't show other users' processes.
    return is_free(process.pid) ? Life::ended : Life::unknown;
  }
  return start_ticks_in(stat) == process.start_ticks ? Life::alive : Life::ended;
}

}  // namespace opready::process
