// SPDX-License-Identifier: Apache-2.0
// Logs that are whole, torn and damaged.
#include "opready/record/event_log.hpp"

#include <gtest/gtest.h>

#include "opready/base/error.hpp"
#include "opready/base/read_file.hpp"
#include "opready/record/event_json.hpp"
#include "opready/testing/file_size_limit.hpp"

#include "sample_events.hpp"

namespace opready::record {
namespace {

std::string whole_log() {
  return to_json_line(sample_run_started()) + to_json_line(sample_case_started()) +
         to_json_line(sample_case_finished()) + to_json_line(sample_stop()) + to_json_line(sample_run_finished());
}

std::string fault_of(std::string_view text) {
  try {
    (void)parse_event_log(text, "events.jsonl");
  } catch (const base::Error& error) {
    return error.what();
  }
  return "no fault";
}

TEST(EventLog, FoldsItsEventsIntoARun) {
  const model::RunRecord record = parse_event_log(whole_log(), "events.jsonl");
  EXPECT_EQ(record.started.run_id, "0123456789abcdef");
  ASSERT_EQ(record.cases.size(), 1U);
  ASSERT_EQ(record.cases.front().attempts.size(), 1U);
  EXPECT_EQ(record.cases.front().attempts.front().finished.value().result, sample_case_finished().result);
  EXPECT_EQ(record.stop.value().signal, 15);
  EXPECT_EQ(record.finished.value().stopped_by, 15);
}

TEST(EventLog, CutsOffALastLineThatWasTorn) {
  const std::string text = whole_log();
  const std::size_t last_line = to_json_line(sample_run_finished()).size();
  for (std::size_t cut = 1; cut <= last_line; ++cut) {
    const model::RunRecord record =
        parse_event_log(std::string_view(text).substr(0, text.size() - cut), "events.jsonl");
    EXPECT_FALSE(record.finished.has_value()) << cut;
    EXPECT_TRUE(record.stop.has_value()) << cut;
  }
}

TEST(EventLog, PassesOverEventsOfALaterVersion) {
  const std::string text = whole_log() + "{\"event\":\"run_archived\"}\n";
  EXPECT_TRUE(parse_event_log(text, "events.jsonl").finished.has_value());
}

TEST(EventLog, NamesTheLineOfAFault) {
  EXPECT_EQ(fault_of(to_json_line(sample_run_started()) + "{\"event\n" + to_json_line(sample_stop())),
            "events.jsonl:2: not a JSON object");
  EXPECT_EQ(fault_of(to_json_line(sample_stop())), "events.jsonl:1: an event before the run's start");
  EXPECT_EQ(fault_of(""), "events.jsonl: holds no run");
  EXPECT_EQ(fault_of("{\"event\":\"run_sta"), "events.jsonl: holds no run");
}

TEST(EventLog, IsWrittenLineByLine) {
  const base::TemporaryDirectory place("opready-record");
  const base::OutputDirectory directory = base::OutputDirectory::create(place.path());
  {
    EventLogWriter writer(directory.create_file(kEventLogName));
    for (const model::Event& event :
         std::vector<model::Event>{sample_run_started(), sample_case_started(), sample_case_finished(), sample_stop(),
                                   sample_run_finished()}) {
      writer.on_event(event);
    }
  }
  const std::filesystem::path path = place.path() / kEventLogName;
  EXPECT_EQ(base::read_file(path), whole_log());
  EXPECT_TRUE(read_event_log(path).finished.has_value());
}

TEST(EventLog, IsWrittenByOneAtATime) {
  const base::TemporaryDirectory place("opready-record");
  const base::OutputDirectory directory = base::OutputDirectory::create(place.path());
  const base::OutputFile first = open_event_log(directory);
  try {
    (void)open_event_log(directory);
    FAIL();
  } catch (const base::Error& error) {
    EXPECT_EQ(error.what(), "a run is under way in '" + place.path().string() + "'");
    EXPECT_EQ(error.code(), base::ExitCode::cannot_run);
  }
}

TEST(EventLog, GoesOnBehindItsLastWholeLine) {
  const base::TemporaryDirectory place("opready-record");
  const base::OutputDirectory directory = base::OutputDirectory::create(place.path());
  const std::string begun = to_json_line(sample_run_started());
  directory.create_file(kEventLogName).append(begun + R"({"event":"case_sta)");
  EventLogWriter(open_event_log(directory)).on_event(sample_run_resumed());
  EXPECT_EQ(base::read_file(place.path() / kEventLogName), begun + to_json_line(sample_run_resumed()));
}

/// A log on a disk that is full behind its first event.
class FullDisk : public ::testing::Test {
 protected:
  [[nodiscard]] std::string content() const { return base::read_file(path_); }

  base::TemporaryDirectory place_{"opready-record"};
  std::filesystem::path path_ = place_.path() / kEventLogName;
  EventLogWriter writer_{open_event_log(base::OutputDirectory::create(place_.path()))};
  std::string begun_ = to_json_line(sample_run_started());
  std::string refusal_ = "cannot write '" + path_.string() + "': file too large";
};

TEST_F(FullDisk, LosesNoEventOnceThereIsRoomAgain) {
  writer_.on_event(sample_run_started());
  {
    const testing::FileSizeLimit limit(begun_.size() + 10);
    writer_.on_event(sample_case_started());
    EXPECT_EQ(content(), begun_);
    writer_.on_event(sample_case_finished());
    EXPECT_EQ(content(), begun_);
  }
  writer_.on_event(sample_stop());
  writer_.on_event(sample_run_finished());
  EXPECT_EQ(content(), whole_log());
  EXPECT_EQ(writer_.failure(), refusal_);
}

TEST_F(FullDisk, IsToldOnce) {
  std::vector<std::string> told;
  writer_.on_failure([&](const std::string& why) { told.push_back(why); });
  writer_.on_event(sample_run_started());
  EXPECT_EQ(writer_.failure(), "");
  const testing::FileSizeLimit limit(begun_.size());
  writer_.on_event(sample_case_started());
  writer_.on_event(sample_case_finished());
  EXPECT_EQ(told, std::vector<std::string>{refusal_});
}

TEST(EventLog, ThatWasRemovedKeepsNoResult) {
  const base::TemporaryDirectory place("opready-record");
  const std::filesystem::path path = place.path() / kEventLogName;
  EventLogWriter writer(open_event_log(base::OutputDirectory::create(place.path())));
  writer.on_event(sample_run_started());
  std::filesystem::remove(path);
  writer.on_event(sample_case_finished());
  EXPECT_EQ(writer.failure(), "cannot write '" + path.string() + "': no such file or directory");
}

}  // namespace
}  // namespace opready::record
