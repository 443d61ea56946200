// SPDX-License-Identifier: Apache-2.0
// Which specs focus and skip select, exactly as Ginkgo decides it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "opready/model/spec.hpp"
#include "opready/suite/cache.hpp"

namespace opready::plan {

/// What is wrong with a regular expression in Go's (RE2's) syntax, such as "missing ): (foo"; nothing where it's right.
[[nodiscard]] std::optional<std::string> regexp_fault(const std::string& pattern);

/// What each filter selects, in the order of `specs`. As in Ginkgo the patterns of a focus, and those of a skip, are
/// joined by '|' and looked for anywhere in the suite's `description`, a space and the name; skip wins; a join without
/// any text is no filter. Throws a usage Error for a join that is no regular expression.
[[nodiscard]] suite::Selection select(const std::vector<model::Spec>& specs,
                                      const std::vector<suite::SpecFilter>& filters, std::string_view description);

}  // namespace opready::plan
