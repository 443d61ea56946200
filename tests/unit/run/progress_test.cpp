// SPDX-License-Identifier: Apache-2.0
// Where a run goes on, by tables of what its attempts came to.
#include "opready/run/progress.hpp"

#include <csignal>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

namespace opready::run {
namespace {

using model::Outcome;
using model::SpecStatus;

/// A run of one case that selects the specs "a" and "b".
class Progress : public ::testing::Test {
 protected:
  Progress() {
    model::RunStarted started;
    started.process = {"host", "boot", "ns", 100, 1};
    model::PlannedCase& planned = started.plan.cases.emplace_back();
    planned.test.id = "case";
    planned.specs = {{"a"}, {"b"}};
    model::apply(record_, started);
  }

  void begin(std::vector<std::string> specs = {}) {
    ++attempts_;
    model::apply(record_, model::CaseStarted{.time = {},
                                             .id = "case",
                                             .attempt = attempts_,
                                             .slot = 0,
                                             .pid = 40 + attempts_,
                                             .pid_start = 7,
                                             .specs = std::move(specs)});
    model::apply(record_, model::E2eRunStarted{{}, "case", attempts_, fmt::format("run-{}", attempts_)});
  }

  void end(Outcome outcome, const std::vector<std::pair<std::string, SpecStatus>>& specs = {}) {
    model::CaseFinished finished{.time = {}, .id = "case", .attempt = attempts_};
    finished.result.outcome = outcome;
    for (const auto& [name, status] : specs) {
      finished.result.specs.push_back({.spec = {name}, .status = status});
    }
    model::apply(record_, finished);
  }

  void stop(model::StopReason reason = model::StopReason::signal) {
    model::apply(record_, model::StopRequested{.time = {}, .signal = SIGINT, .reason = reason, .detail = ""});
  }

  /// "2 attempts, 1 failure, next a b" or "..., done".
  [[nodiscard]] std::string text(int retries = 0) const {
    const std::vector<CaseProgress> progress = progress_of(record_, retries);
    EXPECT_EQ(progress.size(), record_.cases.size() + record_.in_other_shards.size());
    const CaseProgress& first = progress.at(0);
    EXPECT_EQ(cases_left(record_, retries), first.done ? 0U : 1U);
    return fmt::format("{} begun, {} failed, {}", first.attempts, first.failures,
                       first.done            ? "done"
                       : first.specs.empty() ? "next all"
                                             : fmt::format("next {}", fmt::join(first.specs, " ")));
  }

  model::RunRecord record_;
  int attempts_ = 0;
};

TEST_F(Progress, OfACaseThatWasNotBegun) {
  EXPECT_EQ(text(), "0 begun, 0 failed, next all");
}

TEST_F(Progress, EndsWithAResult) {
  for (const Outcome outcome : {Outcome::passed, Outcome::skipped, Outcome::failed, Outcome::crashed}) {
    begin();
    end(outcome);
    EXPECT_EQ(text().substr(text().rfind(',')), ", done") << model::to_string(outcome);
  }
}

TEST_F(Progress, OfAKilledAttemptIsMadeAgain) {
  begin();
  EXPECT_EQ(text(), "1 begun, 0 failed, next all");
  begin();
  end(Outcome::passed);
  EXPECT_EQ(text(), "2 begun, 0 failed, done");
}

TEST_F(Progress, OfACancelledAttemptIsMadeAgain) {
  begin();
  stop();
  end(Outcome::cancelled);
  EXPECT_EQ(text(), "1 begun, 0 failed, next all");
}

TEST_F(Progress, OfOneThatHadFailedWhenItWasStoppedIsMadeAgain) {
  begin();
  stop();
  end(Outcome::failed, {{"a", SpecStatus::failed}, {"b", SpecStatus::cancelled}});
  EXPECT_EQ(text(), "1 begun, 0 failed, next all");
}

TEST_F(Progress, OfOneThatCameToItsEndAlthoughItWasStopped) {
  begin();
  stop();
  end(Outcome::failed, {{"a", SpecStatus::failed}, {"b", SpecStatus::passed}});
  EXPECT_EQ(text(), "1 begun, 1 failed, done");
}

TEST_F(Progress, OfOneThatFailedInABeforeSuiteWhileOthersFailedFast) {
  begin();
  stop(model::StopReason::failures);
  end(Outcome::failed, {{"a", SpecStatus::cancelled}, {"b", SpecStatus::cancelled}});
  EXPECT_EQ(text(), "1 begun, 1 failed, done");
}

TEST_F(Progress, UsesRetriesThatAreLeft) {
  begin();
  end(Outcome::failed, {{"a", SpecStatus::failed}, {"b", SpecStatus::passed}});
  EXPECT_EQ(text(0), "1 begun, 1 failed, done");
  EXPECT_EQ(text(1), "1 begun, 1 failed, next a");
  begin({"a"});
  EXPECT_EQ(text(1), "2 begun, 1 failed, next a");
  EXPECT_EQ(text(0), "2 begun, 1 failed, done");
  begin({"a"});
  end(Outcome::failed, {{"a", SpecStatus::failed}});
  EXPECT_EQ(text(1), "3 begun, 2 failed, done");
  EXPECT_EQ(text(2), "3 begun, 2 failed, next a");
}

TEST_F(Progress, OfAFailureThatIsNoSpecsIsAllOfTheCase) {
  begin();
  end(Outcome::crashed, {{"a", SpecStatus::passed}, {"b", SpecStatus::cancelled}});
  EXPECT_EQ(text(1), "1 begun, 1 failed, next all");
}

TEST_F(Progress, OfAnUnprovenCaseHasNothingToRetry) {
  begin();
  end(Outcome::unproven, {{"a", SpecStatus::unproven}});
  EXPECT_EQ(text(3), "1 begun, 1 failed, done");
}

TEST_F(Progress, CountsNoCaseThatIsNotRun) {
  record_.cases.front().planned.not_run = model::NotRun::disruptive;
  EXPECT_EQ(cases_left(record_, 0), 0U);
  record_.cases.front().planned.not_run.reset();
  record_.cases.front().planned.same_as = "another";
  EXPECT_EQ(cases_left(record_, 0), 0U);
}

TEST_F(Progress, LeavesOutWhatOtherShardsPerform) {
  record_.in_other_shards.emplace_back();
  EXPECT_EQ(progress_of(record_, 0).size(), 2U);
  EXPECT_EQ(cases_left(record_, 0), 1U);
}

TEST_F(Progress, LeavesTheChildAndNamespacesOfAKilledAttempt) {
  begin();
  Unfinished unfinished = unfinished_of(record_);
  EXPECT_EQ(unfinished.children, (std::vector<process::Identity>{{"host", "boot", "ns", 41, 7}}));
  EXPECT_EQ(unfinished.e2e_runs, std::vector<std::string>{"run-1"});
  model::apply(record_, model::RunResumed{.time = {}, .process = {"host", "boot-2", "ns", 200, 2}});
  begin();
  unfinished = unfinished_of(record_);
  EXPECT_EQ(unfinished.children, (std::vector<process::Identity>{{"host", "boot-2", "ns", 42, 7}}));
  EXPECT_EQ(unfinished.e2e_runs, std::vector<std::string>{"run-2"});
}

TEST_F(Progress, LeavesNoChildOfACancelledAttemptButItsNamespaces) {
  begin();
  stop();
  end(Outcome::cancelled);
  EXPECT_TRUE(unfinished_of(record_).children.empty());
  EXPECT_EQ(unfinished_of(record_).e2e_runs, std::vector<std::string>{"run-1"});
}

TEST_F(Progress, LeavesNothingOfAFinishedAttempt) {
  begin();
  end(Outcome::failed);
  EXPECT_TRUE(unfinished_of(record_).children.empty());
  EXPECT_TRUE(unfinished_of(record_).e2e_runs.empty());
}

}  // namespace
}  // namespace opready::run
