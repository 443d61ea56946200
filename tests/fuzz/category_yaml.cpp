// SPDX-License-Identifier: Apache-2.0
// A category file is read as a whole, or each of its faults is named with its place.
#include <algorithm>
#include <set>
#include <string>

#include "opready/plan/matcher.hpp"
#include "opready/specs/loader.hpp"

#include "target.hpp"

namespace opready::fuzz {
namespace {

bool is_id(std::string_view id) {
  const auto lower_or_digit = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  return !id.empty() && id.size() <= 63 && lower_or_digit(id.front()) &&
         std::all_of(id.begin(), id.end(), [&](char c) { return lower_or_digit(c) || c == '.' || c == '-'; });
}

void check_patterns(const std::vector<std::string>& patterns) {
  for (const std::string& pattern : patterns) {
    require(!pattern.empty(), "focus and skip hold no empty pattern");
    require(!plan::regexp_fault(pattern), "focus and skip are regular expressions");
  }
}

void check_categories(const std::vector<model::Category>& categories) {
  std::set<std::string> names;
  for (const model::Category& category : categories) {
    require(names.insert(category.name).second, "categories of one name are one");
    for (const model::TestCase& test : category.cases) {
      require(test.category == category.name, "a case knows its category");
      require(is_id(test.id), "a case has an id");
      require(!test.description.empty(), "a case has a description");
      check_patterns(test.focus);
      check_patterns(test.skip);
    }
  }
}

void check_diagnostics(const std::vector<specs::Diagnostic>& diagnostics, std::string_view input) {
  const auto lines = std::count(input.begin(), input.end(), '\n') + 1;
  for (const specs::Diagnostic& diagnostic : diagnostics) {
    require(!diagnostic.message.empty(), "a fault has words");
    require(diagnostic.place.line >= 1 && diagnostic.place.line <= lines + 1, "a fault stands in a line of the file");
    require(diagnostic.place.column >= 1, "a fault stands in a column");
  }
  require_showable(specs::render(diagnostics), "what is said of faults");
}

}  // namespace

void category_yaml(std::string_view input) {
  const specs::Loaded loaded =
      specs::load_texts({{"fuzz.yaml", std::string(input)}}, {.regexp_fault = plan::regexp_fault});
  check_diagnostics(loaded.diagnostics, input);
  if (loaded.diagnostics.empty()) {
    check_categories(loaded.categories);
  }
}

}  // namespace opready::fuzz
