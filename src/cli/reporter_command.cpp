// SPDX-License-Identifier: Apache-2.0
// `reporter`: the older tool's table of a directory of JUnit files.
#include <unistd.h>

#include "opready/base/exit_code.hpp"
#include "opready/report/ci_log.hpp"
#include "opready/report/older_csv.hpp"
#include "opready/report/style.hpp"

#include "commands.hpp"
#include "standard_output.hpp"
#include "user_file.hpp"

namespace opready::cli {

int perform(const ReporterOptions& options) {
  const auto rows = report::older_rows(report::read_older_directory(options.directory));
  const std::string text = options.csv ? report::older_csv(rows) : report::older_table(rows);
  if (options.csv_file) {
    write_user_file(*options.csv_file, text);
  } else {
    answer(options.csv ? text
                       : report::without_commands(report::decide_log(report::terminal_facts(STDOUT_FILENO)), text));
  }
  return static_cast<int>(base::ExitCode::ok);
}

}  // namespace opready::cli
