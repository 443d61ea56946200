// SPDX-License-Identifier: Apache-2.0
// Tells the schemas of category files apart.
#include "schema.hpp"

namespace opready::specs {

std::vector<model::Category> read_document(const YamlNode& root, const std::string& base_name,
                                           const SchemaContext& context) {
  if (has_key(root, "tests")) {
    return read_kep(root, base_name, context);
  }
  if (has_key(root, "kubernetesVersions") && !has_key(root, "category")) {
    return read_talk(root, context);
  }
  if (has_key(root, "category") || has_key(root, "testCases")) {
    return read_native(root, context);
  }
  context.faults.add(root.at, "not a category file: it needs 'category' and 'testCases' at its top level");
  return {};
}

}  // namespace opready::specs
