// SPDX-License-Identifier: Apache-2.0
// Writes answers to standard output.
#include "standard_output.hpp"

#include <cerrno>
#include <unistd.h>

#include "opready/base/error.hpp"
#include "opready/report/text_output.hpp"

namespace opready::cli {

void answer(std::string_view text) {
  report::DescriptorOutput out(STDOUT_FILENO);
  out.write(text);
  if (out.error() != 0 && out.error() != EPIPE) {
    throw base::environment_error("cannot write to standard output: " + base::errno_text(out.error()));
  }
}

}  // namespace opready::cli
