// SPDX-License-Identifier: Apache-2.0
// Which cases run once for several.
#include "opready/plan/duplicates.hpp"

#include <chrono>
#include <string>

#include <gtest/gtest.h>

namespace opready::plan {
namespace {

using model::PlannedCase;

PlannedCase selecting(const std::string& id, const std::vector<std::string>& specs) {
  PlannedCase planned;
  planned.test.id = id;
  for (const std::string& name : specs) {
    planned.specs.push_back({name, "a.go", 1});
  }
  return planned;
}

/// What the second of two cases with the same specs runs as, once `change` made it differ.
template <typename Change>
std::string second_runs_as(const Change& change) {
  std::vector<PlannedCase> cases = {selecting("first", {"a", "b"}), selecting("second", {"a", "b"})};
  change(cases[1]);
  credit_duplicates(cases);
  EXPECT_EQ(cases[0].same_as, "");
  return cases[1].same_as;
}

TEST(CreditDuplicates, LetsTheFirstRunForAllThatSelectTheSameSpecsInAnyOrder) {
  std::vector<PlannedCase> cases = {selecting("first", {"a", "b"}), selecting("other", {"a"}),
                                    selecting("second", {"b", "a"}), selecting("third", {"a", "b"})};
  credit_duplicates(cases);
  EXPECT_EQ(cases[0].same_as, "");
  EXPECT_EQ(cases[1].same_as, "");
  EXPECT_EQ(cases[2].same_as, "first");
  EXPECT_EQ(cases[3].same_as, "first");
}

TEST(CreditDuplicates, LeavesAloneWhatMeansSomethingElseByTheSameSpecs) {
  EXPECT_EQ(second_runs_as([](PlannedCase& /*same*/) {}), "first");
  EXPECT_EQ(second_runs_as([](PlannedCase& second) { second.test.suite = "e2e_node"; }), "");
  EXPECT_EQ(second_runs_as([](PlannedCase& second) { second.test.placement = model::Placement::windows; }), "");
  EXPECT_EQ(second_runs_as([](PlannedCase& second) { second.timeout = std::chrono::hours(2); }), "");
  EXPECT_EQ(second_runs_as([](PlannedCase& second) { second.serial = true; }), "");
}

TEST(CreditDuplicates, CountsOnlyWhatIsToRun) {
  EXPECT_EQ(second_runs_as([](PlannedCase& second) { second.not_run = model::NotRun::disruptive; }), "");
  std::vector<PlannedCase> cases = {selecting("first", {"a"}), selecting("second", {"a"})};
  cases[0].not_run = model::NotRun::provider;
  credit_duplicates(cases);
  EXPECT_EQ(cases[1].same_as, "") << "the first won't have a result to share";
}

}  // namespace
}  // namespace opready::plan
