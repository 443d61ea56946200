// SPDX-License-Identifier: Apache-2.0
// A job's builds in a directory, to which one publisher at a time adds.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string_view>

#include "opready/base/output_directory.hpp"
#include "opready/publish/build_id.hpp"
#include "opready/publish/build_place.hpp"

namespace opready::publish {

/// Names in the directory of a job's builds.
inline constexpr const char* kLatestBuildName = "latest-build.txt";
inline constexpr const char* kFinishedName = "finished.json";

/// Holds the job's lock as long as it lives. Whatever moment the process is killed at, readers see whole builds only,
/// and each latest-build.txt names one that's there. All functions throw Error (exit code 3) naming the path.
class JobDirectory {
 public:
  /// Creates what is absent, waits for other publishers to be done, calling `on_wait` first where there are any, and
  /// removes what a killed one left.
  JobDirectory(const std::filesystem::path& root, const BuildPlace& place, const std::function<void()>& on_wait);
  JobDirectory(const JobDirectory&) = delete;
  JobDirectory& operator=(const JobDirectory&) = delete;
  ~JobDirectory();

  /// The greatest number that is taken in the job, of whichever pull request: what isn't a build counts too.
  [[nodiscard]] std::optional<BuildId> latest() const;
  /// Something of that number is there, of whichever pull request.
  [[nodiscard]] bool contains(BuildId id) const;
  /// The last build whose finished.json satisfies `is_it`.
  [[nodiscard]] std::optional<BuildId> find(const std::function<bool(std::string_view finished)>& is_it) const;
  [[nodiscard]] std::filesystem::path path_of(BuildId id) const;

  /// An empty directory that readers don't see.
  [[nodiscard]] base::OutputDirectory stage();
  /// Makes what was staged the build `id`, which must not be there: open to readers as the umask says, on the disk, and
  /// in its place at once. What points to it comes first, so that the number is never given to another pull request.
  void publish(BuildId id);
  /// What points to builds names those that are there: after `publish`, and after one that was killed in between. A
  /// build is a directory that holds a finished.json.
  void settle();

 private:
  [[nodiscard]] std::filesystem::path stage_path() const;
  [[nodiscard]] std::filesystem::path pointer_of(BuildId id) const;
  /// What that names; empty where there is none.
  [[nodiscard]] std::filesystem::path pointed_to(BuildId id) const;
  /// The greatest pointer whose build is there. Removes those above it that claim a number in `builds_` for nothing.
  std::optional<BuildId> settled_pointer();

  std::filesystem::path builds_;
  std::filesystem::path directory_;  ///< Empty: none.
  bool pointers_;
  int lock_ = -1;
};

}  // namespace opready::publish
