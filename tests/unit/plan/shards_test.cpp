// SPDX-License-Identifier: Apache-2.0
// Which run of several performs which case.
#include "opready/plan/shards.hpp"

#include <algorithm>
#include <cstddef>
#include <set>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace opready::plan {
namespace {

using model::PlannedCase;
using std::chrono::milliseconds;
using std::chrono::seconds;

/// Selects a spec of its own, or those named.
PlannedCase a_case(const std::string& id, std::vector<std::string> specs = {}) {
  PlannedCase planned;
  planned.test.id = id;
  if (specs.empty()) {
    specs = {"spec of " + id};
  }
  for (const std::string& name : specs) {
    planned.specs.push_back({name, "", 0});
  }
  return planned;
}

PlannedCase serial(const std::string& id) {
  PlannedCase planned = a_case(id);
  planned.serial = true;
  return planned;
}

std::vector<PlannedCase> many(int count) {
  std::vector<PlannedCase> cases;
  for (int i = 0; i < count; ++i) {
    cases.push_back(a_case(fmt::format("case-{}", i)));
  }
  return cases;
}

/// How many of `shards` are `shard`.
std::ptrdiff_t in(const std::vector<int>& shards, int shard) {
  return std::count(shards.begin(), shards.end(), shard);
}

TEST(Shards, AreTheSameOnEveryMachine) {
  EXPECT_EQ(shards_of(many(12), 4, {}), (std::vector<int>{3, 4, 4, 2, 4, 1, 4, 2, 1, 1, 3, 4}));
}

TEST(Shards, AreBalancedRoughlyWhereNothingIsKnown) {
  const std::vector<int> shards = shards_of(many(1000), 4, {});
  for (int shard = 1; shard <= 4; ++shard) {
    EXPECT_NEAR(static_cast<double>(in(shards, shard)), 250, 50) << shard;
  }
}

TEST(Shards, KeepEachCaseWhereOthersAreAddedOrGo) {
  std::vector<PlannedCase> cases = many(100);
  std::vector<int> before = shards_of(cases, 4, {});
  cases.insert(cases.begin() + 50, a_case("new"));
  std::vector<int> after = shards_of(cases, 4, {});
  after.erase(after.begin() + 50);
  EXPECT_EQ(after, before);
  cases.erase(cases.begin());
  EXPECT_TRUE(std::equal(before.begin() + 1, before.begin() + 50, shards_of(cases, 4, {}).begin()));
}

TEST(Shards, MoveFewCasesWhereOneMoreIsAddedAndOnlyToThatOne) {
  const std::vector<int> four = shards_of(many(1000), 4, {});
  const std::vector<int> five = shards_of(many(1000), 5, {});
  int moved = 0;
  for (std::size_t i = 0; i < four.size(); ++i) {
    if (four[i] != five[i]) {
      EXPECT_EQ(five[i], 5);
      ++moved;
    }
  }
  EXPECT_NEAR(moved, 200, 50);
}

TEST(Shards, TakeTheLongestFirstEachWhereLeastIsToDo) {
  const std::vector<PlannedCase> cases = {a_case("short"), a_case("long"), a_case("middle"), a_case("shorter")};
  EXPECT_EQ(shards_of(cases, 2,
                      {{"short", seconds(4)}, {"long", seconds(10)}, {"middle", seconds(7)}, {"shorter", seconds(3)}}),
            (std::vector<int>{2, 1, 2, 1}));
}

TEST(Shards, TakeACaseOfUnknownDurationForAnAverageOne) {
  const std::vector<PlannedCase> cases = {a_case("a"), a_case("b"), a_case("new")};
  // 9 s, then 6 s for the mean of 9 s and 3 s, then 3 s to the one with 6 s.
  EXPECT_EQ(shards_of(cases, 2, {{"a", seconds(9)}, {"b", seconds(3)}, {"gone", seconds(100)}}),
            (std::vector<int>{1, 2, 2}));
}

TEST(Shards, DependOnNoOrderOfThePlan) {
  std::vector<PlannedCase> cases = many(20);
  const Durations durations = {{"case-3", seconds(3)}, {"case-7", seconds(3)}};
  std::vector<int> shards = shards_of(cases, 3, durations);
  std::reverse(cases.begin(), cases.end());
  std::reverse(shards.begin(), shards.end());
  EXPECT_EQ(shards_of(cases, 3, durations), shards);
}

TEST(Shards, KeepCasesTogetherThatSelectACommonSpec) {
  std::vector<PlannedCase> cases = many(40);
  cases[3] = a_case("left", {"a", "b"});
  cases[17] = a_case("middle", {"c", "d"});
  cases[35] = a_case("bridge", {"b", "c"});
  for (const Durations& durations : {Durations(), Durations({{"left", seconds(1)}})}) {
    const std::vector<int> shards = shards_of(cases, 8, durations);
    EXPECT_EQ(shards[3], shards[17]);
    EXPECT_EQ(shards[3], shards[35]);
  }
}

TEST(Shards, CountTheWorkOfCasesThatRunOnceForSeveralOnce) {
  std::vector<PlannedCase> cases = {a_case("a", {"s"}), a_case("b", {"s"}), a_case("c"), a_case("d")};
  cases[1].same_as = "a";
  // With "b" counted as well the two would be longer than "c".
  EXPECT_EQ(shards_of(cases, 2, {{"a", seconds(3)}, {"b", seconds(3)}, {"c", seconds(4)}, {"d", milliseconds(1500)}}),
            (std::vector<int>{2, 2, 1, 2}));
}

TEST(Shards, PutAllThatMustRunAloneIntoOne) {
  std::vector<PlannedCase> cases = many(20);
  for (const std::size_t place : {2U, 9U, 14U}) {
    cases[place] = serial(fmt::format("serial-{}", place));
  }
  for (const Durations& durations : {Durations(), Durations({{"serial-2", seconds(100)}})}) {
    const std::vector<int> shards = shards_of(cases, 8, durations);
    EXPECT_EQ(shards[2], shards[9]);
    EXPECT_EQ(shards[2], shards[14]);
  }
}

TEST(Shards, DivideAlsoWhatIsNotRun) {
  std::vector<PlannedCase> cases = many(100);
  for (PlannedCase& planned : cases) {
    planned.not_run = model::NotRun::no_upstream_spec;
    planned.specs.clear();
  }
  const std::vector<int> shards = shards_of(cases, 2, {{"case-1", seconds(1)}});
  EXPECT_NEAR(static_cast<double>(in(shards, 1)), 50, 20);
}

TEST(TakeShard, LeavesTheRestToOtherRunsSoThatAllTogetherHaveEachCaseOnce) {
  std::vector<PlannedCase> cases = many(30);
  cases[5].not_run = model::NotRun::disruptive;
  cases[5].not_run_detail = "it reboots nodes";
  std::multiset<std::string> taken;
  for (int number = 1; number <= 4; ++number) {
    std::vector<PlannedCase> own = cases;
    take_shard(own, {number, 4}, {});
    for (const PlannedCase& planned : own) {
      if (planned.not_run != model::NotRun::other_shard) {
        taken.insert(planned.test.id + ": " + planned.not_run_detail);
      }
    }
  }
  std::multiset<std::string> all;
  for (const PlannedCase& planned : cases) {
    all.insert(planned.test.id + ": " + planned.not_run_detail);
  }
  EXPECT_EQ(taken, all);
}

TEST(TakeShard, SaysWhereTheOthersAre) {
  std::vector<PlannedCase> cases = {a_case("a")};
  const int other = shards_of(cases, 2, {}).at(0);
  take_shard(cases, {3 - other, 2}, {});
  EXPECT_EQ(cases[0].not_run, model::NotRun::other_shard);
  EXPECT_EQ(cases[0].not_run_detail, fmt::format("in shard {} of 2", other));
}

TEST(HasSerialCases, CountsOnlyWhatIsToRun) {
  std::vector<PlannedCase> cases = {a_case("a"), serial("b")};
  EXPECT_TRUE(has_serial_cases(cases));
  cases[1].not_run = model::NotRun::disruptive;
  EXPECT_FALSE(has_serial_cases(cases));
}

TEST(PlanId, TellsPlansApart) {
  const std::vector<PlannedCase> cases = many(3);
  const std::string id = plan_id(cases, 4);
  EXPECT_EQ(id, "fec659db65290008");
  EXPECT_EQ(plan_id(cases, 4), id);
  std::set<std::string> ids = {id, plan_id(cases, 5), plan_id(many(4), 4)};
  std::vector<PlannedCase> other = cases;
  other[0].specs[0].name += 'x';
  ids.insert(plan_id(other, 4));
  other = cases;
  other[0].not_run = model::NotRun::disruptive;
  ids.insert(plan_id(other, 4));
  EXPECT_EQ(ids.size(), 5U);
}

}  // namespace
}  // namespace opready::plan
