// SPDX-License-Identifier: Apache-2.0
// The schema that KEP-2578 itself proposes.
#include <utility>

#include "schema.hpp"

namespace opready::specs {

namespace {

/// `ginkgoTag` and `ginkgoSkip` are what the KEP passes to e2e.test as focus and skip: regular expressions.
model::TestCase read_kep_case(const MappingReader& mapping, const SchemaContext& context) {
  model::TestCase test;
  test.place = context.faults.place(mapping.at());
  test.description = mapping.required_text("operationalReadinessDescription");
  test.focus = read_required_patterns(mapping, "ginkgoTag", context);
  test.skip = read_patterns(mapping, "ginkgoSkip", context);
  // Notes for people: e2e.test chooses its images and pods itself.
  for (const char* note : {"windowsImage", "linuxImage", "hasLinuxPods", "hasWindowsPods", "hasWindowsPodssPods"}) {
    mapping.note(note);
  }
  if (const std::optional<PlacedText> version = mapping.scalar("kubernetesVersion")) {
    add_version(test.kubernetes_versions, *version, context);
  }
  return test;
}

std::string category_name(const MappingReader& file, const std::string& base_name, const SchemaContext& context) {
  if (file.has("category")) {
    return file.required_text("category");
  }
  return context.options.default_category.empty() ? base_name : context.options.default_category;
}

}  // namespace

std::vector<model::Category> read_kep(const YamlNode& root, const std::string& base_name,
                                      const SchemaContext& context) {
  static const std::vector<std::string> file_keys{"category", "kubernetesVersions", "tests"};
  static const std::vector<std::string> case_keys{
      "ginkgoTag",      "ginkgoSkip",          "operationalReadinessDescription",
      "windowsImage",   "linuxImage",          "hasLinuxPods",
      "hasWindowsPods", "hasWindowsPodssPods", "kubernetesVersion"};
  const MappingReader file(root, file_keys, context.faults);
  const std::vector<model::Version> versions = read_versions(file, "kubernetesVersions", context);
  model::Category category{category_name(file, base_name, context), {}, {}};
  for (const YamlNodePtr& item : file.items("tests")) {
    model::TestCase test = read_kep_case(MappingReader(*item, case_keys, context.faults), context);
    test.category = category.name;
    if (test.kubernetes_versions.empty()) {
      test.kubernetes_versions = versions;
    }
    category.cases.push_back(std::move(test));
  }
  return {std::move(category)};
}

}  // namespace opready::specs
