// SPDX-License-Identifier: Apache-2.0
// Changes a terminal's modes.
#include "opready/report/terminal_echo.hpp"

#include <termios.h>
#include <unistd.h>

namespace opready::report {

void TerminalEcho::set_on(bool on) {
  termios modes{};
  if (::tcgetpgrp(fd_) != ::getpgrp() || ::tcgetattr(fd_, &modes) != 0) {
    return;
  }
  const tcflag_t echo = modes.c_lflag & (ECHO | ECHONL);
  if (on ? taken_ == 0 : echo == 0) {
    return;
  }
  modes.c_lflag = on ? modes.c_lflag | taken_ : modes.c_lflag & ~echo;
  if (::tcsetattr(fd_, TCSANOW, &modes) == 0) {
    taken_ = on ? 0 : taken_ | echo;
  }
}

}  // namespace opready::report
