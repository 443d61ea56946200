// SPDX-License-Identifier: Apache-2.0
// Pictures of listings.
#include <gtest/gtest.h>

#include "opready/report/listing_json.hpp"
#include "opready/report/listing_text.hpp"
#include "opready/testing/golden.hpp"

#include "sample_run.hpp"

namespace opready::report {
namespace {

using opready::testing::expect_matches_golden;

TEST(ListingText, ShowsEachCaseWithItsCommandAndSpecs) {
  const model::RunStarted start = testing::sample_start();
  expect_matches_golden("report/listing.txt", listing_text(start.plan, start.cluster, Terminal{}));
}

TEST(ListingText, IsColouredOnATerminal) {
  const model::RunStarted start = testing::sample_start();
  expect_matches_golden("report/listing_coloured.txt",
                        listing_text(start.plan, start.cluster, Terminal{true, true, 80}));
}

TEST(ListingText, SaysThatNamesComeFromTheCatalogueAndLeavesOutAnUnknownCluster) {
  model::Plan plan;
  plan.suites = {{.name = "e2e", .path = "", .version = "v1.36.3"}};
  EXPECT_EQ(listing_text(plan, {}, Terminal{}),
            "spec names of Kubernetes v1.36.3 come from the catalogue shipped with op-readiness\n"
            "\n"
            "0 cases in 0 categories: 0 to run with 0 specs\n");
}

TEST(ListingText, ShowsNoSecret) {
  model::Plan plan;
  plan.cases = {testing::sample_case("Core.Network", "a", 1)};
  plan.cases[0].command = {"e2e.test", "--token=hush"};
  const std::string text = listing_text(plan, {}, Terminal{});
  EXPECT_NE(text.find("\n  e2e.test '--token=[redacted]'\n"), std::string::npos) << text;
  EXPECT_EQ(listing_json(plan, {}).find("hush"), std::string::npos);
}

TEST(ListingJson, HasEveryKeyForEveryCase) {
  const model::RunStarted start = testing::sample_start();
  expect_matches_golden("report/listing.json", listing_json(start.plan, start.cluster));
}

TEST(ListingJson, SurvivesInvalidUtf8) {
  model::Plan plan;
  plan.cases = {testing::sample_case("Core.Network", "a", 0)};
  plan.cases[0].test.description = "\xff";
  EXPECT_NE(listing_json(plan, {}).find("\"description\": \"\xEF\xBF\xBD\""), std::string::npos);
}

TEST(ListingText, SaysNothingOfNodesThatNobodyAskedFor) {
  const std::string listing =
      listing_text(model::Plan{}, {.context = "practice", .server = "https://127.0.0.1:6443"}, Terminal{});
  EXPECT_EQ(listing.substr(0, listing.find('\n')), "context practice at https://127.0.0.1:6443");
}

}  // namespace
}  // namespace opready::report
