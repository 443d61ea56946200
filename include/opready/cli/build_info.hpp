// SPDX-License-Identifier: Apache-2.0
// What this binary was built from.
#pragma once

#include <string>

namespace opready::cli {

/// "0.1.0".
[[nodiscard]] std::string version();

/// What --version prints: version, commit, libraries.
[[nodiscard]] std::string version_text();

}  // namespace opready::cli
