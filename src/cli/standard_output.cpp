// SPDX-License-Identifier: Apache-2.0
// Writes what a command says.
#include "standard_output.hpp"

#include <cerrno>
#include <unistd.h>

#include <fmt/format.h>

#include "opready/base/error.hpp"
#include "opready/base/redact.hpp"
#include "opready/base/sanitize.hpp"

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

std::string drawn_for_people(report::ColourChoice colour,
                             const std::function<std::string(const report::Terminal&)>& draw) {
  const report::Terminal terminal = report::decide_terminal(colour, report::terminal_facts(STDOUT_FILENO));
  return report::without_commands(terminal.log, draw(terminal));
}

Screen::Screen(int fd) : out_(fd), log_(out_, report::decide_log(report::terminal_facts(fd))) {}

void tell_error(std::string_view message) {
  tell("error", message);
}

void tell_warning(std::string_view message) {
  tell("warning", message);
}

}  // namespace opready::cli
