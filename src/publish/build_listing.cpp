// SPDX-License-Identifier: Apache-2.0
// Lists directories of builds.
#include "build_listing.hpp"

#include <algorithm>
#include <system_error>

#include <fmt/format.h>

#include "opready/base/error.hpp"
#include "opready/report/junit_report.hpp"

namespace opready::publish {
namespace {

constexpr int kMaxDepth = 8;

bool contains(const std::vector<std::string>& sorted, const std::string& name) {
  return std::binary_search(sorted.begin(), sorted.end(), name);
}

void append_junit_files(std::vector<std::filesystem::path>& files, const std::filesystem::path& directory, int depth) {
  const Listing listing = listing_of(directory);
  if (listing.has_file(report::kJUnitFileName)) {
    files.push_back(directory / report::kJUnitFileName);
    return;
  }
  for (const std::string& name : listing.junit_files()) {
    files.push_back(directory / name);
  }
  for (const std::string& name : listing.directories) {
    if (depth < kMaxDepth) {
      append_junit_files(files, directory / name, depth + 1);
    }
  }
}

}  // namespace

bool is_number(const std::string& name) {
  return !name.empty() && name.find_first_not_of("0123456789") == std::string::npos;
}

bool Listing::has_file(const std::string& name) const {
  return contains(files, name);
}

bool Listing::has_directory(const std::string& name) const {
  return contains(directories, name);
}

std::vector<std::string> Listing::junit_files() const {
  std::vector<std::string> names;
  std::copy_if(files.begin(), files.end(), std::back_inserter(names),
               [](const std::string& name) { return name.starts_with("junit") && name.ends_with(".xml"); });
  return names;
}

Listing listing_of(const std::filesystem::path& directory) {
  Listing listing;
  std::error_code error;
  std::filesystem::directory_iterator entries(directory, error);
  for (; !error && entries != std::filesystem::directory_iterator(); entries.increment(error)) {
    const std::string name = entries->path().filename().string();
    std::error_code vanished;
    const std::filesystem::file_type type = entries->symlink_status(vanished).type();
    if (type == std::filesystem::file_type::regular) {
      listing.files.push_back(name);
    } else if (type == std::filesystem::file_type::directory && !name.starts_with(".")) {
      listing.directories.push_back(name);
    }
  }
  if (error) {
    throw base::environment_error(
        fmt::format("cannot read '{}': {}", directory.string(), base::errno_text(error.value())));
  }
  std::sort(listing.files.begin(), listing.files.end());
  std::sort(listing.directories.begin(), listing.directories.end());
  return listing;
}

std::vector<std::filesystem::path> junit_files_below(const std::filesystem::path& directory) {
  std::vector<std::filesystem::path> files;
  append_junit_files(files, directory, 0);
  return files;
}

}  // namespace opready::publish
