// SPDX-License-Identifier: Apache-2.0
// A directory of a test's own.
#include "opready/testing/temp_dir.hpp"

#include <fstream>

namespace opready::testing {

TempDir::TempDir() : directory_("opready-test-") {}

std::filesystem::path TempDir::write(std::string_view name, std::string_view text) const {
  std::filesystem::path path = this->path() / name;
  std::filesystem::create_directories(path.parent_path());
  std::ofstream file;
  file.exceptions(std::ios::badbit | std::ios::failbit);
  file.open(path, std::ios::binary);
  file << text;
  file.close();
  return path;
}

}  // namespace opready::testing
