// SPDX-License-Identifier: Apache-2.0
// Whole files for programs.
#include "opready/report/summary_json.hpp"

#include <gtest/gtest.h>

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
  EXPECT_NE(text.find("\"finished\": null,\n  \"duration_seconds\": null,\n  \"stopped_by\": null,"), std::string::npos)
      << text;
}

TEST(SummaryJson, HidesSecretsAndTakesAnyBytes) {
  model::RunRecord record = testing::sample_record();
  record.started.cluster.server = "https://me:hunter2@host";
  record.started.labels = {{"a", "b\xff"}};
  const std::string text = summary_json(record);
  EXPECT_EQ(text.find("hunter2"), std::string::npos) << text;
  EXPECT_NE(text.find("\"a\": \"b\xEF\xBF\xBD\""), std::string::npos) << text;
}

TEST(MetadataJson, IsFlatAndAllStrings) {
  model::RunRecord record = testing::sample_record();
  record.started.labels = {{"windows", "ltsc2022"}};
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
  "run_id": "0123456789abcdef",
  "tool_version": "0.1.0",
  "kubernetes_version": "v1.36.3",
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
