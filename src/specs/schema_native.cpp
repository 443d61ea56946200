// SPDX-License-Identifier: Apache-2.0
// Our schema, which the older Go tool's files keep to as well.
#include <utility>

#include "schema.hpp"

namespace opready::specs {

std::vector<model::Category> read_native(const YamlNode& root, const SchemaContext& context) {
  static const std::vector<std::string> keys{"category", "aliases", "testCases"};
  const MappingReader file(root, keys, context.faults);
  model::Category category;
  category.name = context.options.default_category;
  if (file.has("category") || category.name.empty()) {
    category.name = file.required_text("category");
  }
  for (PlacedText& alias : file.texts("aliases")) {
    category.aliases.push_back(std::move(alias.text));
  }
  file.require("testCases");
  for (const YamlNodePtr& item : file.items("testCases")) {
    const MappingReader mapping(*item, case_keys(), context.faults);
    model::TestCase test = read_case(mapping, context);
    test.category = category.name;
    category.cases.push_back(std::move(test));
  }
  return {std::move(category)};
}

}  // namespace opready::specs
