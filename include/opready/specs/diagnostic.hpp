// SPDX-License-Identifier: Apache-2.0
// Faults of category files, each with its place, as people read them.
#pragma once

#include <string>
#include <vector>

#include "opready/model/test_case.hpp"

namespace opready::specs {

/// One fault. `source_line` is the line it stands in, as the file has it.
struct Diagnostic {
  model::SourcePlace place;
  std::string message;
  std::string source_line;

  friend bool operator==(const Diagnostic&, const Diagnostic&) = default;
};

/// "core.yaml:4:10"
[[nodiscard]] std::string text(const model::SourcePlace& place);

/// All of them sorted by file and place, each as `file:line:column: error: message`, the source line and a line with a
/// caret below the place. The lines of a file with very long lines are left out.
[[nodiscard]] std::string render(std::vector<Diagnostic> diagnostics);

}  // namespace opready::specs
