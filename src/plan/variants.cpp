// SPDX-License-Identifier: Apache-2.0
// The KEP's rule: the highest version close to the cluster's.
#include "opready/plan/variants.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

namespace opready::plan {
namespace {

using model::TestCase;
using model::Version;

/// 0.0.0 where the entry names no version.
Version floor_of(const TestCase& test) {
  const auto lowest = std::min_element(test.kubernetes_versions.begin(), test.kubernetes_versions.end());
  return lowest == test.kubernetes_versions.end() ? Version{} : *lowest;
}

bool by_floor(const TestCase* left, const TestCase* right) {
  return floor_of(*left) < floor_of(*right);
}

Variant fitting(std::vector<const TestCase*> entries, const Version& version) {
  const TestCase* const lowest = *std::min_element(entries.begin(), entries.end(), by_floor);
  std::erase_if(entries, [&](const TestCase* entry) { return floor_of(*entry) > version; });
  if (entries.empty()) {
    return {*lowest, fmt::format("only for Kubernetes {} and newer", floor_of(*lowest).minor_text())};
  }
  return {**std::max_element(entries.begin(), entries.end(), by_floor), ""};
}

}  // namespace

std::vector<Variant> resolve_variants(const std::vector<TestCase>& cases, const Version& version) {
  Version release = version;
  release.prerelease.clear();
  std::vector<std::vector<const TestCase*>> groups;
  for (const TestCase& test : cases) {
    const auto group =
        std::find_if(groups.begin(), groups.end(), [&](const auto& other) { return other.front()->id == test.id; });
    if (group == groups.end()) {
      groups.push_back({&test});
    } else {
      group->push_back(&test);
    }
  }
  std::vector<Variant> variants;
  variants.reserve(groups.size());
  for (auto& group : groups) {
    variants.push_back(fitting(std::move(group), release));
  }
  return variants;
}

}  // namespace opready::plan
