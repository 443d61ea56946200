// SPDX-License-Identifier: Apache-2.0
// The loop: from a plan to events and files, with children that the test scripts.
#include "opready/run/runner.hpp"

#include <csignal>
#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "opready/base/read_file.hpp"
#include "opready/testing/fake_child_starter.hpp"
#include "opready/testing/fake_clock.hpp"
#include "opready/testing/recording_sink.hpp"
#include "opready/testing/temp_dir.hpp"

namespace opready::run {
namespace {

using model::Outcome;

std::string junit_of(const std::string& spec, const std::string& status) {
  const std::string inner = status == "passed" ? "" : "<failure message=\"\" type=\"failed\">it broke</failure>";
  return fmt::format(
      R"(<?xml version="1.0"?><testsuites><testsuite name="Kubernetes e2e suite"><testcase name="[It] {}" status="{}" time="1">{}</testcase>)"
      R"(<testcase name="[It] another" status="skipped" time="0"><skipped message="skipped"/></testcase></testsuite></testsuites>)",
      spec, status, inner);
}

class RunnerTest : public ::testing::Test {
 protected:
  model::PlannedCase& add_case(const std::string& id) {
    model::PlannedCase& planned = started_.plan.cases.emplace_back();
    planned.test.id = id;
    planned.specs = {{"spec " + id, "test/e2e/x.go", 7}};
    planned.timeout = std::chrono::minutes(10);
    planned.command = {"./e2e.test", "--token=hidden", id};
    return planned;
  }

  void run(int jobs = 1) {
    Runner runner({.loop = loop_, .starter = starter_, .clock = clock_, .sink = sink_, .report_directory = reports_},
                  {.limits = {.jobs = jobs, .grace = std::chrono::seconds(6)},
                   .raw_reports = raw_.path(),
                   .keep_raw = keep_raw_});
    runner.run(started_);
  }

  /// "run, start a, end a passed, over" for what the sink saw.
  [[nodiscard]] std::string story() const {
    std::string text;
    for (const model::Event& event : sink_.events()) {
      if (std::holds_alternative<model::RunStarted>(event)) {
        text += "run";
      } else if (const auto* start = std::get_if<model::CaseStarted>(&event)) {
        text += ", start " + start->id;
      } else if (const auto* end = std::get_if<model::CaseFinished>(&event)) {
        text += fmt::format(", end {} {}", end->id, model::to_string(end->result.outcome));
      } else if (const auto* stop = std::get_if<model::StopRequested>(&event)) {
        text += fmt::format(", stop {}", stop->signal);
      } else if (const auto* over = std::get_if<model::RunFinished>(&event)) {
        text += over->stopped_by ? fmt::format(", over by {}", *over->stopped_by) : ", over";
      }
    }
    return text;
  }

  [[nodiscard]] model::CaseResult result_of(const std::string& id) const {
    for (const model::Event& event : sink_.events()) {
      const auto* end = std::get_if<model::CaseFinished>(&event);
      if (end != nullptr && end->id == id) {
        return end->result;
      }
    }
    ADD_FAILURE() << id << " did not finish";
    return {};
  }

  [[nodiscard]] std::string file(const std::string& name) const { return base::read_file(report_root_.path() / name); }

  opready::testing::TempDir report_root_;
  opready::testing::TempDir raw_;
  opready::testing::FakeClock clock_;
  opready::testing::RecordingSink sink_;
  process::EventLoop loop_;
  opready::testing::FakeChildStarter starter_{loop_};
  base::OutputDirectory reports_ = base::OutputDirectory::create(report_root_.path());
  model::RunStarted started_;
  bool keep_raw_ = false;
};

TEST_F(RunnerTest, RunsThePlanAndTellsWhatHappens) {
  add_case("a");
  add_case("b");
  starter_.expect("a", {.report = junit_of("spec a", "passed")});
  starter_.expect("b", {.report = junit_of("spec b", "failed"), .end = {.exit = {.code = 1, .signal = {}}}});
  run();
  EXPECT_EQ(story(), "run, start a, end a passed, start b, end b failed, over");
  const model::CaseResult failed = result_of("b");
  ASSERT_EQ(failed.specs.size(), 1U);
  EXPECT_EQ(failed.specs[0].spec.line, 7);
  EXPECT_EQ(failed.specs[0].failure, "it broke");
}

TEST_F(RunnerTest, LeavesEachAttemptsFiles) {
  add_case("a");
  starter_.expect(
      "a", {.output = "first\nwith Bearer abcdefghij0123456789xyz\nlast", .report = junit_of("spec a", "passed")});
  keep_raw_ = true;
  run();
  EXPECT_EQ(file("cases/a/attempt-1/e2e.log"), "first\nwith Bearer [redacted]\nlast\n");
  EXPECT_EQ(file("cases/a/attempt-1/command.txt"), "./e2e.test '--token=[redacted]' a\n");
  EXPECT_EQ(file("cases/a/attempt-1/raw.xml"), junit_of("spec a", "passed"));
  const std::string specs = file("cases/a/attempt-1/specs.xml");
  EXPECT_NE(specs.find("spec a"), std::string::npos);
  EXPECT_EQ(specs.find("another"), std::string::npos) << "specs that weren't selected are left out";
  EXPECT_EQ(sink_.lines(), (std::vector<std::string>{"a: first", "a: with Bearer [redacted]", "a: last"}));
}

TEST_F(RunnerTest, KnowsWhereInTheLogASpecBegins) {
  add_case("a");
  const std::string before = "Running Suite\n------------------------------\n";
  starter_.expect("a",
                  {.output = before + "spec a [sig-windows]\n  STEP: one\n", .report = junit_of("spec a", "passed")});
  run();
  EXPECT_EQ(result_of("a").specs.at(0).log_offset, before.size());
}

TEST_F(RunnerTest, TellsWhichNamespacesACaseMade) {
  add_case("a");
  starter_.expect("a", {.output = "------------------------------\nspec a\n"
                                  "  STEP: Collecting events from namespace \"kube-system\". @ 01/31/26\n"
                                  "  STEP: Destroying namespace \"dns-1\" for this suite. @ 01/31/26\n"
                                  "  STEP: Destroying namespace \"theirs\" for fun\n"
                                  "  STEP: Destroying namespace \"dns-2\" for this suite.\n",
                        .report = junit_of("spec a", "passed")});
  run();
  EXPECT_EQ(result_of("a").namespaces, (std::vector<std::string>{"dns-1", "dns-2"}));
}

TEST_F(RunnerTest, GivesEachChildAPrivateReportDirectoryThatIsEmptyAfterwards) {
  add_case("a");
  starter_.expect("a", {.report = junit_of("spec a", "passed")});
  run();
  const std::vector<std::string> argv = starter_.commands().at(0);
  EXPECT_EQ(argv.at(1), "--report-dir");
  EXPECT_EQ(argv.at(2), (raw_.path() / "a").string());
  EXPECT_TRUE(std::filesystem::is_empty(raw_.path() / "a"));
}

TEST_F(RunnerTest, GoesOnAfterAChildThatCouldNotStart) {
  add_case("a");
  add_case("b");
  starter_.expect("a", {.start_error = "cannot start './e2e.test': text file busy"});
  starter_.expect("b", {.report = junit_of("spec b", "passed")});
  run();
  EXPECT_EQ(story(), "run, start a, end a not_started, start b, end b passed, over");
  EXPECT_EQ(result_of("a").reason, "cannot start './e2e.test': text file busy");
}

TEST_F(RunnerTest, ExplainsAChildWithoutAReportByItsLastWords) {
  add_case("a");
  starter_.expect("a", {.output = "panic: \x1b[31mboom\x1b[0m\n", .end = {.exit = {.code = 2, .signal = {}}}});
  run();
  EXPECT_EQ(result_of("a").outcome, Outcome::no_report);
  EXPECT_EQ(result_of("a").detail, "panic: boom\n");
}

TEST_F(RunnerTest, StopsInOrderOnASignal) {
  add_case("a");
  add_case("b");
  add_case("c");
  starter_.expect("a", {.ends_on_signal = SIGINT});
  starter_.expect("b", {.ends_on_signal = SIGINT});
  loop_.after(std::chrono::milliseconds(1), [] { std::raise(SIGTERM); });
  run(2);
  EXPECT_EQ(story(), "run, start a, start b, stop 15, end a cancelled, end b cancelled, over by 15");
  EXPECT_EQ(starter_.signals(), (std::vector<std::string>{"SIG2 a", "SIG2 b"}));
}

TEST_F(RunnerTest, HasNothingToDoForAPlanWithoutCases) {
  run();
  EXPECT_EQ(story(), "run, over");
}

TEST_F(RunnerTest, GoesOnWithWhatIsNotDone) {
  for (const char* id : {"a", "b", "c"}) {
    add_case(id);
  }
  starter_.expect("b", {.report = junit_of("spec b", "passed")});
  starter_.expect("c", {.report = junit_of("spec c", "passed")});
  Runner runner({.loop = loop_, .starter = starter_, .clock = clock_, .sink = sink_, .report_directory = reports_},
                {.limits = {},
                 .progress = {{.attempts = 1, .failures = 0, .done = true, .specs = {}},
                              {.attempts = 2, .failures = 1, .done = false, .specs = {}},
                              {}},
                 .raw_reports = raw_.path()});
  runner.resume(started_, {.time = {}, .process = {}, .tool_version = "0.1.0", .jobs = 1});
  EXPECT_EQ(story(), ", start b, end b passed, start c, end c passed, over");
  EXPECT_TRUE(std::holds_alternative<model::RunResumed>(sink_.events().front()));
  EXPECT_TRUE(std::filesystem::exists(report_root_.path() / "cases/b/attempt-3/e2e.log"));
  EXPECT_TRUE(std::filesystem::exists(report_root_.path() / "cases/c/attempt-1/e2e.log"));
}

TEST_F(RunnerTest, UsesASlotForEachOfSeveralJobs) {
  for (const char* id : {"a", "b", "c"}) {
    add_case(id);
    starter_.expect(id, {.report = junit_of("spec " + std::string(id), "passed")});
  }
  run(3);
  std::set<int> slots;
  for (const model::Event& event : sink_.events()) {
    if (const auto* start = std::get_if<model::CaseStarted>(&event)) {
      slots.insert(start->slot);
      EXPECT_EQ(start->pid, 4711);
      EXPECT_EQ(start->pid_start, 99U);
    }
  }
  EXPECT_EQ(slots, (std::set<int>{0, 1, 2}));
}

}  // namespace
}  // namespace opready::run
