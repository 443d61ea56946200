// SPDX-License-Identifier: Apache-2.0
// The words in which people are told what changed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "opready/publish/comparison.hpp"

namespace opready::publish {

/// A line of the head, such as the version of Kubernetes; foreign text.
struct Fact {
  std::string_view name;
  std::string base;
  std::string newer;
};

[[nodiscard]] std::vector<Fact> facts(const Comparison& comparison);

/// Differences of one kind, never none.
struct ChangeGroup {
  std::string heading;  ///< "Newly failing (2)"
  std::vector<Difference> differences;
};

[[nodiscard]] std::vector<ChangeGroup> groups(const Comparison& comparison);

/// What each run tells in view of the change, as one line: an outcome and its reason, a duration, a name; "not there".
[[nodiscard]] std::string base_text(const Difference& difference);
[[nodiscard]] std::string newer_text(const Difference& difference);

/// The spec that it's about, by its newest name; empty where it's about the case, or about that name.
[[nodiscard]] std::string spec_text(const Difference& difference);

/// "No regression; 3 cases fail as before; 1 case is gone."
[[nodiscard]] std::string closing(const Comparison& comparison);

}  // namespace opready::publish
