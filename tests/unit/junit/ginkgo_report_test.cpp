// SPDX-License-Identifier: Apache-2.0
// Rows as e2e.test v1.36.3 writes them, shortened.
#include "opready/junit/ginkgo_report.hpp"

#include <optional>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "opready/junit/reader.hpp"

namespace opready::junit {
namespace {

using model::SpecStatus;

/// A report whose suite holds `cases`.
Report report_of(const std::string& cases, const std::string& special_reason = "") {
  return read_report(R"(<?xml version="1.0" encoding="UTF-8"?>
  <testsuites tests="7586" disabled="2447" errors="0" failures="0" time="0.280273809">
      <testsuite name="Kubernetes e2e suite" package="/tmp" tests="7586" time="0.280273809" timestamp="2026-11-21T08:52:38">
          <properties>
              <property name="SuiteSucceeded" value="true"></property>
              <property name="SpecialSuiteFailureReason" value=")" +
                         special_reason + R"("></property>
          </properties>
          )" + cases + "</testsuite></testsuites>",
                     "junit_01.xml");
}

constexpr const char* kFailedSpec =
    R"(<testcase name="[It] [sig-node] Sysctls [LinuxOnly] should not launch unsafe sysctls" classname="Kubernetes e2e suite" status="failed" time="30.001338736">
  <failure message="" type="failed">[FAILED] context deadline exceeded&#xA;In [It] at: k8s.io/kubernetes@v1.36.3/test/e2e/framework/framework.go:372 @ 11/21/26 08:55:24.24&#xA;</failure>
  <system-err>&gt; Enter [BeforeEach] [sig-node] Sysctls - k8s.io/kubernetes@v1.36.3/test/e2e/common/node/sysctl.go:38 @ 11/21/26 08:54:54.239&#xA;&gt; Enter [It] should not launch unsafe sysctls - k8s.io/kubernetes@v1.36.3/test/e2e/common/node/sysctl.go:162 @ 11/21/26 08:54:54.239&#xA;STEP: more&#xA;</system-err>
</testcase>)";

TEST(SpecName, IsWithoutTheVersionConstraintsBehindItButWithAllElse) {
  const std::vector<std::pair<std::string, std::optional<std::string>>> names = {
      {"[It] a [KubeletMinVersion:1.36] [kubelet: [>=1.36]]", "a [KubeletMinVersion:1.36]"},
      {"[It] a [kubelet: [>=1.35], apiserver: [>=1.34, <2]]", "a"},
      {"[It] a [Feature:X]", "a [Feature:X]"},
      {"[It] a [b [c]]", "a [b [c]]"},
      {"[It] a b: [c]]", "a b: [c]]"},
      {"[It] ]]", "]]"},
      {"[It] a\x1D[kubelet: [1]]", "a\xEF\xBF\xBD[kubelet: [1]]"},
      {"[SynchronizedBeforeSuite]", std::nullopt},
  };
  for (const auto& [reported, name] : names) {
    Case test;
    test.name = reported;
    EXPECT_EQ(spec_name(test), name);
  }
}

TEST(GinkgoReport, TellsAFailedSpecWithItsPlace) {
  const GinkgoReport result = ginkgo_report(report_of(kFailedSpec));
  ASSERT_EQ(result.specs.size(), 1U);
  model::SpecResult expected;
  expected.spec = {"[sig-node] Sysctls [LinuxOnly] should not launch unsafe sysctls", "test/e2e/common/node/sysctl.go",
                   162};
  expected.status = SpecStatus::failed;
  expected.duration = std::chrono::milliseconds(30001);
  expected.message = "[FAILED] context deadline exceeded";
  expected.failure =
      "[FAILED] context deadline exceeded\n"
      "In [It] at: k8s.io/kubernetes@v1.36.3/test/e2e/framework/framework.go:372 @ 11/21/26 08:55:24.24";
  EXPECT_EQ(result.specs.front(), expected);
  EXPECT_TRUE(result.node_failures.empty());
}

TEST(GinkgoReport, KeepsOnlySpecsThatRanOrSkippedThemselves) {
  const GinkgoReport result = ginkgo_report(report_of(R"xml(
    <testcase name="[SynchronizedBeforeSuite]" status="passed" time="0.22"></testcase>
    <testcase name="[ReportAfterSuite] Kubernetes e2e suite report" status="passed" time="0"></testcase>
    <testcase name="[It] one" status="passed" time="0"></testcase>
    <testcase name="[It] two" status="skipped" time="0"><skipped message="skipped"></skipped></testcase>
    <testcase name="[It] three" status="pending" time="0"><skipped message="pending"></skipped></testcase>
    <testcase name="[It] [It] four" status="skipped" time="0"><skipped message="skipped - Only supported for node OS distro [windows] (not debian)"></skipped></testcase>)xml"));
  ASSERT_EQ(result.specs.size(), 2U);
  EXPECT_EQ(result.specs[0].spec.name, "one");
  EXPECT_EQ(result.specs[0].status, SpecStatus::passed);
  EXPECT_EQ(result.specs[0].message, "");
  EXPECT_EQ(result.specs[1].spec.name, "[It] four");
  EXPECT_EQ(result.specs[1].status, SpecStatus::skipped);
  EXPECT_EQ(result.specs[1].message, "Only supported for node OS distro [windows] (not debian)");
}

struct State {
  const char* status;
  const char* element;
  SpecStatus expected;
};

std::ostream& operator<<(std::ostream& out, const State& state) {
  return out << state.status;
}

class States : public testing::TestWithParam<State> {};

TEST_P(States, BecomeStatuses) {
  const std::string element = GetParam().element;
  const std::string child = element.empty() ? "" : "<" + element + " message=\"m\">body</" + element + ">";
  const GinkgoReport result = ginkgo_report(report_of("<testcase name=\"[It] a\" status=\"" +
                                                      std::string(GetParam().status) + "\">" + child + "</testcase>"));
  ASSERT_EQ(result.specs.size(), 1U);
  EXPECT_EQ(result.specs.front().status, GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    GinkgoReport, States,
    testing::Values(State{"passed", "", SpecStatus::passed}, State{"failed", "failure", SpecStatus::failed},
                    State{"timedout", "failure", SpecStatus::timed_out},
                    State{"aborted", "failure", SpecStatus::failed},
                    State{"interrupted", "error", SpecStatus::cancelled},
                    State{"panicked", "error", SpecStatus::panicked}, State{"skipped", "skipped", SpecStatus::skipped},
                    State{"passed", "failure", SpecStatus::failed}, State{"failed", "", SpecStatus::failed},
                    State{"", "error", SpecStatus::failed}));

TEST(GinkgoReport, NamesSuiteNodesThatFailed) {
  const GinkgoReport result = ginkgo_report(report_of(
      R"(<testcase name="[SynchronizedBeforeSuite]" status="timedout" time="5">
        <failure message="" type="timedout">[TIMEDOUT] A suite timeout occurred&#xA;In [SynchronizedBeforeSuite]</failure></testcase>)",
      "Suite Timeout Elapsed"));
  EXPECT_TRUE(result.specs.empty());
  const std::vector<SuiteNodeFailure> expected = {
      {"[SynchronizedBeforeSuite]", "[TIMEDOUT] A suite timeout occurred\nIn [SynchronizedBeforeSuite]"}};
  EXPECT_EQ(result.node_failures, expected);
  EXPECT_EQ(result.special_failure_reason, "Suite Timeout Elapsed");
  EXPECT_TRUE(result.timed_out);
  EXPECT_FALSE(result.interrupted);
}

TEST(GinkgoReport, KnowsAnInterruption) {
  const GinkgoReport result = ginkgo_report(report_of("", "Interrupted by User"));
  EXPECT_TRUE(result.interrupted);
  EXPECT_FALSE(result.timed_out);
}

TEST(GinkgoReport, PassesTheFaultOn) {
  EXPECT_EQ(ginkgo_report(read_report("", "junit_01.xml")).fault, "junit_01.xml is empty");
}

TEST(GinkgoReport, CleansAndCutsTheFailure) {
  std::string body = "\n  \x1b[31mfirst\x1b[0m\n";
  for (int line = 0; line < 10'000; ++line) {
    body += "\xC3\xA4\xC3\xB6";
  }
  Report report = report_of(kFailedSpec);
  report.suites.front().cases.front().body = body;
  const GinkgoReport result = ginkgo_report(report);
  EXPECT_EQ(result.specs.at(0).message, "  first");
  // "  first\n" takes eight bytes: the limit falls between two letters of two bytes each.
  EXPECT_EQ(result.specs.at(0).failure.size(), model::kMaxFailureText);
  report.suites.front().cases.front().body = "x" + body.substr(1);
  EXPECT_EQ(ginkgo_report(report).specs.at(0).failure.size(), model::kMaxFailureText - 1);
}

TEST(GinkgoReport, TakesTheMessageWhereThereIsNoText) {
  const GinkgoReport result = ginkgo_report(report_of(R"(
    <testcase name="[It] a" status="failed"><failure message="why"/></testcase>
    <testcase name="[It] b" status="failed"><failure/></testcase>)"));
  EXPECT_EQ(result.specs.at(0).failure, "why");
  EXPECT_EQ(result.specs.at(1).failure, "the report doesn't say why it failed");
}

TEST(Reduced, DropsSpecsThatWereNotSelectedAndNothingElse) {
  const Report report = reduced(report_of(std::string(R"(
    <testcase name="[SynchronizedBeforeSuite]" status="passed"></testcase>
    <testcase name="[It] two" status="skipped"><skipped message="skipped"/></testcase>
    <testcase name="[It] three" status="pending"><skipped message="pending"/></testcase>
    <testcase name="[It] four" status="skipped"><skipped message="skipped - no"/></testcase>)") +
                                          kFailedSpec));
  std::vector<std::string> names;
  for (const Case& kept : report.suites.at(0).cases) {
    names.push_back(kept.name);
  }
  const std::vector<std::string> expected = {"[SynchronizedBeforeSuite]", "[It] four",
                                             "[It] [sig-node] Sysctls [LinuxOnly] should not launch unsafe sysctls"};
  EXPECT_EQ(names, expected);
  EXPECT_EQ(report.suites.at(0).properties.size(), 2U);
}

}  // namespace
}  // namespace opready::junit
