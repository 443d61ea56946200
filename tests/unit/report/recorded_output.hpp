// SPDX-License-Identifier: Apache-2.0
// Output that tests look at instead of a screen.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "opready/report/text_output.hpp"

namespace opready::report::testing {

class RecordedOutput final : public TextOutput {
 public:
  void write(std::string_view text) override {
    text_ += text;
    ++writes_;
  }
  /// What was written since the last call.
  std::string take() { return std::exchange(text_, ""); }
  [[nodiscard]] int writes() const { return writes_; }

 private:
  std::string text_;
  int writes_ = 0;
};

}  // namespace opready::report::testing
