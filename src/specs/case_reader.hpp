// SPDX-License-Identifier: Apache-2.0
// Reads what test cases of several schemas have in common.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "opready/specs/loader.hpp"

#include "faults.hpp"
#include "mapping_reader.hpp"

namespace opready::specs {

struct SchemaContext {
  const LoadOptions& options;
  Faults& faults;
};

/// The keys of a case in our schema.
[[nodiscard]] const std::vector<std::string>& case_keys();

/// A case in our schema, all but its category; `id` is empty where the file gives none.
[[nodiscard]] model::TestCase read_case(const MappingReader& mapping, const SchemaContext& context);

/// The regular expressions listed under `key`, each of them and all joined checked.
[[nodiscard]] std::vector<std::string> read_patterns(const MappingReader& mapping, std::string_view key,
                                                     const SchemaContext& context);

/// As `read_patterns`, and reports a list that is absent or holds none.
[[nodiscard]] std::vector<std::string> read_required_patterns(const MappingReader& mapping, std::string_view key,
                                                              const SchemaContext& context);

[[nodiscard]] std::vector<model::Version> read_versions(const MappingReader& mapping, std::string_view key,
                                                        const SchemaContext& context);

/// `text` as a version in `versions`, or a fault.
void add_version(std::vector<model::Version>& versions, const PlacedText& text, const SchemaContext& context);

}  // namespace opready::specs
