// SPDX-License-Identifier: Apache-2.0
// The category files that the binary carries.
#pragma once

#include <span>
#include <string_view>

namespace opready::specs {

struct EmbeddedFile {
  std::string_view name;  ///< "core-network.yaml"
  std::string_view text;
};

/// In the order in which categories are shown.
[[nodiscard]] std::span<const EmbeddedFile> embedded_files();

}  // namespace opready::specs
