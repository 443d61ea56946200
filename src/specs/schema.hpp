// SPDX-License-Identifier: Apache-2.0
// The schemas of category files: each turns a document into categories. To add one, write its function, tell it apart
// in schema.cpp.
#pragma once

#include <string>
#include <vector>

#include "case_reader.hpp"
#include "yaml_tree.hpp"

namespace opready::specs {

/// Ours, which holds the older Go tool's `spec.yaml`: `category` and `testCases`.
[[nodiscard]] std::vector<model::Category> read_native(const YamlNode& root, const SchemaContext& context);

/// The single file shown in the project's talk: `kubernetesVersions`, and `testCases` that each name their category.
[[nodiscard]] std::vector<model::Category> read_talk(const YamlNode& root, const SchemaContext& context);

/// KEP-2578's own: `tests` with `ginkgoTag` and so on. `base_name` is the category of a file that names none.
[[nodiscard]] std::vector<model::Category> read_kep(const YamlNode& root, const std::string& base_name,
                                                    const SchemaContext& context);

/// By whichever of them the top-level keys say.
[[nodiscard]] std::vector<model::Category> read_document(const YamlNode& root, const std::string& base_name,
                                                         const SchemaContext& context);

}  // namespace opready::specs
