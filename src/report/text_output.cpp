// SPDX-License-Identifier: Apache-2.0
// Writes text to a file descriptor.
#include "opready/report/text_output.hpp"

#include <cerrno>
#include <poll.h>
#include <unistd.h>

namespace opready::report {
namespace {

/// Waits until `fd`, made non-blocking by who shares it with us, takes more.
void wait_until_writable(int fd) {
  pollfd waiting{fd, POLLOUT, 0};
  ::poll(&waiting, 1, -1);
}

}  // namespace

void DescriptorOutput::write(std::string_view text) {
  while (!text.empty() && error_ == 0) {
    const ssize_t written = ::write(fd_, text.data(), text.size());
    if (written >= 0) {
      text.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno == EAGAIN) {
      wait_until_writable(fd_);
    } else if (errno != EINTR) {
      error_ = errno;
    }
  }
}

}  // namespace opready::report
