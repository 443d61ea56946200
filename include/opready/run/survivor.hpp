// SPDX-License-Identifier: Apache-2.0
// Children of a dead run that outlived it.
#pragma once

#include <chrono>

#include "opready/process/identity.hpp"

namespace opready::run {

/// Ends `child` and its process group where it still lives, and returns when it's gone. It got its SIGINT from the
/// kernel when its parent died, so it has `grace` + 1 s from now to clean up before a second one, and SIGKILL 2 s after
/// that. True where there was something to end. Throws base::Error (exit code 3) where it can't be ended.
bool end_survivor(const process::Identity& child, std::chrono::milliseconds grace);

}  // namespace opready::run
