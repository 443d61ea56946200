// SPDX-License-Identifier: Apache-2.0
// `reporter`: the older tool's table of a directory of JUnit files.
#include <unistd.h>

#include "opready/base/exit_code.hpp"
#include "opready/base/output_directory.hpp"
#include "opready/report/older_csv.hpp"
#include "opready/report/text_output.hpp"

#include "commands.hpp"

namespace opready::cli {

int perform(const ReporterOptions& options) {
  const auto rows = report::older_rows(report::read_older_directory(options.directory));
  const std::string text = options.csv ? report::older_csv(rows) : report::older_table(rows);
  if (options.csv_file) {
    const std::filesystem::path parent = options.csv_file->parent_path();
    base::OutputDirectory::create(parent.empty() ? std::filesystem::path(".") : parent)
        .write_atomically(options.csv_file->filename().string(), text);
  } else {
    report::DescriptorOutput(STDOUT_FILENO).write(text);
  }
  return static_cast<int>(base::ExitCode::ok);
}

}  // namespace opready::cli
