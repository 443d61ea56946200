// SPDX-License-Identifier: Apache-2.0
// What the logs of CI systems fold and act on.
#pragma once

#include <string>
#include <string_view>

#include "opready/base/timestamp.hpp"
#include "opready/report/style.hpp"
#include "opready/report/text_output.hpp"

namespace opready::report {

/// Lines that are folded under a title.
struct LogGroup {
  std::string name;  ///< Letters, digits and "_.-"; no other group of the log has it.
  std::string title;
};

/// The line that opens a group, to be written as a command; without a CI system the title.
[[nodiscard]] std::string group_start(CiLog log, const LogGroup& group, base::Timestamp time);
/// The line that closes it; without a CI system nothing.
[[nodiscard]] std::string group_end(CiLog log, const LogGroup& group, base::Timestamp time);

/// `lines` with nothing in them that `log` acts on. In what the runner of GitHub Actions would, it's a space more: "::"
/// with nothing but blanks in front of it in its line, and "##[" anywhere (actions/runner,
/// src/Runner.Common/ActionCommand.cs). GitLab acts on section marks only, which end in control characters that no
/// sanitised text has.
[[nodiscard]] std::string without_commands(CiLog log, std::string_view lines);

/// Passes whole lines on, with nothing in them that a CI system acts on but what was written as a command.
class CiLogOutput final : public TextOutput {
 public:
  /// `out` must outlive it.
  CiLogOutput(TextOutput& out, CiLog log) : out_(out), log_(log) {}

  void write(std::string_view text) override;
  void write_command(std::string_view text) override { out_.write(text); }

 private:
  TextOutput& out_;
  CiLog log_;
};

}  // namespace opready::report
