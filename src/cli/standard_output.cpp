// SPDX-License-Identifier: Apache-2.0
// Writes what a command says.
#include "standard_output.hpp"

#include <cerrno>
#include <unistd.h>

#include <fmt/format.h>

#include "opready/base/error.hpp"
#include "opready/base/redact.hpp"
#include "opready/base/sanitize.hpp"
#include "opready/report/style.hpp"

namespace opready::cli {
namespace {

void tell(std::string_view kind, std::string_view message) {
  Screen(STDERR_FILENO).write(fmt::format("opready: {}: {}\n", kind, base::redacted(base::sanitized(message))));
}

}  // namespace

void answer(std::string_view text) {
  report::DescriptorOutput out(STDOUT_FILENO);
  out.write(text);
  if (out.error() != 0 && out.error() != EPIPE) {
    throw base::environment_error("cannot write to standard output: " + base::errno_text(out.error()));
  }
}

Screen::Screen(int fd) : out_(fd), log_(out_, report::decide_log(report::terminal_facts(fd))) {}

void tell_error(std::string_view message) {
  tell("error", message);
}

void tell_warning(std::string_view message) {
  tell("warning", message);
}

}  // namespace opready::cli
