// SPDX-License-Identifier: Apache-2.0
// Standard output and standard error.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "opready/report/ci_log.hpp"
#include "opready/report/style.hpp"
#include "opready/report/text_output.hpp"

namespace opready::cli {

/// Writes to standard output. Throws Error (exit code 3) where that fails, but for a reader that went away: it has seen
/// enough.
void answer(std::string_view text);

/// What `draw` makes of standard output's terminal, with nothing in it that the log of a CI system acts on.
[[nodiscard]] std::string drawn_for_people(report::ColourChoice colour,
                                           const std::function<std::string(const report::Terminal&)>& draw);

/// Standard output or error for people. In the log of a CI system nothing written here is acted on.
class Screen final : public report::TextOutput {
 public:
  explicit Screen(int fd);

  void write(std::string_view text) override { log_.write(text); }
  void write_command(std::string_view text) override { log_.write_command(text); }

 private:
  report::DescriptorOutput out_;
  report::CiLogOutput log_;
};

/// "opready: error: <message>" on standard error, sanitised and with what is secret masked.
void tell_error(std::string_view message);
/// "opready: warning: <message>", likewise.
void tell_warning(std::string_view message);

}  // namespace opready::cli
