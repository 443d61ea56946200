// SPDX-License-Identifier: Apache-2.0
// What every way of ending is called.
#include "opready/run/classify.hpp"

#include <csignal>
#include <utility>

#include <gtest/gtest.h>

namespace opready::run {
namespace {

using model::Outcome;
using model::SpecStatus;

junit::GinkgoReport report_of(const std::vector<std::pair<std::string, SpecStatus>>& specs) {
  junit::GinkgoReport report;
  for (const auto& [name, status] : specs) {
    model::SpecResult& spec = report.specs.emplace_back();
    spec.spec.name = name;
    spec.status = status;
    spec.message = status == SpecStatus::skipped ? "no default StorageClass" : "";
  }
  return report;
}

Evidence evidence_of(process::ChildEnd end, std::optional<junit::GinkgoReport> report) {
  Evidence evidence;
  evidence.end = end;
  evidence.report = std::move(report);
  evidence.last_output = "last words\n";
  return evidence;
}

process::ChildEnd exited(int code) {
  return {.exit = {.code = code, .signal = {}}};
}
process::ChildEnd killed(int signal) {
  return {.exit = {.code = {}, .signal = signal}};
}

/// "outcome: reason".
std::string verdict(const model::CaseResult& result) {
  return std::string(model::to_string(result.outcome)) + ": " + result.reason;
}

const auto kPassed = report_of({{"a", SpecStatus::passed}});
const auto kFailed = report_of({{"a", SpecStatus::passed}, {"b", SpecStatus::failed}});
const auto kCutOff = report_of({{"a", SpecStatus::passed}, {"b", SpecStatus::cancelled}});

TEST(Classify, PassesWhenReportAndExitStatusAgree) {
  EXPECT_EQ(verdict(classify(evidence_of(exited(0), kPassed))), "passed: ");
}

TEST(Classify, FailsForAFailedSpecWhateverTheExitStatus) {
  EXPECT_EQ(verdict(classify(evidence_of(exited(1), kFailed))), "failed: 1 of 2 specs failed");
  EXPECT_EQ(verdict(classify(evidence_of(exited(0), kFailed))), "failed: 1 of 2 specs failed");
  EXPECT_EQ(verdict(classify(evidence_of(exited(1), report_of({{"a", SpecStatus::panicked}})))),
            "failed: its spec failed");
}

TEST(Classify, FailsForAnExitStatusThatNoSpecExplains) {
  const auto result = classify(evidence_of(exited(197), kPassed));
  EXPECT_EQ(verdict(result), "failed: e2e.test ended with exit status 197 although its report names no failure");
  EXPECT_EQ(result.detail, "last words\n");
}

TEST(Classify, IsSkippedWhenEverySpecSkippedItself) {
  EXPECT_EQ(verdict(classify(evidence_of(exited(0), report_of({{"a", SpecStatus::skipped}})))),
            "skipped: no default StorageClass");
}

TEST(Classify, DoesNotPassWhenNothingRan) {
  EXPECT_EQ(verdict(classify(evidence_of(exited(0), report_of({})))),
            "nothing_ran: e2e.test ended well, but its report shows that no spec ran");
}

TEST(Classify, TellsACrashFromAMissingReport) {
  EXPECT_EQ(verdict(classify(evidence_of(killed(SIGSEGV), std::nullopt))),
            "crashed: e2e.test was killed by SIGSEGV and left no report");
  EXPECT_EQ(verdict(classify(evidence_of(exited(2), std::nullopt))),
            "no_report: e2e.test left no report (exit status 2)");
  EXPECT_EQ(verdict(classify(evidence_of(killed(SIGSEGV), kPassed))), "crashed: e2e.test was killed by SIGSEGV");
}

TEST(Classify, CallsABrokenReportBroken) {
  junit::GinkgoReport broken = kPassed;
  broken.fault = "junit_a01.xml ends in the middle, at line 3";
  const auto result = classify(evidence_of(exited(0), broken));
  EXPECT_EQ(verdict(result), "broken_report: junit_a01.xml ends in the middle, at line 3");
  EXPECT_EQ(result.specs.size(), 1U) << "what could be read is kept";
}

TEST(Classify, NamesASuiteNodeThatFailed) {
  junit::GinkgoReport report;
  report.node_failures.push_back({"[SynchronizedBeforeSuite]", "no nodes are ready"});
  const auto result = classify(evidence_of(exited(1), report));
  EXPECT_EQ(verdict(result), "failed: [SynchronizedBeforeSuite] failed");
  EXPECT_EQ(result.detail, "no nodes are ready");
}

TEST(Classify, IsTimedOutWhenGinkgoSaysSo) {
  junit::GinkgoReport report = report_of({{"a", SpecStatus::timed_out}});
  report.timed_out = true;
  EXPECT_EQ(verdict(classify(evidence_of(exited(1), report))), "timed_out: its spec ran out of time");
}

TEST(Classify, IsTimedOutWhenWeHadToEndIt) {
  Evidence evidence = evidence_of(killed(SIGKILL), std::nullopt);
  evidence.stopped = StopCause::timeout;
  EXPECT_EQ(verdict(classify(evidence)), "timed_out: its time was up and it wrote no report (killed by SIGKILL)");
  evidence = evidence_of(exited(1), kCutOff);
  evidence.stopped = StopCause::timeout;
  EXPECT_EQ(verdict(classify(evidence)), "timed_out: its time was up and it had to be ended");
}

TEST(Classify, IsCancelledWhenTheUserStoppedIt) {
  Evidence evidence = evidence_of(exited(1), kCutOff);
  evidence.stopped = StopCause::user;
  EXPECT_EQ(verdict(classify(evidence)), "cancelled: stopped in the middle");
  evidence = evidence_of(killed(SIGKILL), std::nullopt);
  evidence.stopped = StopCause::user;
  EXPECT_EQ(verdict(classify(evidence)), "cancelled: stopped before it wrote a report (killed by SIGKILL)");
}

TEST(Classify, KeepsWhatWasDecidedBeforeTheUserStoppedIt) {
  Evidence evidence = evidence_of(exited(0), kPassed);
  evidence.stopped = StopCause::user;
  EXPECT_EQ(verdict(classify(evidence)), "passed: ");
  evidence = evidence_of(exited(1), report_of({{"a", SpecStatus::failed}, {"b", SpecStatus::cancelled}}));
  evidence.stopped = StopCause::user;
  EXPECT_EQ(verdict(classify(evidence)), "failed: 1 of 2 specs failed");
}

TEST(Classify, IsCancelledWhenTheUserStoppedItAfterItsLastSpec) {
  Evidence evidence = evidence_of(killed(SIGKILL), kPassed);
  evidence.stopped = StopCause::user;
  EXPECT_EQ(verdict(classify(evidence)), "cancelled: stopped after its last spec");
  evidence = evidence_of(exited(1), kPassed);
  evidence.report->node_failures.push_back({"[SynchronizedAfterSuite]", "interrupted"});
  evidence.stopped = StopCause::user;
  EXPECT_EQ(verdict(classify(evidence)), "cancelled: stopped after its last spec");
}

TEST(Classify, DoesNotTakeAnInterruptionByOthersForAPass) {
  EXPECT_EQ(verdict(classify(evidence_of(exited(1), kCutOff))), "failed: e2e.test was interrupted by somebody else");
}

TEST(Classify, AddsPlannedSpecsThatTheReportDoesNotShow) {
  Evidence evidence = evidence_of(exited(0), kPassed);
  evidence.planned = {{"a", "test/e2e/a.go", 7}, {"b", "test/e2e/b.go", 8}};
  auto result = classify(evidence);
  ASSERT_EQ(result.specs.size(), 2U);
  EXPECT_EQ(result.specs[0].spec, evidence.planned[0]) << "the place in the sources comes from the plan";
  EXPECT_EQ(result.specs[1].spec.name, "b");
  EXPECT_EQ(result.specs[1].status, SpecStatus::skipped);

  evidence.stopped = StopCause::user;
  EXPECT_EQ(classify(evidence).specs[1].status, SpecStatus::cancelled);
  EXPECT_EQ(verdict(classify(evidence)), "cancelled: stopped in the middle");
}

TEST(Classify, KeepsThatProcessesWereLeftBehind) {
  process::ChildEnd end = exited(0);
  end.leaked = true;
  const auto result = classify(evidence_of(end, kPassed));
  EXPECT_TRUE(result.leaked);
  EXPECT_EQ(result.outcome, Outcome::passed);
}

}  // namespace
}  // namespace opready::run
