// SPDX-License-Identifier: Apache-2.0
// Whole files for programs.
#include "opready/report/summary_json.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "opready/testing/golden.hpp"

#include "sample_run.hpp"

namespace opready::report {
namespace {

TEST(SummaryJson, ShowsAnEventfulRun) {
  opready::testing::expect_matches_golden("report/summary.json", summary_json(testing::sample_record()));
}

TEST(SummaryJson, ShowsWherePodsRan) {
  opready::testing::expect_matches_golden("report/summary_evidence.json", summary_json(testing::evidence_record()));
}

TEST(SummaryJson, ShowsARunThatWasKilledAsUnfinished) {
  model::RunRecord record = testing::sample_record();
  record.finished.reset();
  const std::string text = summary_json(record);
  EXPECT_NE(
      text.find("\"finished\": null,\n  \"duration_seconds\": null,\n  \"stopped_by\": null,\n  \"stopped\": null,"),
      std::string::npos)
      << text;
}

/// Whether the document has these lines, as they're indented at its top.
bool has_lines(const model::RunRecord& record, const std::string& lines) {
  return summary_json(record).find(lines) != std::string::npos;
}

TEST(SummaryJson, SaysWhyTheRunEndedEarlyAndWhatWasNotReached) {
  model::RunStarted start = testing::sample_start();
  start.plan.cases = {testing::sample_case("Core.Network", "a", 1)};
  model::RunRecord record;
  for (const model::Event& event : std::vector<model::Event>{
           start, model::StopRequested{testing::sample_time(), 0, model::StopReason::time_limit, "its time, 2h, is up"},
           model::RunFinished{testing::sample_time(), std::chrono::hours(2), std::nullopt}}) {
    model::apply(record, event);
  }
  EXPECT_TRUE(has_lines(record, R"(
  "stopped_by": null,
  "stopped": {
    "reason": "time_limit",
    "text": "stopped: its time, 2h, is up",
    "time": "2026-01-31T08:15:30.123Z"
  },
)")) << summary_json(record);
  EXPECT_TRUE(has_lines(record, R"("reason": "stopped: its time, 2h, is up",)"));
  record.finished->stopped_by = 2;
  EXPECT_TRUE(has_lines(record, R"("stopped_by": "SIGINT",)"));
}

TEST(SummaryJson, SaysThatTheRunIsAShardAndWasResumed) {
  model::RunRecord record = testing::sample_record();
  record.started.shard = model::Shard{2, 4};
  record.resumed = {model::RunResumed{.time = testing::sample_time()}};
  EXPECT_TRUE(has_lines(record, R"(
  "resumed": [
    "2026-01-31T08:15:30.123Z"
  ],
  "shard": {
    "number": 2,
    "count": 4
  },
)")) << summary_json(record);
}

TEST(SummaryJson, CountsTimeWhereItWasSpent) {
  model::RunStarted start = testing::sample_start();
  start.plan.cases = {testing::sample_case("Core.Network", "a", 1), testing::sample_case("Core.Network", "b", 1)};
  start.plan.cases[1].same_as = "a";
  model::CaseStarted again = testing::started("a", 2);
  again.specs = {"[sig-x] a spec 1"};
  model::CaseResult failed;
  failed.outcome = model::Outcome::failed;
  model::RunRecord record;
  for (const model::Event& event :
       std::vector<model::Event>{start, testing::started("a"), testing::finished("a", std::chrono::seconds(3), failed),
                                 again, testing::finished("a", std::chrono::seconds(2), failed, 2)}) {
    model::apply(record, event);
  }
  const nlohmann::json cases = nlohmann::json::parse(summary_json(record)).at("cases");
  EXPECT_EQ(cases[0]["ran_as"], nullptr);
  EXPECT_EQ(cases[0]["duration_seconds"], 5.0);
  EXPECT_EQ(cases[0]["attempts"][0]["part"], false);
  EXPECT_EQ(cases[0]["attempts"][1]["part"], true);
  EXPECT_EQ(cases[0]["attempts"][1]["duration_seconds"], 2.0);
  EXPECT_EQ(cases[1]["ran_as"], "a");
  EXPECT_EQ(cases[1]["duration_seconds"], 0.0);
  EXPECT_EQ(cases[1]["attempts"][1]["duration_seconds"], nullptr);
  EXPECT_EQ(cases[1]["attempts"][1]["log"], "cases/a/attempt-2/e2e.log");
}

TEST(SummaryJson, HidesSecretsAndTakesAnyBytes) {
  model::RunRecord record = testing::sample_record();
  record.started.cluster.server = "https://me:hunter2@host";
  record.started.labels = {{"a", "b\xff"}};
  const std::string text = summary_json(record);
  EXPECT_EQ(text.find("hunter2"), std::string::npos) << text;
  EXPECT_NE(text.find("\"a\": \"b\xEF\xBF\xBD\""), std::string::npos) << text;
}

TEST(SummaryJson, EscapesWhatCouldTurnATerminalsText) {
  model::RunRecord record = testing::sample_record();
  record.started.labels = {{"a", "\x7F \u0080 \u009B \u061C \u200E \u202E \u2066 \u2069 \u00A0 \u200B \u2026 \u0661"}};
  const std::string text = summary_json(record);
  EXPECT_NE(text.find(R"("a": "\u007f \u0080 \u009b \u061c \u200e \u202e \u2066 \u2069 )"
                      "\u00A0 \u200B \u2026 \u0661\""),
            std::string::npos)
      << text;
}

TEST(MetadataJson, IsFlatAndAllStrings) {
  model::RunRecord record = testing::sample_record();
  record.started.labels = {{"windows", "ltsc2022"}};
  record.started.cluster.nodes = {{"win-1", "windows", "10.0.26100"},
                                  {"win-0", "windows", "10.0.20348"},
                                  {"win-2", "windows", "10.0.20348"},
                                  {"lin-0", "linux", ""}};
  EXPECT_EQ(metadata_json(record), R"({
  "verdict": "NOT READY",
  "summary": "Windows readiness of Core.Network, Core.Scheduling, Extend.HostProcess: NOT READY, 3 of 9 cases failed",
  "cases": "9",
  "passed": "2",
  "failed": "3",
  "unproven": "0",
  "could_not_test": "0",
  "skipped": "1",
  "not_run": "3",
  "flaky": "1",
  "run_id": "0123456789abcdef",
  "started": "2026-01-31T08:15:30.123Z",
  "tool_version": "0.1.0",
  "context": "practice",
  "kubernetes_version": "v1.36.3",
  "windows_builds": "10.0.20348, 10.0.26100",
  "e2e_test_version": "v1.36.3",
  "label.windows": "ltsc2022"
}
)");
}

TEST(MetadataJson, SaysHowPodsWerePlacedAndWhatEvidenceLacks) {
  model::RunRecord record;
  record.started.placement = "taint";
  record.evidence_lacks = {"one", "two"};
  const std::string text = metadata_json(record);
  EXPECT_NE(text.find("\"placement\": \"taint\",\n  \"evidence_lacks\": \"one; two\"\n"), std::string::npos) << text;
}

}  // namespace
}  // namespace opready::report
