// SPDX-License-Identifier: Apache-2.0
// Runs the upload command for one thing after another.
#include "opready/publish/upload.hpp"

#include <chrono>
#include <deque>
#include <sstream>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "opready/base/error.hpp"
#include "opready/base/sanitize.hpp"
#include "opready/base/shell_quote.hpp"
#include "opready/model/outcome.hpp"
#include "opready/publish/command_words.hpp"
#include "opready/publish/job_directory.hpp"

namespace opready::publish {
namespace {

/// Far more than logs of a run take; a client that hangs must not keep a CI job for ever.
constexpr std::chrono::hours kLongest{24};
constexpr std::size_t kShownLines = 10;

/// The last lines, each on a line of its own and indented.
std::string last_lines(std::string_view text) {
  std::deque<std::string> lines;
  std::istringstream stream{std::string(text)};
  for (std::string line; std::getline(stream, line);) {
    lines.push_back("\n  " + line);
    if (lines.size() > kShownLines) {
      lines.pop_front();
    }
  }
  return fmt::format("{}", fmt::join(lines, ""));
}

std::string why_failed(const process::Captured& result) {
  if (!result.start_error.empty()) {
    return result.start_error;
  }
  return (result.timed_out ? "it took over 24 hours" : model::describe(result.exit)) +
         last_lines(base::sanitized(result.out + result.err));
}

void copy(const Store& store, const std::filesystem::path& source, const std::string& destination) {
  const std::vector<std::string> command = upload_command(store.command, source.string(), destination);
  const process::Captured result = store.capture({command}, kLongest).front();
  if (!result.succeeded()) {
    throw base::environment_error(fmt::format("`{}` failed: {}", base::shell_joined(command), why_failed(result)));
  }
}

std::string below(const Store& store, const std::string& path) {
  return store.root + (store.root.ends_with('/') ? "" : "/") + path;
}

void copy_text(const Store& store, const base::OutputDirectory& scratch, const std::string& name,
               const std::string& text, const std::string& directory) {
  scratch.write_atomically(name, text);
  copy(store, scratch.path() / name, below(store, directory + "/" + name));
}

}  // namespace

std::string build_name(const Store& store, const BuildPlace& place, BuildId id) {
  return below(store, fmt::format("{}/{}", place.builds, id));
}

void upload(const Store& store, const BuildPlace& place, BuildId id, const std::filesystem::path& tree,
            const base::OutputDirectory& scratch) {
  try {
    copy(store, tree, build_name(store, place, id));
    if (place.pointers) {
      copy_text(store, scratch, fmt::format("{}.txt", id), build_name(store, place, id), place.directory);
    }
  } catch (const base::Error& error) {
    throw base::Error(error.code(), fmt::format("{}\n  build {} may be there in part; latest-build.txt is as it was",
                                                error.what(), id));
  }
  copy_text(store, scratch, kLatestBuildName, std::to_string(id), place.builds);
  if (!place.directory.empty()) {
    copy_text(store, scratch, kLatestBuildName, std::to_string(id), place.directory);
  }
}

}  // namespace opready::publish
