// SPDX-License-Identifier: Apache-2.0
// Durations from each kind of file that a run leaves.
#include "opready/record/durations.hpp"

#include <gtest/gtest.h>

#include "opready/base/error.hpp"
#include "opready/record/event_json.hpp"
#include "opready/testing/temp_dir.hpp"

#include "sample_events.hpp"

namespace opready::record {
namespace {

using std::chrono::milliseconds;
using Durations = std::map<std::string, milliseconds>;

std::string fault_of(const std::filesystem::path& path) {
  try {
    (void)read_durations(path);
  } catch (const base::Error& error) {
    return error.what();
  }
  return "no fault";
}

model::CaseFinished finished(const std::string& id, int attempt, model::Outcome outcome) {
  model::CaseFinished event;
  event.id = id;
  event.attempt = attempt;
  event.duration = milliseconds(1500);
  event.result.outcome = outcome;
  return event;
}

/// One case that passed at the second attempt, one that runs as it, one that was stopped, one that wasn't reached.
std::string event_log() {
  model::RunStarted start = sample_run_started();
  start.plan.cases.clear();
  for (const char* id : {"passed", "credited", "stopped", "waiting"}) {
    start.plan.cases.emplace_back().test.id = id;
  }
  start.plan.cases[1].same_as = "passed";
  std::string log = to_json_line(start);
  for (const model::Event& event :
       {model::Event(model::CaseStarted{.id = "passed"}), model::Event(finished("passed", 1, model::Outcome::failed)),
        model::Event(model::CaseStarted{.id = "passed", .attempt = 2}),
        model::Event(finished("passed", 2, model::Outcome::passed)), model::Event(model::CaseStarted{.id = "stopped"}),
        model::Event(finished("stopped", 1, model::Outcome::cancelled))}) {
    log += to_json_line(event);
  }
  return log;
}

TEST(Durations, AreThoseOfAllAttemptsAtCasesThatCameToTheirEnd) {
  const testing::TempDir directory;
  const std::string path = directory.write("events.jsonl", event_log());
  EXPECT_EQ(read_durations(path), (Durations{{"passed", milliseconds(3000)}}));
  EXPECT_EQ(read_durations(directory.path()), read_durations(path));
}

TEST(Durations, AreReadFromASummaryWhereThereAreNoEvents) {
  const testing::TempDir directory;
  const std::string path =
      directory.write("summary.json", R"({"cases": [{"id": "a", "outcome": "failed", "duration_seconds": 61.5},
                                                    {"id": "b", "outcome": "cancelled", "duration_seconds": 3.0},
                                                    {"id": "c", "outcome": "not_run", "duration_seconds": 0.0}]})");
  EXPECT_EQ(read_durations(directory.path()), (Durations{{"a", milliseconds(61'500)}}));
  EXPECT_EQ(read_durations(path), read_durations(directory.path()));
}

TEST(Durations, AreInNoOtherFile) {
  const testing::TempDir directory;
  const std::string json = directory.write("other.json", R"({"cases": 3})");
  EXPECT_EQ(fault_of(json), "'" + json + "' is neither the summary.json nor the events.jsonl of a run");
  const std::string text = directory.write("text", "hello\n");
  EXPECT_EQ(fault_of(text), text + ":1: not a JSON object");
  EXPECT_EQ(fault_of("/nowhere"), "cannot read '/nowhere': no such file or directory");
}

}  // namespace
}  // namespace opready::record
