// SPDX-License-Identifier: Apache-2.0
// Appends to what other tools have written to a step's page.
#include "step_summary.hpp"

#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <fcntl.h>
#include <string>
#include <unistd.h>

#include <fmt/format.h>

#include "opready/base/error.hpp"
#include "opready/base/output_directory.hpp"
#include "opready/report/summary_markdown.hpp"

#include "standard_output.hpp"

namespace opready::cli {
namespace {

constexpr std::uint64_t kMaxPage = 1024UL * 1024;
/// Less can't hold the verdict and the table.
constexpr std::uint64_t kLeastRoom = 16UL * 1024;

void append_to(const char* path, const model::RunRecord& record, std::string_view report_directory) {
  // Never waits for the reader of a pipe that somebody named there.
  const int fd = ::open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0600);
  if (fd < 0) {
    throw base::environment_error(fmt::format("cannot write '{}': {}", path, base::errno_text(errno)));
  }
  base::OutputFile page(fd, path);
  const std::uint64_t taken = page.size();
  if (taken + kLeastRoom > kMaxPage) {
    throw base::environment_error(
        fmt::format("'{}' has no room left: {} of the {} bytes that GitHub shows are taken", path, taken, kMaxPage));
  }
  const std::string_view gap = taken > 0 ? "\n\n" : "";
  std::string text(gap);
  text += report::summary_markdown(record, report_directory, kMaxPage - taken - gap.size());
  page.append(text);
}

}  // namespace

void add_step_summary(const model::RunRecord& record, std::string_view report_directory) {
  const char* const path = std::getenv("GITHUB_STEP_SUMMARY");
  if (path == nullptr || *path == '\0') {
    return;
  }
  try {
    append_to(path, record, report_directory);
  } catch (const base::Error& error) {
    tell_warning(fmt::format("the step's summary was not written: {}", error.what()));
  }
}

}  // namespace opready::cli
