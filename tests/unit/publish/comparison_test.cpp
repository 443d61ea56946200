// SPDX-License-Identifier: Apache-2.0
// What counts as a change, by pairs of small runs.
#include "opready/publish/comparison.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "a_run.hpp"

namespace opready::publish {
namespace {

using namespace std::chrono_literals;
using model::Outcome;
using model::SpecStatus;
using testing::ARun;
using testing::ASpec;

/// A line a difference: "newly_failing! dns/a spec: passed > failed", "!" for a regression.
std::string text(const Comparison& comparison) {
  std::string text;
  for (const Difference& difference : comparison.differences) {
    const auto side = [&](const std::optional<Told>& told) {
      return !told ? "-" : difference.change == Change::renamed ? told->name : told->outcome;
    };
    const std::string spec =
        difference.of_spec ? "/" + (difference.newer ? difference.newer : difference.base)->name : "";
    text += fmt::format("{}{} {}{}: {} > {}\n", to_string(difference.change), difference.regression ? "!" : "",
                        difference.case_id, spec, side(difference.base), side(difference.newer));
  }
  return text;
}

Comparison comparison_of(const ARun& base, const ARun& newer, double factor = kSlowerFactor) {
  return compare({base.record(), "base"}, {newer.record(), "new"}, factor);
}

std::string changes(const ARun& base, const ARun& newer, double factor = kSlowerFactor) {
  return text(comparison_of(base, newer, factor));
}

ARun one(Outcome outcome, SpecStatus status, std::chrono::milliseconds duration = 1s) {
  return ARun().of_case("dns", outcome, {{"a spec", status, duration}});
}

ARun without_specs(Outcome outcome) {
  return ARun().of_case("dns", outcome, {});
}

const ARun kPassed = one(Outcome::passed, SpecStatus::passed);
const ARun kFailed = one(Outcome::failed, SpecStatus::failed);
const ARun kNotRun = ARun().of_case("dns", Outcome::not_run);

TEST(Compare, FindsNothingInTheSameRun) {
  EXPECT_EQ(changes(kPassed, kPassed), "");
  const Comparison comparison = comparison_of(kFailed, kFailed);
  EXPECT_EQ(text(comparison), "");
  EXPECT_EQ(comparison.still_failing, 1);
  EXPECT_FALSE(has_regression(comparison));
}

TEST(Compare, TellsOfSpecsWhatTheyShow) {
  EXPECT_EQ(changes(kPassed, kFailed), "newly_failing! dns/a spec: passed > failed\n");
  EXPECT_EQ(changes(kFailed, kPassed), "fixed dns/a spec: failed > passed\n");
  const ARun base = ARun().of_case("dns", Outcome::failed, {{"a", SpecStatus::failed}, {"b"}});
  const ARun newer = ARun().of_case("dns", Outcome::failed, {{"a"}, {"b", SpecStatus::timed_out}});
  EXPECT_EQ(changes(base, newer), "newly_failing! dns/b: passed > timed_out\nfixed dns/a: failed > passed\n");
  EXPECT_EQ(comparison_of(base, newer).still_failing, 1);
}

TEST(Compare, TellsOfTheCaseWhatItsSpecsDoNot) {
  EXPECT_EQ(changes(kPassed, ARun().of_case("dns", Outcome::crashed, {{"a spec", {}}})),
            "newly_failing! dns: passed > crashed\n");
  EXPECT_EQ(changes(kPassed, without_specs(Outcome::nothing_selected)),
            "no_longer_passing! dns: passed > nothing_selected\n");
}

TEST(Compare, ARegressionIsWhatFailsNowOrPassesNoMore) {
  EXPECT_TRUE(has_regression(comparison_of(kPassed, kFailed)));
  EXPECT_EQ(changes(kPassed, kNotRun), "no_longer_passing! dns: passed > not_run\n");
  EXPECT_EQ(changes(kPassed, one(Outcome::unproven, SpecStatus::unproven)),
            "no_longer_passing! dns/a spec: passed > unproven\n");
  EXPECT_EQ(changes(kPassed, one(Outcome::skipped, SpecStatus::skipped)),
            "no_longer_passing! dns/a spec: passed > skipped\n");
  EXPECT_EQ(changes(kPassed, without_specs(Outcome::cancelled)), "no_longer_passing! dns: passed > cancelled\n");
  EXPECT_EQ(changes(kNotRun, kFailed), "newly_failing! dns: not_run > failed\n");
  EXPECT_EQ(changes(one(Outcome::unproven, SpecStatus::unproven), kFailed),
            "newly_failing! dns/a spec: unproven > failed\n");
}

TEST(Compare, ASpecThatPassedInAFailedCaseMustPassAgain) {
  const std::vector<ASpec> specs = {{"a"}, {"b"}, {"c", SpecStatus::failed}};
  const ARun base = ARun().of_case("dns", Outcome::failed, specs);
  const ARun not_run = ARun().of_case("dns", Outcome::not_run, specs);
  const std::string lost = "no_longer_passing! dns/a: passed > \nno_longer_passing! dns/b: passed > \n";
  EXPECT_EQ(changes(base, ARun().of_case("dns", Outcome::crashed, {{"a", {}}, {"b", {}}, {"c", {}}})),
            lost + "changed dns: failed > crashed\n");
  EXPECT_EQ(changes(base, not_run), lost + "changed dns: failed > not_run\n");
  EXPECT_EQ(changes(base, without_specs(Outcome::nothing_selected)), lost + "changed dns: failed > nothing_selected\n");
  EXPECT_EQ(changes(base, ARun(not_run).not_applicable()), "changed dns: failed > not_run\n");
}

TEST(Compare, WhereNothingWasSelectedNothingHadFailed) {
  EXPECT_EQ(changes(without_specs(Outcome::nothing_selected), kFailed),
            "newly_failing! dns: nothing_selected > failed\n");
}

TEST(Compare, WhatNeverPassedOrDoesNotApplyIsNoRegression) {
  EXPECT_EQ(changes(kNotRun, kPassed), "fixed dns: not_run > passed\n");
  EXPECT_EQ(changes(kFailed, kNotRun), "changed dns: failed > not_run\n");
  EXPECT_EQ(changes(without_specs(Outcome::crashed), without_specs(Outcome::timed_out)),
            "changed dns: crashed > timed_out\n");
  EXPECT_EQ(changes(kPassed, ARun(kNotRun).not_applicable()), "changed dns: passed > not_run\n");
}

TEST(Compare, KnowsWhatIsNewAndWhatIsGone) {
  EXPECT_EQ(changes(kPassed, ARun()), "gone dns: passed > -\n");
  EXPECT_EQ(changes(ARun(), kPassed), "added dns: - > passed\n");
  EXPECT_EQ(changes(ARun(), kFailed), "newly_failing! dns: - > failed\nadded dns: - > failed\n");
}

TEST(Compare, KnowsNewSpecsOfACaseAndThoseThatAreGone) {
  const ARun base = ARun().of_case("dns", Outcome::passed, {{"a"}, {"b"}});
  const ARun more = ARun().of_case("dns", Outcome::failed, {{"a"}, {"b"}, {"c", SpecStatus::failed}});
  EXPECT_EQ(changes(base, more), "newly_failing! dns/c: - > failed\nadded dns/c: - > failed\n");
  EXPECT_EQ(changes(more, base), "fixed dns: failed > passed\ngone dns/c: failed > -\n");
}

TEST(Compare, MissesNothingThatARerunLeftOut) {
  const ARun base = ARun().of_case("dns", Outcome::failed, {{"a", SpecStatus::failed}, {"b"}, {"c"}});
  const ARun rerun = ARun().of_case("dns", Outcome::passed, {{"a"}}).part();
  EXPECT_EQ(changes(base, rerun), "fixed dns/a: failed > passed\n");
  EXPECT_EQ(changes(rerun, base), "newly_failing! dns/a: passed > failed\n");
}

TEST(Compare, RerunsOfDifferentSpecsHaveNothingInCommon) {
  const ARun first = ARun().of_case("dns", Outcome::passed, {{"a"}}).part();
  const ARun second = ARun().of_case("dns", Outcome::passed, {{"b", SpecStatus::skipped}}).part();
  EXPECT_EQ(changes(first, second), "");
}

TEST(Compare, TakesSpecsOfOneNameForOne) {
  const ARun run = ARun().of_case("dns", Outcome::passed, {{"a"}, {"a"}, {"b"}});
  EXPECT_EQ(changes(run, run), "");
}

TEST(Compare, KnowsARenamedSpecByItsNameWithoutTags) {
  const ARun base = ARun().of_case("dns", Outcome::passed, {{"[sig-network] DNS  works [LinuxOnly]"}, {"x"}, {"y"}});
  const ARun newer =
      ARun().of_case("dns", Outcome::failed, {{"[sig-network] DNS works", SpecStatus::failed}, {"v"}, {"w"}});
  EXPECT_EQ(changes(base, newer),
            "newly_failing! dns/[sig-network] DNS works: passed > failed\n"
            "renamed dns/[sig-network] DNS works: [sig-network] DNS  works [LinuxOnly] > [sig-network] DNS works\n"
            "added dns/v: - > passed\n"
            "added dns/w: - > passed\n"
            "gone dns/x: passed > -\n"
            "gone dns/y: passed > -\n");
}

TEST(Compare, KnowsARenamedSpecWhereItIsTheOnlyOneLeft) {
  const ARun base = ARun().of_case("dns", Outcome::passed, {{"a"}, {"b is old"}});
  const ARun newer = ARun().of_case("dns", Outcome::passed, {{"c is new"}, {"a"}});
  EXPECT_EQ(changes(base, newer), "renamed dns/c is new: b is old > c is new\n");
  const ARun crashed = ARun().of_case("dns", Outcome::crashed, {{"c is new", {}}, {"a", {}}});
  EXPECT_EQ(changes(base, crashed),
            "newly_failing! dns: passed > crashed\nrenamed dns/c is new: b is old > c is new\n");
}

TEST(Compare, KnowsARenamedCaseByItemAndDescription) {
  const ARun base = ARun()
                        .of_case("old-1", Outcome::passed)
                        .kep("Core.Network.3", "Pods resolve names")
                        .of_case("old-2", Outcome::passed)
                        .kep("Core.Network.3", "Nodes do");
  const ARun newer = ARun()
                         .of_case("new-2", Outcome::passed)
                         .kep("Core.Network.3", "Nodes do")
                         .of_case("new-1", Outcome::failed, {{"a spec", SpecStatus::failed}})
                         .kep("Core.Network.3", "Pods resolve names");
  EXPECT_EQ(changes(base, newer),
            "newly_failing! new-1/a spec: passed > failed\n"
            "renamed new-2: old-2 > new-2\n"
            "renamed new-1: old-1 > new-1\n");
}

TEST(Compare, KnowsARenamedCaseWhereItIsTheOnlyOneLeftOfItsItem) {
  const ARun base = ARun().of_case("old", Outcome::passed).kep("Core.Network.3", "Pods resolve names");
  EXPECT_EQ(changes(base, ARun().of_case("new", Outcome::passed).kep("Core.Network.3", "Reworded")),
            "renamed new: old > new\n");
  EXPECT_EQ(changes(base, ARun().of_case("new", Outcome::passed).kep("Core.Network.4", "Reworded")),
            "added new: - > passed\ngone old: passed > -\n");
  const ARun own = ARun().of_case("old", Outcome::passed);
  EXPECT_EQ(changes(own, ARun().of_case("new", Outcome::passed)), "added new: - > passed\ngone old: passed > -\n");
}

TEST(Compare, CasesOfOneItemThatWereChosenSinglyAreDifferentOnes) {
  ARun base = ARun().of_case("a", Outcome::passed).kep("Core.Network.3", "Pods do");
  base.started().whole_categories = false;
  const ARun newer = ARun().of_case("b", Outcome::passed).kep("Core.Network.3", "Nodes do");
  EXPECT_EQ(changes(base, newer), "added b: - > passed\ngone a: passed > -\n");
  EXPECT_EQ(changes(newer, base), "added a: - > passed\ngone b: passed > -\n");
}

TEST(Compare, ACaseOfAnotherShardIsNotRenamed) {
  const ARun base = ARun().of_case("a", Outcome::passed).kep("Core.Network.3", "Pods do");
  const ARun newer = ARun().of_case("b", Outcome::passed).kep("Core.Network.3", "Nodes do").in_other_shard("a");
  EXPECT_EQ(changes(base, newer), "added b: - > passed\ngone a: passed > -\n");
  EXPECT_EQ(changes(newer, base), "added a: - > passed\ngone b: passed > -\n");
}

TEST(Compare, NamesWhatIsFlakyAndWhatIsNoMore) {
  const ARun flaky = ARun(kFailed).attempt(Outcome::passed, {{"a spec"}});
  EXPECT_EQ(changes(kPassed, flaky), "flaky dns/a spec: passed > passed\n");
  EXPECT_EQ(changes(kPassed, ARun(flaky).flaky_fails()), "flaky! dns/a spec: passed > passed\n");
  EXPECT_EQ(changes(kFailed, flaky), "fixed dns/a spec: failed > passed\nflaky dns/a spec: failed > passed\n");
  EXPECT_EQ(changes(kFailed, ARun(flaky).flaky_fails()), changes(kFailed, flaky)) << "it's better than before";
  EXPECT_EQ(changes(flaky, kPassed), "no_longer_flaky dns/a spec: passed > passed\n");
  EXPECT_EQ(changes(flaky, flaky), "");
  EXPECT_EQ(changes(kPassed,
                    ARun().of_case("dns", Outcome::crashed, {{"a spec", {}}}).attempt(Outcome::passed, {{"a spec"}})),
            "flaky dns: passed > passed\n");
}

TEST(Compare, NamesWhatTakesMuchLonger) {
  const auto passed_in = [](std::chrono::milliseconds duration) {
    return one(Outcome::passed, SpecStatus::passed, duration);
  };
  const std::string slower = "slower dns/a spec: passed > passed\n";
  EXPECT_EQ(changes(passed_in(5s), passed_in(10s)), slower);
  EXPECT_EQ(changes(passed_in(5s), passed_in(9999ms)), "");
  EXPECT_EQ(changes(passed_in(100ms), passed_in(5s)), "") << "less than five seconds longer";
  EXPECT_EQ(changes(passed_in(10s), passed_in(16s), 1.5), slower);
  EXPECT_EQ(changes(passed_in(0s), passed_in(20s)), "") << "it was never measured";
  EXPECT_EQ(changes(passed_in(5s), one(Outcome::failed, SpecStatus::failed, 60s)),
            "newly_failing! dns/a spec: passed > failed\n");
}

TEST(Compare, FindsACaseSlowWhoseSpecsAreNot) {
  const auto passed_in = [](std::chrono::milliseconds each) {
    return ARun().of_case("dns", Outcome::passed, {{"a", SpecStatus::passed, each}, {"b", SpecStatus::passed, each}});
  };
  EXPECT_EQ(changes(passed_in(3s), passed_in(6s)), "slower dns: passed > passed\n");
}

TEST(Compare, TellsWhatTheRunsWereMadeOf) {
  ARun run = kPassed;
  run.started().run_id = "0123";
  run.started().cluster.context = "practice";
  run.started().cluster.kubernetes_version = "v1.36.3";
  run.started().cluster.nodes = {{"win-0", "windows", "10.0.20348"}, {"lin-0", "linux", ""}};
  run.started().plan.suites = {{.name = "e2e", .version = "v1.36.3"}, {.name = "own"}};
  const ComparedRun head = comparison_of(kFailed, run).newer;
  EXPECT_EQ(head.directory, "new");
  EXPECT_EQ(head.run_id, "0123");
  EXPECT_EQ(head.context, "practice");
  EXPECT_EQ(head.kubernetes_version, "v1.36.3");
  EXPECT_EQ(head.windows_builds, std::vector<std::string>{"10.0.20348"});
  EXPECT_EQ(head.suites, (std::vector<std::string>{"e2e v1.36.3", "own"}));
  EXPECT_FALSE(head.finished);
  EXPECT_EQ(head.counts.passed, 1);
}

}  // namespace
}  // namespace opready::publish
