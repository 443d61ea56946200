// SPDX-License-Identifier: Apache-2.0
// From category files to categories, with every fault of every file at once.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "opready/model/test_case.hpp"
#include "opready/specs/diagnostic.hpp"

namespace opready::specs {

struct LoadOptions {
  /// For cases whose file names no category. Empty: a file in the KEP's schema takes its base name, in the other
  /// schemas it's a fault.
  std::string default_category;
  /// Says what is wrong with a regular expression, nothing where it's right. Where this is empty none is checked.
  std::function<std::optional<std::string>(const std::string& pattern)> regexp_fault;
};

/// `categories` may only be used where `diagnostics` is empty: otherwise parts are missing.
struct Loaded {
  std::vector<model::Category> categories;
  std::vector<Diagnostic> diagnostics;
};

/// A category file that was read already; `name` stands in the places of its cases and faults.
struct SourceText {
  std::string name;
  std::string text;
};

/// Reads files and directories. A directory stands for its `*.yaml` and `*.yml` files and the `spec.yaml` of each of
/// its sub-directories, sorted by name. Throws base::Error (exit code 2) for a path that doesn't exist and for a
/// directory without any such file.
[[nodiscard]] Loaded load(const std::vector<std::filesystem::path>& paths, const LoadOptions& options);

/// The categories that the binary carries.
[[nodiscard]] Loaded load_embedded(const LoadOptions& options);

/// Every case gets its id here. Categories of the same name become one.
[[nodiscard]] Loaded load_texts(const std::vector<SourceText>& sources, const LoadOptions& options);

}  // namespace opready::specs
