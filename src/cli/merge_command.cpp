// SPDX-License-Identifier: Apache-2.0
// `merge`: JUnit files of any origin into one.
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "opready/base/counted.hpp"
#include "opready/base/error.hpp"
#include "opready/base/read_file.hpp"
#include "opready/junit/merge.hpp"
#include "opready/junit/reader.hpp"
#include "opready/junit/writer.hpp"

#include "commands.hpp"
#include "standard_output.hpp"
#include "user_file.hpp"

namespace opready::cli {
namespace {

/// A file that can't be read at all is a fault like one that breaks off: shown in the result, ending nothing.
junit::Source read_source(const std::filesystem::path& path) {
  try {
    return {path.string(), junit::read_report(base::read_file(path), path.string())};
  } catch (const base::Error& error) {
    junit::Report unreadable;
    unreadable.fault = error.what();
    return {path.string(), std::move(unreadable)};
  }
}

}  // namespace

int perform(const MergeOptions& options) {
  std::vector<junit::Source> sources;
  std::size_t faults = 0;
  for (const std::filesystem::path& path : options.inputs) {
    sources.push_back(read_source(path));
    if (!sources.back().report.fault.empty()) {
      ++faults;
      tell_warning(sources.back().report.fault);
    }
  }
  write_user_file(options.output, junit::to_xml(junit::merged(std::move(sources))));
  answer(fmt::format("{}: {} joined\n", options.output.string(), base::counted(options.inputs.size(), "file")));
  return static_cast<int>(faults == 0 ? base::ExitCode::ok : base::ExitCode::failed);
}

}  // namespace opready::cli
