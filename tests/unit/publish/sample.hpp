// SPDX-License-Identifier: Apache-2.0
// A small run on two nodes, and the report directory that it left.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>

#include "opready/model/event.hpp"
#include "opready/record/event_json.hpp"
#include "opready/record/event_log.hpp"
#include "opready/testing/temp_dir.hpp"

namespace opready::publish::testing {

/// `seconds` after 2026-01-31T08:15:30.123Z, which is 1769847330 in seconds since 1970.
inline base::Timestamp sample_time(int seconds) {
  return base::Timestamp(std::chrono::milliseconds(1769847330123)) + std::chrono::seconds(seconds);
}

inline model::PlannedCase sample_case(const std::string& id) {
  model::PlannedCase planned;
  planned.test.id = id;
  planned.test.category = "My.Checks";
  planned.test.description = "What it is about";
  planned.specs = {{"[sig-x] " + id, "test/e2e/x.go", 7}};
  planned.timeout = std::chrono::hours(1);
  return planned;
}

inline model::RunStarted sample_start() {
  model::RunStarted started;
  started.time = sample_time(0);
  started.run_id = "0123456789abcdef";
  started.tool_version = "0.1.0";
  started.process.host = "build-7";
  started.cluster = {.context = "staging",
                     .server = "https://api.example.com:6443",
                     .kubernetes_version = "v1.36.3",
                     .windows_nodes_ready = 1,
                     .linux_nodes_ready = 1,
                     .nodes = {{"win-0", "windows", "10.0.20348"}, {"lin-0", "linux", ""}}};
  started.plan.cases = {sample_case("dns"), sample_case("pods")};
  started.categories = {"My.Checks"};
  started.labels = {{"pool", "ltsc2022"}};
  return started;
}

inline model::CaseStarted sample_case_start(const std::string& id, int seconds, int attempt = 1) {
  return {.time = sample_time(seconds), .id = id, .attempt = attempt};
}

inline model::CaseFinished sample_case_end(const std::string& id, int seconds, model::Outcome outcome,
                                           int attempt = 1) {
  model::CaseFinished finished{
      .time = sample_time(seconds), .id = id, .attempt = attempt, .duration = std::chrono::seconds(3)};
  const bool passed = outcome == model::Outcome::passed;
  finished.result.outcome = outcome;
  finished.result.reason = passed ? "" : "its spec failed";
  finished.result.specs = {{.spec = sample_case(id).specs.front(),
                            .status = passed ? model::SpecStatus::passed : model::SpecStatus::failed,
                            .duration = std::chrono::seconds(2),
                            .message = passed ? "" : "no answer from 10.0.0.1",
                            .failure = passed ? "" : "no answer from 10.0.0.1\nwin-0 was asked",
                            .log_offset = 100}};
  return finished;
}

/// dns fails, then passes; pods comes to `pods`.
inline std::string sample_events(model::Outcome pods = model::Outcome::passed) {
  std::string text;
  for (const model::Event& event : std::vector<model::Event>{
           sample_start(), sample_case_start("dns", 1), sample_case_end("dns", 4, model::Outcome::failed),
           sample_case_start("dns", 5, 2), sample_case_start("pods", 5), sample_case_end("pods", 8, pods),
           sample_case_end("dns", 9, model::Outcome::passed, 2)}) {
    text += record::to_json_line(event);
  }
  return text;
}

inline std::string sample_end(std::optional<int> stopped_by = std::nullopt) {
  return record::to_json_line(
      model::RunFinished{.time = sample_time(10), .duration = std::chrono::seconds(10), .stopped_by = stopped_by});
}

inline model::RunRecord sample_record(const std::string& events) {
  return record::parse_event_log(events, "events.jsonl");
}

inline std::filesystem::path write_sample_report(const opready::testing::TempDir& directory) {
  directory.write("report/events.jsonl", sample_events() + sample_end());
  directory.write("report/summary.json", "{}\n");
  directory.write("report/cases/dns/attempt-1/e2e.log", "win-0 asks 10.0.0.1\n");
  directory.write("report/cases/dns/attempt-1/raw.xml", "unmasked");
  directory.write("report/.summary.json.tmp", "half");
  return directory.path() / "report";
}

}  // namespace opready::publish::testing
