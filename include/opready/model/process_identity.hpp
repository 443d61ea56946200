// SPDX-License-Identifier: Apache-2.0
// Which process something belongs to, told apart from every other process of any machine.
#pragma once

#include <cstdint>
#include <string>

namespace opready::model {

struct ProcessIdentity {
  std::string host;           ///< For people: many machines may have the same name.
  std::string boot;           ///< This start of this machine's kernel.
  std::string pid_namespace;  ///< Containers of one machine number their processes each for themselves.
  std::int64_t pid = 0;
  std::uint64_t start_ticks = 0;  ///< In clock ticks since boot: a pid may be used again.

  friend bool operator==(const ProcessIdentity&, const ProcessIdentity&) = default;
};

}  // namespace opready::model
