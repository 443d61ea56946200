// SPDX-License-Identifier: Apache-2.0
// The seam through which text reaches the user's screen.
#pragma once

#include <string_view>

namespace opready::report {

/// Takes finished text; each call is one write where the system takes it whole.
class TextOutput {
 public:
  virtual ~TextOutput() = default;
  virtual void write(std::string_view text) = 0;
  /// Text that whoever shows it is to act on, as CI systems do; what passes through `write` may be kept from that.
  virtual void write_command(std::string_view text) { write(text); }
};

/// Writes to a file descriptor that it doesn't own. A write that fails (the reader went away, the terminal hung up)
/// silences it for good instead of throwing: a run and its reports outlive the terminal.
class DescriptorOutput final : public TextOutput {
 public:
  explicit DescriptorOutput(int fd) : fd_(fd) {}

  void write(std::string_view text) override;
  /// The errno of the write that failed; 0 as long as none did.
  [[nodiscard]] int error() const { return error_; }

 private:
  int fd_;
  int error_ = 0;
};

}  // namespace opready::report
