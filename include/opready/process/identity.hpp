// SPDX-License-Identifier: Apache-2.0
// Asks the kernel which process is which.
#pragma once

#include <cstdint>

#include "opready/model/process_identity.hpp"

namespace opready::process {

using Identity = model::ProcessIdentity;

/// Of the calling process.
[[nodiscard]] Identity this_process();

/// Start time of a process in clock ticks since boot (field 22 of /proc/<pid>/stat); 0 where there is no such process
/// or it has ended already.
[[nodiscard]] std::uint64_t start_ticks_of(std::int64_t pid);

/// What is certain of a process.
enum class Life {
  alive,
  ended,
  unknown,  ///< It's of another system or pid namespace, or can't be seen.
};
[[nodiscard]] Life life_of(const Identity& process);

}  // namespace opready::process
