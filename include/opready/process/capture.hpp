// SPDX-License-Identifier: Apache-2.0
// Short commands run to their end, side by side, for what they print.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "opready/model/outcome.hpp"

namespace opready::process {

class ChildStarter;
class EventLoop;

struct Captured {
  model::ChildExit exit;
  bool timed_out = false;  ///< It was killed at the timeout.
  std::string out;
  std::string err;
  std::string start_error;  ///< Why it could not be started; the other fields are empty then.

  [[nodiscard]] bool succeeded() const { return start_error.empty() && !timed_out && exit.code == 0; }
};

/// Runs `commands` at the same time; results in the same order. The seam for whoever asks programs questions.
using Capture = std::function<std::vector<Captured>(const std::vector<std::vector<std::string>>& commands,
                                                    std::chrono::milliseconds timeout)>;

/// On `loop`, which may have more to do and is run until nothing is pending on it.
[[nodiscard]] std::vector<Captured> capture_on(EventLoop& loop, ChildStarter& starter,
                                               const std::vector<std::vector<std::string>>& commands,
                                               std::chrono::milliseconds timeout);

/// The real one. Has an event loop of its own and returns when all have ended.
[[nodiscard]] std::vector<Captured> capture(const std::vector<std::vector<std::string>>& commands,
                                            std::chrono::milliseconds timeout);

/// The same where nobody else takes signals yet: SIGINT, SIGTERM and SIGHUP end the commands, and then this throws
/// Error (exit code 128 + n), so that whoever holds private files can remove them.
[[nodiscard]] std::vector<Captured> stoppable_capture(const std::vector<std::vector<std::string>>& commands,
                                                      std::chrono::milliseconds timeout);

}  // namespace opready::process
