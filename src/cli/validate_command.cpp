// SPDX-License-Identifier: Apache-2.0
// `validate`: every fault of category files at once.

#include <fmt/format.h>

#include "opready/base/counted.hpp"
#include "opready/base/exit_code.hpp"

#include "commands.hpp"
#include "preparation.hpp"
#include "standard_output.hpp"

namespace opready::cli {

int perform(const ValidateOptions& options) {
  std::size_t cases = 0;
  const std::vector<model::Category> categories = load_categories(options.source);
  for (const model::Category& category : categories) {
    cases += category.cases.size();
  }
  answer(fmt::format("no faults: {} in {}\n", base::counted(cases, "case"),
                     base::counted(categories.size(), "category", "categories")));
  return static_cast<int>(base::ExitCode::ok);
}

}  // namespace opready::cli
