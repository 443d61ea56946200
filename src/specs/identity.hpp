// SPDX-License-Identifier: Apache-2.0
// Gives every case its id, and finds cases that are there twice.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "opready/specs/diagnostic.hpp"

namespace opready::specs {

/// `[a-z0-9][a-z0-9.-]{0,62}`
[[nodiscard]] bool is_case_id(std::string_view text);

/// "core-network-ability-to-..." from "Core.Network" and a description: a valid id.
[[nodiscard]] std::string slug(std::string_view category, std::string_view description);

/// Cases of one category with the same `kep` and description are variants of one case: they share its id, and must
/// differ in the lowest of their Kubernetes versions. Cases without an id get a slug, made unique by a number.
/// Faults are added without source lines.
void assign_ids(std::vector<model::Category>& categories, std::vector<Diagnostic>& diagnostics);

}  // namespace opready::specs
