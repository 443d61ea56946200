// SPDX-License-Identifier: Apache-2.0
// Answers kubectl's questions.
#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "opready/base/shell_quote.hpp"
#include "opready/process/capture.hpp"

namespace opready::cluster {

/// Gives prepared answers, in order, and remembers what was asked.
class FakeCapture {
 public:
  explicit FakeCapture(std::vector<process::Captured> answers = {}) : answers_(std::move(answers)) {}

  [[nodiscard]] process::Capture capture() {
    return [this](const std::vector<std::vector<std::string>>& commands, std::chrono::milliseconds timeout) {
      for (const std::vector<std::string>& command : commands) {
        asked_.push_back(base::shell_joined(command));
      }
      timeout_ = timeout;
      return answers_;
    };
  }

  [[nodiscard]] const std::vector<std::string>& asked() const { return asked_; }
  [[nodiscard]] std::chrono::milliseconds timeout() const { return timeout_; }

 private:
  std::vector<process::Captured> answers_;
  std::vector<std::string> asked_;
  std::chrono::milliseconds timeout_{};
};

inline process::Captured printed(std::string out) {
  process::Captured captured;
  captured.exit.code = 0;
  captured.out = std::move(out);
  return captured;
}

inline process::Captured failed(std::string err, std::string out = "") {
  process::Captured captured;
  captured.exit.code = 1;
  captured.out = std::move(out);
  captured.err = std::move(err);
  return captured;
}

inline process::Captured not_started() {
  process::Captured captured;
  captured.start_error = "cannot start 'kubectl': no such file or directory";
  return captured;
}

}  // namespace opready::cluster
