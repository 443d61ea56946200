// SPDX-License-Identifier: Apache-2.0
// Tests of started.json, finished.json and build-log.txt.
#include "opready/publish/build_files.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "opready/report/console_summary.hpp"
#include "opready/report/run_header.hpp"

#include "sample.hpp"

namespace opready::publish {
namespace {

using namespace testing;
using nlohmann::json;

json finished_of(const std::string& events) {
  return json::parse(finished_json(sample_record(events), Hosts::named));
}

TEST(StartedJson, SaysWhenAndWhere) {
  EXPECT_EQ(started_json(sample_record(sample_events()), {}),
            "{\n  \"timestamp\": 1769847330,\n  \"node\": \"build-7\"\n}\n");
}

TEST(StartedJson, SaysOfWhichCommits) {
  const CiJob ci{.type = "presubmit",
                 .name = "",
                 .build = "",
                 .owner = "k",
                 .repository = "r",
                 .pull_number = "12",
                 .refs = "main:aaa,12:bbb",
                 .commit = "bbb"};
  EXPECT_EQ(json::parse(started_json(sample_record(sample_events()), ci)),
            json::parse(R"({"timestamp": 1769847330, "node": "build-7", "pull": "12",
                            "repos": {"k/r": "main:aaa,12:bbb"}, "repo-commit": "bbb"})"));
}

TEST(FinishedJson, IsASuccessWhereTheRunIsOne) {
  json finished = finished_of(sample_events() + sample_end());
  EXPECT_EQ(finished["metadata"]["run_id"], "0123456789abcdef");
  EXPECT_EQ(finished["metadata"]["passed"], "2");
  EXPECT_EQ(finished["metadata"]["label.pool"], "ltsc2022");
  finished.erase("metadata");
  EXPECT_EQ(finished, json::parse(R"({"timestamp": 1769847340, "passed": true, "result": "SUCCESS",
                                      "job-version": "v1.36.3"})"));
}

TEST(FinishedJson, IsAFailureWhereACaseFailedOrCouldNotBeTested) {
  for (const model::Outcome outcome : {model::Outcome::failed, model::Outcome::unproven, model::Outcome::crashed}) {
    const json finished = finished_of(sample_events(outcome) + sample_end());
    EXPECT_EQ(finished["passed"], false);
    EXPECT_EQ(finished["result"], "FAILURE");
  }
}

TEST(FinishedJson, IsAFailureWhereTheRunsTimeWasUp) {
  const model::StopRequested stop{
      .time = sample_time(9), .reason = model::StopReason::time_limit, .detail = "its time"};
  EXPECT_EQ(finished_of(sample_events() + record::to_json_line(stop) + sample_end())["result"], "FAILURE");
}

TEST(FinishedJson, IsAbortedWhereASignalEndedTheRun) {
  const json finished = finished_of(sample_events() + sample_end(15));
  EXPECT_EQ(finished["passed"], false);
  EXPECT_EQ(finished["result"], "ABORTED");
  EXPECT_EQ(finished["timestamp"], 1769847340);
}

TEST(FinishedJson, IsAbortedAtTheLastThingKnownWhereTheRunWasKilled) {
  const json finished = finished_of(sample_events());
  EXPECT_EQ(finished["passed"], false);
  EXPECT_EQ(finished["result"], "ABORTED");
  EXPECT_EQ(finished["timestamp"], 1769847339);
}

TEST(FinishedJson, TellsARunFromOthersAndFromItselfBeforeItWentOn) {
  const model::RunRecord whole = sample_record(sample_events() + sample_end());
  const model::RunRecord killed = sample_record(sample_events());
  EXPECT_EQ(published_run(finished_json(whole, Hosts::named))->run, finished_run(whole));
  EXPECT_NE(published_run(finished_json(killed, Hosts::named))->run, finished_run(whole));
  model::RunRecord other = whole;
  other.started.run_id = "another";
  EXPECT_NE(published_run(finished_json(other, Hosts::named))->run, finished_run(whole));
  for (const std::string_view text : {"", "{", "[]", "{}", R"({"metadata": 1})", R"({"timestamp": 1769847340})"}) {
    EXPECT_FALSE(published_run(text)) << text;
  }
}

TEST(FinishedJson, TellsWhetherHostsAreMasked) {
  const model::RunRecord record = sample_record(sample_events() + sample_end());
  EXPECT_EQ(published_run(finished_json(record, Hosts::named))->hosts, Hosts::named);
  EXPECT_EQ(published_run(finished_json(record, Hosts::masked))->hosts, Hosts::masked);
  EXPECT_EQ(json::parse(finished_json(record, Hosts::masked))["metadata"]["hosts"], "masked");
}

TEST(BuildLog, IsTheRunFromItsHeaderToItsSummary) {
  const model::RunRecord record = sample_record(sample_events(model::Outcome::failed) + sample_end());
  EXPECT_EQ(build_log(record),
            "op-readiness 0.1.0, run 0123456789abcdef, 2026-01-31T08:15:30.123Z to 2026-01-31T08:15:40.123Z\n" +
                report::run_header(sample_start(), {}) +
                "\n"
                "2026-01-31T08:15:34.123Z FAILED dns in 3.0s: its spec failed\n"
                "  artifacts/cases/dns/attempt-1/e2e.log\n"
                "2026-01-31T08:15:38.123Z FAILED pods in 3.0s: its spec failed\n"
                "  artifacts/cases/pods/attempt-1/e2e.log\n"
                "2026-01-31T08:15:39.123Z PASSED dns (attempt 2) in 3.0s\n"
                "  artifacts/cases/dns/attempt-2/e2e.log\n" +
                report::console_summary(record, "artifacts", {}));
}

TEST(BuildLog, NamesWhatWasCutOffLast) {
  const std::string log =
      build_log(sample_record(record::to_json_line(sample_start()) + record::to_json_line(sample_case_start("dns", 1)) +
                              record::to_json_line(sample_case_start("pods", 1)) +
                              record::to_json_line(sample_case_end("pods", 4, model::Outcome::passed))));
  EXPECT_NE(log.find("2026-01-31T08:15:34.123Z PASSED pods in 3.0s\n"
                     "  artifacts/cases/pods/attempt-1/e2e.log\n"
                     "2026-01-31T08:15:31.123Z CANCELLED dns: "),
            std::string::npos)
      << log;
}

}  // namespace
}  // namespace opready::publish
