// SPDX-License-Identifier: Apache-2.0
// Parses, dispatches, and turns what is thrown into one message and an exit status.
#include "opready/cli/main.hpp"

#include <csignal>
#include <exception>
#include <string>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include "opready/base/error.hpp"
#include "opready/base/log.hpp"
#include "opready/cli/options.hpp"

#include "commands.hpp"
#include "standard_output.hpp"

namespace opready::cli {
namespace {

int complain(const std::string& message, base::ExitCode code) {
  tell_error(message);
  return static_cast<int>(code);
}

}  // namespace

int main(int argc, char** argv) {
  // A reader of our output that goes away must not end the run: the failed write is seen where it's made.
  std::signal(SIGPIPE, SIG_IGN);
  try {
    base::set_up_log();
    const Parsed parsed = parse_command_line(std::vector<std::string>(argv + 1, argv + argc));
    if (!parsed.options) {
      answer(parsed.text);
      return static_cast<int>(base::ExitCode::ok);
    }
    return std::visit([](const auto& options) { return perform(options); }, *parsed.options);
  } catch (const base::Error& error) {
    return complain(error.what(), error.code());
  } catch (const std::exception& error) {
    return complain(fmt::format("this is a bug in op-readiness, please report it: {}", error.what()),
                    base::ExitCode::internal_bug);
  }
}

}  // namespace opready::cli
