// SPDX-License-Identifier: Apache-2.0
// Collects the faults of one file.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "opready/specs/diagnostic.hpp"

#include "yaml_tree.hpp"

namespace opready::specs {

class Faults {
 public:
  explicit Faults(std::string file) : file_(std::move(file)) {}

  void add(Position at, std::string message) { diagnostics_.push_back({place(at), std::move(message), {}}); }
  [[nodiscard]] model::SourcePlace place(Position at) const { return {file_, at.line, at.column}; }
  /// Without their source lines.
  [[nodiscard]] const std::vector<Diagnostic>& diagnostics() const { return diagnostics_; }

 private:
  std::string file_;
  std::vector<Diagnostic> diagnostics_;
};

}  // namespace opready::specs
