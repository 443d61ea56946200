// SPDX-License-Identifier: Apache-2.0
// The files that the binary carries: categories, and catalogues of spec names.
#pragma once

#include <span>
#include <string_view>

namespace opready::specs {

struct EmbeddedFile {
  std::string_view name;  ///< "core-network.yaml"
  std::string_view text;
};

/// Category files, in the order in which categories are shown.
[[nodiscard]] std::span<const EmbeddedFile> embedded_files();

struct EmbeddedCatalogue {
  std::string_view version;     ///< "v1.36.3"
  std::string_view compressed;  ///< A zstd frame that tells its content's size.
};

/// From the oldest release to the newest.
[[nodiscard]] std::span<const EmbeddedCatalogue> embedded_catalogues();

}  // namespace opready::specs
