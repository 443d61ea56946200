// SPDX-License-Identifier: Apache-2.0
// Whole pages of eventful runs, and what keeps them short.
#include "opready/report/summary_markdown.hpp"

#include <gtest/gtest.h>

#include "opready/testing/golden.hpp"

#include "sample_run.hpp"

namespace opready::report {
namespace {

TEST(SummaryMarkdown, ShowsAnEventfulRun) {
  opready::testing::expect_matches_golden("report/summary.md", summary_markdown(testing::sample_record(), "out"));
}

TEST(SummaryMarkdown, ShowsWherePodsRan) {
  opready::testing::expect_matches_golden("report/summary_evidence.md",
                                          summary_markdown(testing::evidence_record(), "out dir"));
}

TEST(SummaryMarkdown, SaysThatARunWasKilledOrStopped) {
  model::RunRecord record = testing::sample_record();
  record.stop = {testing::sample_time(), 2, model::StopReason::signal, ""};
  EXPECT_NE(summary_markdown(record, "out").find("Took 3m05s, `stopped by SIGINT`.\n"), std::string::npos);
  record.finished.reset();
  EXPECT_NE(summary_markdown(record, "out").find("The run was ended before it finished.\n"), std::string::npos);
}

/// `count` cases of one category; each failed with much text.
model::RunRecord run_with_failures(int count) {
  model::RunStarted start = testing::sample_start();
  start.plan.cases.clear();
  std::string failure(500, '`');
  for (std::size_t at = 50; at < failure.size(); at += 50) {
    failure[at] = ' ';  // Longer rows are cut.
  }
  std::vector<model::Event> events;
  for (int number = 0; number < count; ++number) {
    const std::string id = "case-" + std::to_string(number);
    start.plan.cases.push_back(testing::sample_case("Core.Network", id, 30));
    model::CaseResult result;
    result.outcome = model::Outcome::failed;
    result.reason = std::string(5000, 'r');
    for (const model::Spec& spec : start.plan.cases.back().specs) {
      result.specs.push_back({spec, model::SpecStatus::failed, {}, "", failure, std::nullopt, {}});
    }
    events.emplace_back(testing::started(id));
    events.emplace_back(testing::finished(id, std::chrono::seconds(1), result));
  }
  events.insert(events.begin(), start);
  model::RunRecord record;
  for (const model::Event& event : events) {
    model::apply(record, event);
  }
  return record;
}

TEST(SummaryMarkdown, StaysWithinItsLimitWhateverFailed) {
  const model::RunRecord record = run_with_failures(200);
  const std::string page = summary_markdown(record, "out");
  EXPECT_LT(page.size(), 1024U * 1024U);
  EXPECT_GT(page.size(), 900U * 1024U);
  EXPECT_NE(page.find(" failures left out here; summary.json has all.*\n"), std::string::npos);
  const std::string small = summary_markdown(record, "out", 16384);
  EXPECT_LE(small.size(), 16384U);
  EXPECT_NE(small.find("| `Core.Network` | 200 |"), std::string::npos) << small;
}

TEST(SummaryMarkdown, NamesTheDirectoryOfTheRunThatFailedWhereRunsWereJoined) {
  model::RunRecord record = run_with_failures(1);
  record.cases[0].attempts[0].directory = "/runs/one";
  const std::string page = summary_markdown(record, "joined");
  EXPECT_NE(page.find("- log: `/runs/one/cases/case-0/attempt-1/e2e.log`\n"
                      "- again: `op-readiness --rerun-failed /runs/one --case case-0`\n"),
            std::string::npos)
      << page.substr(page.size() - 500);
}

TEST(CertificationMarkdown, AnswersWhatIsAskedOfVendors) {
  model::RunRecord record = testing::evidence_record();
  record.started.labels = {{"product", "Example Kubernetes | 1.0"}, {"windows", "ltsc2022"}};
  record.started.cluster.nodes = {
      {"win-0", "windows", "10.0.20348"}, {"win-1", "windows", "10.0.26100"}, {"win-2", "windows", "10.0.20348"}, {}};
  record.started.arguments = {"--category", "Core.*", "--label", "product=Example Kubernetes | 1.0"};
  record.cases[0].planned.test.kep = "Core.Network.10";
  record.cases[0].planned.test.proves = model::Proves::part;
  record.cases[1].planned.test.kep = "Core.Network.13";
  opready::testing::expect_matches_golden("report/certification.md", certification_markdown(record));
}

// Nobody wants the names of nodes and servers in a public issue.
TEST(CertificationMarkdown, NamesNoPlaceOfPods) {
  model::RunRecord record = testing::evidence_record();
  record.evidence_lacks = {"cannot list pods: Get https://api.example.org:6443: timeout"};
  const std::string page = certification_markdown(record);
  for (const char* const place : {"linux-0", "web-0", "api.example.org"}) {
    EXPECT_EQ(page.find(place), std::string::npos) << place;
  }
}

TEST(CertificationMarkdown, FitsAnIssue) {
  model::RunRecord record = run_with_failures(300);
  EXPECT_LT(certification_markdown(record).size(), 65536U);
}

}  // namespace
}  // namespace opready::report
