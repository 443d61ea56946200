// SPDX-License-Identifier: Apache-2.0
// What op-readiness tells its caller through the exit status; a contract with users.
#pragma once

namespace opready::base {

/// Exit codes of the command. A run that was stopped by signal n exits with 128 + n instead.
enum class ExitCode : int {
  ok = 0,             ///< Nothing failed and at least one case passed.
  failed = 1,         ///< A case failed or could not be tested.
  usage = 2,          ///< Bad command line or bad category file.
  cannot_run = 3,     ///< The environment lacks something: e2e.test, a writable report directory, ...
  nothing_ran = 4,    ///< Nothing was selected, or nothing ran; with --strict: a chosen case selects no spec.
  not_ready = 5,      ///< With --require-ready: nothing failed, but the verdict isn't READY.
  internal_bug = 70,  ///< A defect of op-readiness itself; reports were written as far as possible.
};

constexpr int kSignalExitBase = 128;

}  // namespace opready::base
