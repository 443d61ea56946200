// SPDX-License-Identifier: Apache-2.0
// What cases come to for the item that they bear on.
#include "opready/report/kep_items.hpp"

#include <gtest/gtest.h>

#include "sample_run.hpp"

namespace opready::report {
namespace {

using model::NotRun;
using model::Outcome;
using model::Proves;
using model::SpecStatus;

model::CaseRecord case_of(Proves proves, std::optional<NotRun> not_run = {}) {
  model::CaseRecord record{testing::sample_case("Core.Network", "id", 1), {}};
  record.planned.test.kep = "Core.Network.3";
  record.planned.test.proves = proves;
  record.planned.not_run = not_run;
  return record;
}

model::CaseRecord attempted(Proves proves, Outcome outcome, SpecStatus status) {
  model::CaseRecord record = case_of(proves);
  model::CaseResult result;
  result.outcome = outcome;
  result.specs = {{record.planned.specs[0], status, {}, "", "", std::nullopt, {}}};
  record.attempts.push_back({testing::started("id"), "", testing::finished("id", {}, result), false, ""});
  return record;
}

ItemState state_of(std::vector<model::CaseRecord> cases, bool flaky_fails = false) {
  model::RunRecord record;
  record.started.flaky_fails = flaky_fails;
  record.cases = std::move(cases);
  return item_results(record).at(2).state;
}

TEST(KepItems, AreAllOfTheKepInItsOrder) {
  model::RunRecord record;
  record.cases = {case_of(Proves::all)};
  const std::vector<ItemResult> results = item_results(record);
  EXPECT_EQ(results.size(), model::kep_items().size());
  EXPECT_EQ(results[2].item.id, "Core.Network.3");
  EXPECT_EQ(results[2].cases, (std::vector<const model::CaseRecord*>{&record.cases[0]}));
  EXPECT_EQ(results[0].state, ItemState::not_chosen);
  EXPECT_TRUE(results[0].cases.empty());
}

TEST(KepItems, ArePassedByACaseThatProvesAllOfThem) {
  const auto all = attempted(Proves::all, Outcome::passed, SpecStatus::passed);
  const auto part = attempted(Proves::part, Outcome::passed, SpecStatus::passed);
  EXPECT_EQ(state_of({all}), ItemState::passed);
  EXPECT_EQ(state_of({part}), ItemState::passed_in_part);
  EXPECT_EQ(state_of({part, all, case_of(Proves::none, NotRun::no_upstream_spec)}), ItemState::passed);
  EXPECT_EQ(state_of({attempted(Proves::all, Outcome::passed, SpecStatus::skipped)}), ItemState::unsettled);
}

TEST(KepItems, AreAsGoodAsTheWorstOfTheirCases) {
  const auto passed = attempted(Proves::all, Outcome::passed, SpecStatus::passed);
  EXPECT_EQ(state_of({passed, attempted(Proves::part, Outcome::failed, SpecStatus::failed)}), ItemState::failed);
  EXPECT_EQ(state_of({attempted(Proves::part, Outcome::timed_out, SpecStatus::timed_out)}), ItemState::failed);
  EXPECT_EQ(state_of({passed, attempted(Proves::all, Outcome::unproven, SpecStatus::unproven)}), ItemState::unsettled);
  EXPECT_EQ(state_of({passed, case_of(Proves::all, NotRun::disruptive)}), ItemState::unsettled);
}

TEST(KepItems, TellWhatNobodyCanProveOrAsks) {
  EXPECT_EQ(state_of({case_of(Proves::none, NotRun::no_upstream_spec)}), ItemState::unprovable);
  EXPECT_EQ(state_of({case_of(Proves::all, NotRun::not_applicable)}), ItemState::not_applicable);
}

TEST(KepItems, FailByFlakesWhereThoseAreHeldAgainstTheRun) {
  auto flaky = attempted(Proves::all, Outcome::failed, SpecStatus::failed);
  flaky.attempts.push_back(attempted(Proves::all, Outcome::passed, SpecStatus::passed).attempts[0]);
  EXPECT_EQ(state_of({flaky}), ItemState::passed);
  EXPECT_EQ(state_of({flaky}, true), ItemState::failed);
}

}  // namespace
}  // namespace opready::report
