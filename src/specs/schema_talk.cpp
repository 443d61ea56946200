// SPDX-License-Identifier: Apache-2.0
// The single file shown in the project's talk, as its repository had it before `spec.yaml` files.
#include <algorithm>
#include <utility>

#include "schema.hpp"

namespace opready::specs {

namespace {

std::vector<std::string> talk_case_keys() {
  std::vector<std::string> keys = case_keys();
  // The images are what its authors found specs to use; e2e.test can't be told.
  keys.insert(keys.end(), {"category", "windows_image", "linux_image"});
  return keys;
}

model::TestCase read_talk_case(const MappingReader& mapping, const SchemaContext& context) {
  model::TestCase test = read_case(mapping, context);
  test.category = context.options.default_category;
  if (mapping.has("category") || test.category.empty()) {
    test.category = mapping.required_text("category");
  }
  mapping.note("windows_image");
  mapping.note("linux_image");
  return test;
}

void add(std::vector<model::Category>& categories, model::TestCase test) {
  auto found = std::find_if(categories.begin(), categories.end(),
                            [&](const model::Category& each) { return each.name == test.category; });
  if (found == categories.end()) {
    found = categories.insert(found, {test.category, {}, {}});
  }
  found->cases.push_back(std::move(test));
}

}  // namespace

std::vector<model::Category> read_talk(const YamlNode& root, const SchemaContext& context) {
  static const std::vector<std::string> file_keys{"kubernetesVersions", "testCases"};
  static const std::vector<std::string> keys = talk_case_keys();
  const MappingReader file(root, file_keys, context.faults);
  const std::vector<model::Version> versions = read_versions(file, "kubernetesVersions", context);
  file.require("testCases");
  std::vector<model::Category> categories;
  for (const YamlNodePtr& item : file.items("testCases")) {
    model::TestCase test = read_talk_case(MappingReader(*item, keys, context.faults), context);
    if (test.kubernetes_versions.empty()) {
      test.kubernetes_versions = versions;
    }
    add(categories, std::move(test));
  }
  return categories;
}

}  // namespace opready::specs
