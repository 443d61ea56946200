// SPDX-License-Identifier: Apache-2.0
// A directory of a test's own.
#pragma once

#include <filesystem>
#include <string_view>

#include "opready/base/output_directory.hpp"

namespace opready::testing {

/// Fresh for each object, removed with it.
class TempDir {
 public:
  TempDir();

  [[nodiscard]] const std::filesystem::path& path() const { return directory_.path(); }

  /// Writes the file `name` (directories in it are made) and returns its path.
  std::filesystem::path write(std::string_view name, std::string_view text) const;

 private:
  base::TemporaryDirectory directory_;
};

}  // namespace opready::testing
