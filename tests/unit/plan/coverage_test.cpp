// SPDX-License-Identifier: Apache-2.0
// What cases prove, as specs come, go and change their names between releases.
#include "opready/plan/coverage.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace opready::plan {
namespace {

using model::Proves;

model::TestCase a_case(const std::string& id, const std::string& kep, Proves proves, const std::string& focus) {
  model::TestCase test;
  test.id = id;
  test.kep = kep;
  test.proves = proves;
  if (!focus.empty()) {
    test.focus = {focus};
  }
  return test;
}

suite::SuiteInfo a_release(const std::string& version, const std::vector<std::string>& names) {
  suite::SuiteInfo info{.name = "e2e", .description = "Kubernetes e2e suite", .version = version};
  for (const std::string& name : names) {
    info.specs.push_back({name, "test/e2e/a.go", 1});
  }
  return info;
}

const model::ItemCoverage& item_of(const model::Coverage& coverage, std::string_view id) {
  return *std::ranges::find_if(coverage.items, [&](const auto& item) { return item.item.id == id; });
}

TEST(Coverage, HasEveryItemAlsoWithoutAnyCase) {
  const model::Coverage coverage = plan::coverage({}, {a_release("v1.36.3", {"one"})});
  EXPECT_EQ(coverage.releases, std::vector<std::string>{"1.36"});
  EXPECT_EQ(coverage.items.size(), model::kep_items().size());
  EXPECT_TRUE(std::ranges::all_of(coverage.items, [](const model::ItemCoverage& item) {
    return item.levels == std::vector{Proves::none} && item.proofs.empty();
  }));
}

TEST(Coverage, OfAnItemIsTheBestThatACaseDoes) {
  const std::vector<model::Category> categories = {
      {"Core.Network",
       {},
       {a_case("part", "Core.Network.1", Proves::part, "one"), a_case("all", "Core.Network.1", Proves::all, "two"),
        a_case("dead", "Core.Network.2", Proves::all, "nowhere"), a_case("none", "Core.Network.3", Proves::none, "")}}};
  const model::Coverage coverage = plan::coverage(categories, {a_release("v1.36.3", {"one", "two"})});
  EXPECT_EQ(item_of(coverage, "Core.Network.1").levels, std::vector{Proves::all});
  EXPECT_EQ(item_of(coverage, "Core.Network.1").proofs.size(), 2U);
  EXPECT_EQ(item_of(coverage, "Core.Network.2").levels, std::vector{Proves::none});
  EXPECT_TRUE(item_of(coverage, "Core.Network.2").proofs.at(0).specs.empty());
  EXPECT_EQ(item_of(coverage, "Core.Network.3").levels, std::vector{Proves::none});
  EXPECT_TRUE(item_of(coverage, "Core.Network.3").proofs.at(0).specs.empty());
}

TEST(Coverage, TellsReleasesApartOnlyWhereTheyDiffer) {
  model::TestCase later = a_case("reboots", "Core.Storage.1", Proves::none, "");
  later.kubernetes_versions = {{.major = 1, .minor = 35, .patch = 0, .prerelease = ""}};
  const std::vector<model::Category> categories = {{"Core.Storage",
                                                    {},
                                                    {a_case("reboots", "Core.Storage.1", Proves::part, "reboot"), later,
                                                     a_case("same", "Core.Storage.3", Proves::all, "write"),
                                                     a_case("renamed", "Core.Storage.4", Proves::all, "read")}}};
  const model::Coverage coverage = plan::coverage(categories, {a_release("v1.34.4", {"reboot", "write", "read [Old]"}),
                                                               a_release("v1.35.4", {"reboot", "write", "read"}),
                                                               a_release("v1.36.3", {"reboot", "write", "read"})});
  const model::ItemCoverage& reboots = item_of(coverage, "Core.Storage.1");
  EXPECT_EQ(reboots.levels, (std::vector{Proves::part, Proves::none, Proves::none}));
  ASSERT_EQ(reboots.proofs.size(), 2U);
  EXPECT_EQ(reboots.proofs[0].releases, std::vector<std::string>{"1.34"});
  EXPECT_EQ(reboots.proofs[1].releases, (std::vector<std::string>{"1.35", "1.36"}));

  const model::ItemCoverage& same = item_of(coverage, "Core.Storage.3");
  ASSERT_EQ(same.proofs.size(), 1U);
  EXPECT_EQ(same.proofs[0].releases, (std::vector<std::string>{"1.34", "1.35", "1.36"}));

  const model::ItemCoverage& renamed = item_of(coverage, "Core.Storage.4");
  ASSERT_EQ(renamed.proofs.size(), 2U);
  EXPECT_EQ(renamed.proofs[0].specs.at(0).name, "read [Old]");
}

}  // namespace
}  // namespace opready::plan
