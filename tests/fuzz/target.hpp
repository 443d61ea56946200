// SPDX-License-Identifier: Apache-2.0
// Fuzz targets: functions that take any bytes as foreign input, and throw where op-readiness breaks a promise on it.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

#include "opready/base/sanitize.hpp"

namespace opready::fuzz {

/// A broken promise. No target catches it, so libFuzzer sees a crash, and a test a failure.
class Broken : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

inline void require(bool holds, std::string_view promise) {
  if (!holds) {
    throw Broken(std::string(promise));
  }
}

inline void require_showable(std::string_view text, std::string_view what) {
  require(base::sanitized(text) == text, std::string(what) + " is fit to be shown");
}

// Each has its seeds in corpus/<its name>.
void category_yaml(std::string_view input);
void events(std::string_view input);
void junit(std::string_view input);
void line_splitter(std::string_view input);
void list_tests(std::string_view input);
void watch_stream(std::string_view input);

}  // namespace opready::fuzz
