// SPDX-License-Identifier: Apache-2.0
// Entries of one case for several Kubernetes versions.
#include "opready/plan/variants.hpp"

#include <map>

#include <gtest/gtest.h>

namespace opready::plan {
namespace {

model::Version version(const std::string& text) {
  return model::Version::parse(text).value();
}

/// The description tells variants apart.
model::TestCase entry(const std::string& id, const std::string& description, const std::vector<std::string>& versions) {
  model::TestCase test;
  test.id = id;
  test.description = description;
  for (const std::string& text : versions) {
    test.kubernetes_versions.push_back(version(text));
  }
  return test;
}

TEST(ResolveVariants, TakesTheHighestFloorNotAboveTheVersion) {
  const std::vector<model::TestCase> entries = {entry("a", "newer", {"1.36", "1.34", "1.35"}), entry("a", "any", {}),
                                                entry("a", "newest", {"1.38"}), entry("a", "older", {"1.9"})};
  const std::map<std::string, std::string> rows = {
      {"v1.8.0", "any"},
      {"v1.9.0", "older"},
      {"v1.33.9", "older"},
      {"v1.34.0", "newer"},
      {"v1.34.0-rc.1", "newer"},
      {"v1.37.2", "newer"},
      {"v1.38.0-alpha.1+47", "newest"},
      {"v2.0.0", "newest"},
  };
  for (const auto& [text, description] : rows) {
    const auto variants = resolve_variants(entries, version(text));
    ASSERT_EQ(variants.size(), 1U);
    EXPECT_EQ(variants[0].test.description, description) << text;
    EXPECT_EQ(variants[0].unfit, "") << text;
  }
}

TEST(ResolveVariants, NamesTheNearestWhereNoneFits) {
  const auto variants =
      resolve_variants({entry("a", "newer", {"1.36"}), entry("a", "older", {"1.34", "1.35"})}, version("1.33"));
  ASSERT_EQ(variants.size(), 1U);
  EXPECT_EQ(variants[0].test.description, "older");
  EXPECT_EQ(variants[0].unfit, "only for Kubernetes 1.34 and newer");
}

TEST(ResolveVariants, KeepsTheOrderOfFirstEntries) {
  const auto variants =
      resolve_variants({entry("b", "b0", {}), entry("a", "a", {}), entry("b", "b30", {"1.30"})}, version("1.36"));
  ASSERT_EQ(variants.size(), 2U);
  EXPECT_EQ(variants[0].test.description, "b30");
  EXPECT_EQ(variants[1].test.description, "a");
}

}  // namespace
}  // namespace opready::plan
