// SPDX-License-Identifier: Apache-2.0
// A build in an object store, put there by the store's own client.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "opready/base/output_directory.hpp"
#include "opready/process/capture.hpp"
#include "opready/publish/build_id.hpp"
#include "opready/publish/build_place.hpp"

namespace opready::publish {

/// Where it goes, and by what.
struct Store {
  std::string root;  ///< "gs://bucket/prefix"
  std::vector<std::string> command;
  process::Capture capture;
};

/// The name of a build in `store`: "gs://bucket/prefix/<job>/<build>".
[[nodiscard]] std::string build_name(const Store& store, const BuildPlace& place, BuildId id);

/// Uploads the directory `tree`, then what points to the build, then each latest-build.txt. `scratch` is a directory
/// for files. Throws Error (exit code 3) where a command fails, with the last lines of what it said; nothing is
/// uploaded after that.
void upload(const Store& store, const BuildPlace& place, BuildId id, const std::filesystem::path& tree,
            const base::OutputDirectory& scratch);

}  // namespace opready::publish
