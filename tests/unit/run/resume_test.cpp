// SPDX-License-Identifier: Apache-2.0
// Which plans are the same, and what of a plan is run again.
#include "opready/run/resume.hpp"

#include <functional>
#include <utility>

#include <gtest/gtest.h>

namespace opready::run {
namespace {

using Lines = std::vector<std::string>;

model::PlannedCase planned(const std::string& id) {
  model::PlannedCase planned;
  planned.test.id = id;
  planned.test.focus = {id};
  planned.test.placement = model::Placement::windows;
  planned.specs = {{id + " a"}, {id + " b"}};
  planned.timeout = std::chrono::hours(1);
  planned.command = {"./e2e.test",           "--kubeconfig",  "/k", "--context", "c", "--ginkgo.timeout=1h0m0s",
                     "--ginkgo.focus=" + id, "--token=secret"};
  return planned;
}

model::RunStarted begun() {
  model::RunStarted started;
  started.cluster = {.context = "c", .server = "https://a"};
  started.cluster.uid = "uid-a";
  started.plan.suites = {{.name = "e2e", .path = "./e2e.test", .version = "v1.36.3", .description = "K", .build = "1"}};
  started.plan.cases = {planned("x"), planned("y")};
  started.provider = "local";
  return started;
}

struct Change {
  const char* what;
  std::function<void(model::RunStarted&)> change;
  Lines differences;
};

class Differences : public ::testing::TestWithParam<Change> {};

TEST_P(Differences, AreNamed) {
  model::RunStarted now = begun();
  GetParam().change(now);
  EXPECT_EQ(differences(begun(), now), GetParam().differences);
}

INSTANTIATE_TEST_SUITE_P(
    Of, Differences,
    testing::Values(
        Change{"Nothing", [](auto&) {}, {}},
        Change{"WhatMayDiffer",
               [](auto& now) {
                 now.jobs = 7;
                 now.labels = {{"a", "b"}};
                 now.cluster.server = "https://another-name";
                 now.cluster.kubernetes_version = "v1.36.4";
                 model::PlannedCase& x = now.plan.cases.front();
                 x.timeout = std::chrono::hours(2);
                 x.command = {"/bin/e2e.test",
                              "--kubeconfig",
                              "/other",
                              "--context",
                              "c",
                              "--ginkgo.timeout=2h0m0s",
                              "--ginkgo.grace-period=1s",
                              "--ginkgo.focus=x",
                              "--token=[redacted]"};
               },
               {}},
        Change{"Cluster",
               [](auto& now) {
                 now.cluster.uid = "uid-b";
                 now.cluster.server = "https://b";
               },
               {"the cluster is another one: https://b, was https://a"}},
        Change{"ServerWhereTheClusterIsNotTold",
               [](auto& now) {
                 now.cluster.uid = "";
                 now.cluster.server = "https://b";
               },
               {"the cluster is another one: https://b, was https://a"}},
        Change{"Version",
               [](auto& now) {
                 now.plan.suites.front().version = "v1.36.4";
                 now.plan.suites.front().build = "2";
               },
               {"e2e.test is v1.36.4, was v1.36.3"}},
        Change{
            "Build", [](auto& now) { now.plan.suites.front().build = "2"; }, {"e2e.test is another build of v1.36.3"}},
        Change{"Options",
               [](auto& now) {
                 now.provider = "aws";
                 now.placement = "policy";
                 now.node_selector = {{"pool", "a"}, {"zone", "b"}};
                 now.shard = {1, 4};
               },
               {"--provider is aws, was local", "--place is policy, was not given",
                "--node-selector is pool=a,zone=b, was not given", "--shard is 1/4, was not given"}},
        Change{"Cases",
               [](auto& now) { now.plan.cases = {planned("z"), planned("x")}; },
               {"case y is no longer chosen", "case z was not chosen before"}},
        Change{"OrderOfCases", [](auto& now) { std::swap(now.plan.cases.at(0), now.plan.cases.at(1)); }, {}},
        Change{"Patterns",
               [](auto& now) {
                 now.plan.cases.at(0).test.skip = {"slow"};
                 now.plan.cases.at(0).command.emplace_back("--ginkgo.skip=slow");
               },
               {"case x has other patterns"}},
        Change{"Specs", [](auto& now) { now.plan.cases.at(1).specs.pop_back(); }, {"case y selects other specs"}},
        Change{"Consent",
               [](auto& now) { now.plan.cases.at(0).not_run = model::NotRun::disruptive; },
               {"case x is disruptive, was to be run"}},
        Change{"Placement",
               [](auto& now) { now.plan.cases.at(0).test.placement = model::Placement::mixed; },
               {"the placement of case x is mixed, was windows"}},
        Change{"Arguments",
               [](auto& now) { now.plan.cases.at(0).command.emplace_back("--delete-namespace=false"); },
               {"case x is started with other arguments"}}),
    [](const auto& tested) { return std::string(tested.param.what); });

TEST(Continued, KeepsCasesAndSpecsAndTakesCommandsAndBinaries) {
  model::RunStarted then = begun();
  then.run_id = "run";
  then.jobs = 1;
  then.plan.cases.front().command = {"./e2e.test", "--token=[redacted]"};
  model::RunStarted now = begun();
  now.run_id = "another";
  now.jobs = 4;
  now.labels = {{"pool", "b"}};
  now.flaky_fails = true;
  now.cluster.server = "https://b";
  now.process.pid = 4711;
  now.plan.suites.front().build = "2";
  now.plan.cases = {planned("x"), planned("z")};
  now.plan.cases.front().timeout = std::chrono::hours(2);
  const model::RunStarted run = continued(then, now);
  EXPECT_EQ(run.run_id, "run");
  EXPECT_EQ(run.jobs, 4);
  EXPECT_EQ(run.labels, now.labels);
  EXPECT_TRUE(run.flaky_fails);
  EXPECT_EQ(run.cluster.server, "https://b");
  EXPECT_EQ(run.process.pid, 4711);
  EXPECT_EQ(run.plan.suites.front().build, "2");
  ASSERT_EQ(run.plan.cases.size(), 2U);
  const model::PlannedCase& x = run.plan.cases.front();
  EXPECT_EQ(x.specs, (std::vector<model::Spec>{{"x a"}, {"x b"}}));
  EXPECT_EQ(x.command, now.plan.cases.front().command);
  EXPECT_EQ(x.timeout, std::chrono::hours(2));
  EXPECT_EQ(run.plan.cases.back().test.id, "y");
  EXPECT_EQ(run.plan.cases.back().command, planned("y").command);
}

TEST(Continued, NamesItsOwnSpecsWhereThePatternsSelectOthersByNow) {
  model::RunStarted now = begun();
  now.plan.cases.front().specs = {{"x c"}};
  now.plan.cases.front().command = {"./e2e.test", "--ginkgo.focus=c"};
  const model::PlannedCase x = continued(begun(), now).plan.cases.front();
  EXPECT_EQ(x.specs, (std::vector<model::Spec>{{"x a"}, {"x b"}}));
  EXPECT_EQ(x.command, (Lines{"./e2e.test", "--ginkgo.focus=^K x a$", "--ginkgo.focus=^K x b$"}));
  EXPECT_FALSE(x.part);
}

/// A run of `cases` whose first attempt at each came to `results`.
model::RunRecord finished_run(const std::vector<std::pair<std::string, model::CaseResult>>& results) {
  model::RunStarted started;
  for (const auto& [id, result] : results) {
    started.plan.cases.push_back(planned(id));
  }
  model::RunRecord record;
  model::apply(record, started);
  for (const auto& [id, result] : results) {
    model::apply(record, model::CaseStarted{.time = {}, .id = id});
    model::apply(record, model::CaseFinished{.time = {}, .id = id, .attempt = 1, .duration = {}, .result = result});
  }
  return record;
}

model::CaseResult result(model::Outcome outcome, std::vector<model::SpecResult> specs = {}) {
  model::CaseResult result;
  result.outcome = outcome;
  result.specs = std::move(specs);
  return result;
}

TEST(FailedPart, HoldsFailedSpecsOrAllOfTheCase) {
  const model::RunRecord record = finished_run(
      {{"passes", result(model::Outcome::passed)},
       {"fails", result(model::Outcome::failed, {{.spec = {"fails a"}, .status = model::SpecStatus::passed},
                                                 {.spec = {"fails b"}, .status = model::SpecStatus::failed}})},
       {"crashes", result(model::Outcome::crashed)},
       {"unproven", result(model::Outcome::unproven)},
       {"skips", result(model::Outcome::skipped)}});
  EXPECT_EQ(failed_part(record), (PlanPart{{"crashes", {}}, {"fails", {"fails b"}}, {"unproven", {}}}));
}

TEST(KeepOnly, LeavesWhatIsNamed) {
  model::Plan plan = begun().plan;
  keep_only({{"y", {"y b"}}}, plan);
  ASSERT_EQ(plan.cases.size(), 1U);
  const model::PlannedCase& y = plan.cases.front();
  EXPECT_EQ(y.specs, std::vector<model::Spec>{{"y b"}});
  EXPECT_TRUE(y.part);
  EXPECT_EQ(y.command.at(6), "--ginkgo.focus=^K y b$");
  EXPECT_EQ(part_of(plan), (PlanPart{{"y", {"y b"}}}));
}

TEST(KeepOnly, LeavesWholeCasesAsTheyAre) {
  model::Plan plan = begun().plan;
  keep_only({{"x", {}}}, plan);
  EXPECT_FALSE(plan.cases.front().part);
  EXPECT_EQ(plan.cases.front().command, planned("x").command);
  EXPECT_EQ(part_of(plan), (PlanPart{{"x", {}}}));
}

TEST(KeepOnly, NeverRunsAllWhereNoneIsLeft) {
  model::Plan plan = begun().plan;
  keep_only({{"x", {"renamed"}}}, plan);
  EXPECT_EQ(plan.cases.front().not_run, model::NotRun::selects_nothing);
  EXPECT_EQ(plan.cases.front().not_run_detail, "it selects none of the specs that failed before");
}

TEST(KeepOnly, RunsACaseWhoseStandInIsLeftOut) {
  model::Plan plan = begun().plan;
  plan.cases.back().same_as = "x";
  model::Plan both = plan;
  keep_only({{"y", {}}}, plan);
  EXPECT_EQ(plan.cases.front().same_as, "");
  keep_only({{"x", {}}, {"y", {}}}, both);
  EXPECT_EQ(both.cases.back().same_as, "x");
}

}  // namespace
}  // namespace opready::run
