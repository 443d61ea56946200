// SPDX-License-Identifier: Apache-2.0
// Whether a terminal draws what is typed.
#pragma once

namespace opready::report {

/// Keeps what is typed from moving the cursor, which an Enter takes away from the status lines. It isn't lost: whoever
/// reads from the terminal next gets it. A process that is killed can't undo this; most shells do then.
class TerminalEcho {
 public:
  /// `fd` may be no terminal; then nothing happens.
  explicit TerminalEcho(int fd) : fd_(fd) {}
  TerminalEcho(const TerminalEcho&) = delete;
  TerminalEcho& operator=(const TerminalEcho&) = delete;
  /// Leaves the terminal as it was found.
  ~TerminalEcho() { set_on(true); }

  /// Does nothing in the background, where the terminal is somebody else's. `on` undoes what was done here, no more.
  void set_on(bool on);

 private:
  int fd_;
  unsigned taken_ = 0;  ///< Flags of its modes that were cleared here.
};

}  // namespace opready::report
