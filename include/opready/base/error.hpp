// SPDX-License-Identifier: Apache-2.0
// The one exception type for faults of users and environment.
#pragma once

#include <stdexcept>
#include <string>

#include "opready/base/exit_code.hpp"

namespace opready::base {

/// A fault that the user or the environment can mend: thrown where it's found, given context with `Error::within` on
/// its way up, and printed once in main as `opready: error: ...`. The text is a lower-case fragment that says what,
/// which and why ("cannot start 'x': no such file").
class Error : public std::runtime_error {
 public:
  Error(ExitCode code, const std::string& what) : std::runtime_error(what), code_(code) {}

  [[nodiscard]] ExitCode code() const { return code_; }

  /// The same error with `context: ` in front.
  [[nodiscard]] Error within(const std::string& context) const { return {code_, context + ": " + what()}; }

 private:
  ExitCode code_;
};

/// Bad command line or category file (exit code 2).
[[nodiscard]] Error usage_error(const std::string& what);

/// Something in the environment is missing or refuses (exit code 3).
[[nodiscard]] Error environment_error(const std::string& what);

/// "no such file or directory" for ENOENT, and so on: a fragment for the end of an error's text.
[[nodiscard]] std::string errno_text(int error_number);

}  // namespace opready::base
