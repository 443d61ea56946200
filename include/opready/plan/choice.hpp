// SPDX-License-Identifier: Apache-2.0
// Which cases of the category files a user chose.
#pragma once

#include <string>
#include <vector>

#include "opready/model/test_case.hpp"

namespace opready::plan {

struct ChoiceOptions {
  /// Names, aliases or globs, in any letter case. Empty: all but Extra.*, or all where `cases` names some.
  std::vector<std::string> categories;
  std::vector<std::string> cases;     ///< Ids, in any letter case. Empty: all of the chosen categories.
  std::vector<std::string> excludes;  ///< Ids, in any letter case.
  std::string filter;  ///< A regular expression, looked for in id, category, description and KEP item. Empty: none.
};

/// The chosen cases, each with all its variants, in the order of `categories`. Throws Error: exit code 2 for a
/// category, case or exclude that doesn't exist and for a bad filter, exit code 4 where nothing is left.
[[nodiscard]] std::vector<model::TestCase> choose(const std::vector<model::Category>& categories,
                                                  const ChoiceOptions& options);

}  // namespace opready::plan
