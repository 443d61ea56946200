// SPDX-License-Identifier: Apache-2.0
// Pictures of a run's first lines.
#include "opready/report/run_header.hpp"

#include <gtest/gtest.h>

#include "opready/report/plan_findings.hpp"

#include "sample_run.hpp"

namespace opready::report {
namespace {

model::RunStarted one_case() {
  model::RunStarted start = testing::sample_start();
  start.jobs = 1;
  start.plan.cases = {testing::sample_case("Core.Network", "core-network-dns", 1)};
  return start;
}

TEST(RunHeader, NamesClusterSuiteAmountAndFindings) {
  EXPECT_EQ(
      run_header(testing::sample_start(), Terminal{}),
      "context practice at https://127.0.0.1:6443: 2 Windows and 2 Linux nodes ready, Kubernetes v1.36.3\n"
      "e2e.test v1.36.3 (./e2e.test)\n"
      "5 cases to run, up to 2 at a time; 3 not run:\n"
      "  needs --allow-disruptive: core-scheduling-reboot\n"
      "  not for this Kubernetes version: extend-hostprocess-new\n"
      "  no upstream spec proves it: extend-hostprocess-none\n"
      "warning: core-network-pods selects 3 specs, expected 1\n"
      "warning: core-network-recreated selects no spec (focus 'delete and recreate services', skip "
      "'\\[LinuxOnly\\]'): it will be reported as failed\n"
      "warning: 1 of 5 cases to run leaves it to the scheduler where pods run, and 2 Linux nodes are open: a pass "
      "on those proves nothing; --place makes it count\n"
      "\n");
}

TEST(RunHeader, IsShortWhereThereIsNothingToSay) {
  EXPECT_EQ(run_header(one_case(), Terminal{}),
            "context practice at https://127.0.0.1:6443: 2 Windows and 2 Linux nodes ready, Kubernetes v1.36.3\n"
            "e2e.test v1.36.3 (./e2e.test)\n"
            "1 case to run\n"
            "\n");
}

TEST(RunHeader, SaysWhatItCouldNotLearnOfTheCluster) {
  model::RunStarted start = one_case();
  start.cluster = {"", "https://10.0.0.1", "", std::nullopt, std::nullopt};
  EXPECT_EQ(run_header(start, Terminal{}),
            "cluster at https://10.0.0.1: its nodes could not be counted\n"
            "e2e.test v1.36.3 (./e2e.test)\n"
            "1 case to run\n"
            "\n");
}

TEST(RunHeader, WarnsOfAVersionSkewOfMinorVersionsOnly) {
  model::RunStarted start = one_case();
  start.cluster.kubernetes_version = "v1.36.0";
  EXPECT_EQ(run_header(start, Terminal{}).find("warning"), std::string::npos);
  start.cluster.kubernetes_version = "v1.34.2";
  EXPECT_EQ(
      run_header(start, Terminal{true, false, 80}),
      "context practice at https://127.0.0.1:6443: 2 Windows and 2 Linux nodes ready, Kubernetes v1.34.2\n"
      "e2e.test v1.36.3 (./e2e.test)\n"
      "\x1b[33;38;5;130mwarning:\x1b[0m the specs are those of Kubernetes 1.36, but the cluster runs 1.34: some may "
      "fail for "
      "that alone\n"
      "1 case to run\n"
      "\n");
}

TEST(RunHeader, SaysHowPodsArePlacedAndWhatEvidenceLacks) {
  model::RunStarted start = one_case();
  start.plan.cases[0].test.placement = model::Placement::windows;
  start.placement = "policy";
  start.evidence_lacks = {"--no-evidence was given"};
  EXPECT_EQ(run_header(start, Terminal{}),
            "context practice at https://127.0.0.1:6443: 2 Windows and 2 Linux nodes ready, Kubernetes v1.36.3\n"
            "e2e.test v1.36.3 (./e2e.test)\n"
            "warning: evidence of where pods run is lacking: --no-evidence was given\n"
            "placement: an admission policy sends pods to Windows nodes\n"
            "1 case to run\n"
            "\n");
}

TEST(TaintNotice, NamesWhatFewSpecsTolerate) {
  model::ClusterFacts cluster;
  EXPECT_EQ(taint_notice(cluster, ""), "");
  cluster.windows_taints = {"os=windows:NoSchedule"};
  const std::string notice = taint_notice(cluster, "");
  EXPECT_EQ(
      notice,
      "Windows nodes have the taint os=windows:NoSchedule, which few specs tolerate: pods of the others will wait "
      "in vain; --place lets them tolerate it");
  EXPECT_EQ(taint_notice(cluster, "taint"), notice) << "tolerations are beyond that way";
  EXPECT_EQ(taint_notice(cluster, "policy"), "");
  cluster.windows_taints.push_back("a:NoExecute");
  EXPECT_NE(taint_notice(cluster, "").find("the taints os=windows:NoSchedule, a:NoExecute"), std::string::npos);
}

TEST(SchedulerNotice, CountsCasesThatMeanWindowsWhileLinuxNodesAreOpen) {
  model::Plan plan;
  for (const model::Placement placement : {model::Placement::windows, model::Placement::windows,
                                           model::Placement::mixed, model::Placement::own, model::Placement::none}) {
    plan.cases.push_back(testing::sample_case("Core.Network", "a", 1));
    plan.cases.back().test.placement = placement;
  }
  plan.cases.push_back(plan.cases[0]);
  plan.cases.back().not_run = model::NotRun::disruptive;
  model::ClusterFacts cluster;
  EXPECT_EQ(scheduler_notice(plan, cluster, ""), "") << "nobody knows of Linux nodes";
  cluster.linux_nodes_open = 0;
  EXPECT_EQ(scheduler_notice(plan, cluster, ""), "");
  cluster.linux_nodes_open = 1;
  EXPECT_EQ(scheduler_notice(plan, cluster, ""),
            "2 of 5 cases to run leave it to the scheduler where pods run, and 1 Linux node is open: a pass on those "
            "proves nothing; --place makes them count");
  EXPECT_EQ(scheduler_notice(plan, cluster, "taint"), "");
  plan.cases.resize(1);
  plan.cases[0].test.placement = model::Placement::own;
  EXPECT_EQ(scheduler_notice(plan, cluster, ""), "");
}

TEST(RunHeader, NamesFiveCasesOfAKindAndCountsTheRest) {
  model::RunStarted start = one_case();
  for (int number = 1; number <= 7; ++number) {
    model::PlannedCase planned = testing::sample_case("Core.Network", "case-" + std::to_string(number), 1);
    planned.not_run = model::NotRun::provider;
    start.plan.cases.push_back(planned);
  }
  EXPECT_EQ(run_header(start, Terminal{}),
            "context practice at https://127.0.0.1:6443: 2 Windows and 2 Linux nodes ready, Kubernetes v1.36.3\n"
            "e2e.test v1.36.3 (./e2e.test)\n"
            "1 case to run; 7 not run:\n"
            "  not for this provider: case-1, case-2, case-3, case-4, case-5 and 2 more\n"
            "\n");
}

}  // namespace
}  // namespace opready::report
