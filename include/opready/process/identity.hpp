// SPDX-License-Identifier: Apache-2.0
// Which process something belongs to, told apart from every other process of any machine.
#pragma once

#include <cstdint>
#include <string>

namespace opready::process {

struct Identity {
  std::string host;           ///< For people: many machines may have the same name.
  std::string boot;           ///< This start of this machine's kernel.
  std::string pid_namespace;  ///< Containers of one machine number their processes each for themselves.
  std::int64_t pid = 0;
  std::uint64_t start_ticks = 0;  ///< In clock ticks since boot: a pid may be used again.

  friend bool operator==(const Identity&, const Identity&) = default;
};

/// Of the calling process.
[[nodiscard]] Identity this_process();

/// Start time of a process in clock ticks since boot (field 22 of /proc/<pid>/stat); 0 where there is no such process
/// or it has ended already.
[[nodiscard]] std::uint64_t start_ticks_of(std::int64_t pid);

/// True only where it's certain: `process` is one of this very system and pid namespace, and isn't there any more.
[[nodiscard]] bool has_ended(const Identity& process);

}  // namespace opready::process
