// SPDX-License-Identifier: Apache-2.0
// Diagnostics for developers on stderr, off unless OPREADY_LOG=debug|info|warn; users read reports, never this.
#pragma once

#include <string_view>

namespace opready::base {

/// Call once in main, before anything logs. Synchronous: the process must stay single-threaded.
void set_up_log();

/// Each is redacted before it's written.
void log_debug(std::string_view message);
void log_warning(std::string_view message);

}  // namespace opready::base
