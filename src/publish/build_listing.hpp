// SPDX-License-Identifier: Apache-2.0
// The files of a build, as they lie in a directory.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace opready::publish {

inline constexpr const char* kStartedFile = "started.json";
inline constexpr const char* kFinishedFile = "finished.json";
inline constexpr const char* kArtifactsDirectory = "artifacts";

/// What builds are called by custom.
[[nodiscard]] bool is_number(const std::string& name);

/// What a directory holds, by name and in order; links and hidden ones are left out.
struct Listing {
  std::vector<std::string> files;
  std::vector<std::string> directories;

  [[nodiscard]] bool has_file(const std::string& name) const;
  [[nodiscard]] bool has_directory(const std::string& name) const;
  [[nodiscard]] std::vector<std::string> junit_files() const;
};

/// Throws Error (exit code 3).
[[nodiscard]] Listing listing_of(const std::filesystem::path& directory);

/// The junit*.xml in and below `directory`. Beside our merged one the others are its copies.
[[nodiscard]] std::vector<std::filesystem::path> junit_files_below(const std::filesystem::path& directory);

}  // namespace opready::publish
