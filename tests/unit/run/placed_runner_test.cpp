// SPDX-License-Identifier: Apache-2.0
// The loop with somebody who watches pods and somebody who places them.
#include <csignal>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "opready/run/runner.hpp"
#include "opready/testing/fake_child_starter.hpp"
#include "opready/testing/fake_clock.hpp"
#include "opready/testing/recording_sink.hpp"
#include "opready/testing/temp_dir.hpp"

namespace opready::run {
namespace {

using model::Outcome;
using std::chrono::milliseconds;

using Strings = std::vector<std::string>;

class FakeObserver final : public cluster::Observer {
 public:
  FakeObserver(process::EventLoop& loop, Strings& story) : loop_(loop), story_(story) {}

  void start(std::function<void()> on_ready) override {
    loop_.after(milliseconds(0), [this, on_ready = std::move(on_ready)] {
      story_.push_back("watching");
      on_ready();
    });
  }
  void stop() override { story_.push_back("stopped"); }
  void run_started(const std::string& e2e_run) override { story_.push_back("watch " + e2e_run); }
  [[nodiscard]] std::vector<model::NamespaceEvidence> take(const std::string& e2e_run) override {
    return evidence_[e2e_run];
  }
  [[nodiscard]] bool sees_pods() const override { return lacks_.empty(); }
  void spec_began(const std::string& e2e_run, const std::string& spec) override {
    story_.push_back(e2e_run + " begins " + spec);
    continuity_ = spec == breaks_at_ ? 3 : continuity_;
    answers_ = answers_ && spec != silent_from_;
  }
  [[nodiscard]] std::optional<int> continuity() const override { return continuity_; }
  [[nodiscard]] bool api_answers() const override { return answers_; }
  [[nodiscard]] std::vector<std::string> lacks() const override { return lacks_; }

  std::map<std::string, std::vector<model::NamespaceEvidence>> evidence_;
  Strings lacks_;
  std::optional<int> continuity_ = 2;
  bool answers_ = true;
  std::string breaks_at_;
  std::string silent_from_;

 private:
  process::EventLoop& loop_;
  Strings& story_;
};

class FakePlacer final : public cluster::Placer {
 public:
  FakePlacer(process::EventLoop& loop, Strings& story) : loop_(loop), story_(story) {}

  void begin(model::Placement placement, Done done) override {
    later("begin " + std::string(model::to_string(placement)), begin_failure_, std::move(done));
  }
  void admit(const std::string& e2e_run, Done done) override {
    if (!admits_) {
      story_.push_back("let " + e2e_run + " wait");
      return;
    }
    later("admit " + e2e_run, admit_failure_, std::move(done));
  }
  void release(const std::string& e2e_run) override { story_.push_back("release " + e2e_run); }
  void end(Done /*done*/) override {}

  std::string begin_failure_;
  std::string admit_failure_;
  bool admits_ = true;

 private:
  void later(const std::string& what, const std::string& failure, Done done) {
    loop_.after(milliseconds(0), [this, what, failure, done = std::move(done)] {
      story_.push_back(what);
      done(failure);
    });
  }

  process::EventLoop& loop_;
  Strings& story_;
};

class FakeTurns final : public cluster::Turns {
 public:
  FakeTurns(process::EventLoop& loop, Strings& story) : loop_(loop), story_(story) {}

  void take(cluster::Turn turn, Done done) override {
    story_.emplace_back(turn == cluster::Turn::shared ? "take a shared turn" : "take the exclusive turn");
    if (comes_) {
      loop_.after(milliseconds(0), [this, done = std::move(done)] { done(failure_); });
    }
  }
  void end(Done /*done*/) override {}

  std::string failure_;
  bool comes_ = true;

 private:
  process::EventLoop& loop_;
  Strings& story_;
};

class PlacedRunnerTest : public ::testing::Test {
 protected:
  /// A case of one spec that tells the run id "run-<id>", and then makes the namespace "ns-<id>".
  void add_case(const std::string& id, model::Placement placement, int ends_on_signal = 0,
                const std::string& status = "passed") {
    model::PlannedCase& planned = started_.plan.cases.emplace_back();
    planned.test.id = id;
    planned.test.placement = placement;
    planned.specs = {{"spec " + id, "", 0}};
    planned.timeout = std::chrono::minutes(10);
    planned.command = {"./e2e.test", id};
    starter_.expect(
        id, {.first_output = fmt::format("I0131 e2e.go:109] Starting e2e run \"run-{}\" on Ginkgo node 1\n", id),
             .output = fmt::format("------------------------------\nspec {0}\n  Destroying namespace \"ns-{0}\"\n", id),
             .report = fmt::format(R"(<testsuites><testsuite name="x"><testcase name="[It] spec {}" status="{}")"
                                   R"( time="1">{}</testcase></testsuite></testsuites>)",
                                   id, status, status == "passed" ? "" : "<failure>it broke</failure>"),
             .end = {.exit = {.code = status == "passed" ? 0 : 1, .signal = {}}},
             .ends_on_signal = ends_on_signal});
  }

  void saw_pod(const std::string& id, const std::string& node) {
    observer_.evidence_["run-" + id] = {
        {.name = "ns-" + id, .e2e_run = "run-" + id, .pods = {{"p", {node}, "Running"}}}};
  }

  void run() {
    started_.cluster.nodes = {{"win-0", "windows", ""}, {"lin-0", "linux", ""}};
    Runner runner({.loop = loop_,
                   .starter = starter_,
                   .clock = clock_,
                   .sink = sink_,
                   .report_directory = reports_,
                   .observer = observes_ ? &observer_ : nullptr,
                   .placer = places_ ? &placer_ : nullptr,
                   .turns = takes_turns_ ? &turns_ : nullptr},
                  {.limits = {.jobs = 2, .grace = std::chrono::seconds(6), .place = places_, .turns = takes_turns_},
                   .raw_reports = raw_.path(),
                   .tick = milliseconds(20)});
    runner.run(started_);
  }

  [[nodiscard]] Strings outcomes() const {
    Strings result;
    for (const model::Event& event : sink_.events()) {
      if (const auto* end = std::get_if<model::CaseFinished>(&event)) {
        result.push_back(fmt::format("{} {}: {}", end->id, model::to_string(end->result.outcome), end->result.reason));
      }
    }
    return result;
  }

  opready::testing::TempDir report_root_;
  opready::testing::TempDir raw_;
  opready::testing::FakeClock clock_;
  opready::testing::RecordingSink sink_;
  process::EventLoop loop_;
  opready::testing::FakeChildStarter starter_{loop_};
  base::OutputDirectory reports_ = base::OutputDirectory::create(report_root_.path());
  model::RunStarted started_;
  Strings story_;
  FakeObserver observer_{loop_, story_};
  FakePlacer placer_{loop_, story_};
  FakeTurns turns_{loop_, story_};
  bool observes_ = true;
  bool places_ = false;
  bool takes_turns_ = false;
};

TEST_F(PlacedRunnerTest, JudgesBySpecsPodsWhatWasWatchedFromTheStart) {
  add_case("a", model::Placement::windows);
  add_case("b", model::Placement::windows);
  saw_pod("a", "win-0");
  saw_pod("b", "lin-0");
  run();
  EXPECT_EQ(story_.front(), "watching");
  EXPECT_EQ(outcomes(),
            (Strings{"a passed: ", "b unproven: it passed, but a pod ran on lin-0 (linux), not on Windows"}));
}

TEST_F(PlacedRunnerTest, TellsTheRunIdsAndTheEvidenceThatLacks) {
  observer_.lacks_ = {"pods could not be watched: Forbidden"};
  add_case("a", model::Placement::windows);
  run();
  std::string told;
  for (const model::Event& event : sink_.events()) {
    if (const auto* id = std::get_if<model::E2eRunStarted>(&event)) {
      told += fmt::format("{} is {};", id->id, id->e2e_run);
    } else if (const auto* lack = std::get_if<model::EvidenceLacks>(&event)) {
      told += lack->why + ';';
    }
  }
  EXPECT_EQ(told, "pods could not be watched: Forbidden;a is run-a;");
  EXPECT_EQ(outcomes(), Strings{"a passed: "}) << "nobody can judge it";
}

TEST_F(PlacedRunnerTest, GivesAKeptNamespaceToTheSpecUnderWayWhenItWasSeen) {
  add_case("a", model::Placement::windows);
  observer_.evidence_["run-a"] = {
      {.name = "kept", .e2e_run = "run-a", .spec = "another", .pods = {{"p", {"lin-0"}, "Running"}}},
      {.name = "ns-a", .e2e_run = "run-a", .spec = "another", .pods = {{"p", {"win-0"}, "Running"}}}};
  run();
  EXPECT_EQ(outcomes(), Strings{"a passed: "});
  EXPECT_EQ(story_, (Strings{"watching", "watch run-a", "run-a begins spec a"}));
}

TEST_F(PlacedRunnerTest, SaysWhereTheWatchesBrokeWhileACaseRan) {
  add_case("a", model::Placement::windows);
  saw_pod("a", "win-0");
  observer_.breaks_at_ = "spec a";
  run();
  for (const model::Event& event : sink_.events()) {
    if (const auto* end = std::get_if<model::CaseFinished>(&event)) {
      EXPECT_TRUE(end->result.specs.at(0).pods->incomplete);
    }
  }
}

TEST_F(PlacedRunnerTest, WaitsToSeeWhetherTheApiServerIsLostThatASpecFailedFor) {
  add_case("a", model::Placement::windows, 0, "failed");
  observer_.silent_from_ = "spec a";
  run();
  EXPECT_EQ(outcomes(), Strings{"a could_not_test: the API server did not answer while it ran"});
}

TEST_F(PlacedRunnerTest, TakesSignalsToNoEffectWhenItIsOver) {
  add_case("a", model::Placement::windows);
  saw_pod("a", "win-0");
  started_.cluster.nodes = {{"win-0", "windows", ""}};
  Runner runner({.loop = loop_, .starter = starter_, .clock = clock_, .sink = sink_, .report_directory = reports_},
                {.limits = {.jobs = 1, .grace = std::chrono::seconds(6)}, .raw_reports = raw_.path()});
  runner.run(started_);
  const std::size_t before = sink_.events().size();
  bool reached = false;
  loop_.after(milliseconds(5), [] { std::raise(SIGTERM); });
  loop_.after(milliseconds(50), [&] {
    reached = true;
    loop_.stop();
  });
  loop_.run();
  EXPECT_TRUE(reached) << "whoever undoes the placement needs the loop";
  EXPECT_EQ(sink_.events().size(), before);
}

TEST_F(PlacedRunnerTest, HoldsAChildFromItsIdUntilItsPodsWillBePlaced) {
  observes_ = false;
  places_ = true;
  add_case("a", model::Placement::windows, SIGCONT);
  run();
  EXPECT_EQ(story_, (Strings{"begin windows", "admit run-a", "release run-a"}));
  EXPECT_EQ(starter_.signals(), (Strings{fmt::format("SIG{} a", SIGSTOP), fmt::format("SIG{} a", SIGCONT)}));
  EXPECT_EQ(outcomes(), Strings{"a passed: "});
}

TEST_F(PlacedRunnerTest, PlacesOneKindOfCaseAfterTheOther) {
  observes_ = false;
  places_ = true;
  add_case("a", model::Placement::windows, SIGCONT);
  add_case("b", model::Placement::mixed, SIGCONT);
  run();
  EXPECT_EQ(story_,
            (Strings{"begin windows", "admit run-a", "release run-a", "begin mixed", "admit run-b", "release run-b"}));
}

TEST_F(PlacedRunnerTest, EndsAChildWhosePodsCannotBePlaced) {
  observes_ = false;
  places_ = true;
  placer_.admit_failure_ = "the server sleeps";
  add_case("a", model::Placement::windows, SIGKILL);
  run();
  EXPECT_EQ(outcomes(), Strings{"a could_not_test: its pods could not be placed: the server sleeps"});
  EXPECT_EQ(starter_.signals(), (Strings{fmt::format("SIG{} a", SIGSTOP), fmt::format("SIG{} a", SIGKILL),
                                         fmt::format("SIG{} a", SIGCONT)}));
}

TEST_F(PlacedRunnerTest, StartsNoCaseThatTheClusterCannotBePreparedFor) {
  observes_ = false;
  places_ = true;
  placer_.begin_failure_ = "no rights";
  add_case("a", model::Placement::windows);
  add_case("b", model::Placement::mixed);
  run();
  EXPECT_TRUE(starter_.commands().empty());
  EXPECT_EQ(outcomes(), (Strings{"a could_not_test: its pods could not be placed: no rights",
                                 "b could_not_test: its pods could not be placed: no rights"}));
  EXPECT_TRUE(std::filesystem::exists(report_root_.path() / "cases/b/attempt-1/e2e.log")) << "reports point to it";
}

TEST_F(PlacedRunnerTest, StartsCasesWhenTheirTurnHasCome) {
  observes_ = false;
  takes_turns_ = true;
  add_case("alone", model::Placement::windows);
  started_.plan.cases.back().serial = true;
  add_case("a", model::Placement::windows);
  run();
  EXPECT_EQ(story_, (Strings{"take a shared turn", "take the exclusive turn"}));
  EXPECT_EQ(outcomes(), (Strings{"a passed: ", "alone passed: "}));
}

TEST_F(PlacedRunnerTest, StartsNoCaseWhoseTurnDoesNotCome) {
  observes_ = false;
  takes_turns_ = true;
  turns_.failure_ = "no rights";
  add_case("a", model::Placement::windows);
  run();
  EXPECT_TRUE(starter_.commands().empty());
  EXPECT_EQ(outcomes(), Strings{"a could_not_test: its turn among the plan's shards did not come: no rights"});
}

TEST_F(PlacedRunnerTest, CanBeStoppedWhileItWaitsForItsTurn) {
  observes_ = false;
  takes_turns_ = true;
  turns_.comes_ = false;
  add_case("a", model::Placement::windows);
  loop_.after(milliseconds(20), [] { std::raise(SIGINT); });
  run();
  EXPECT_TRUE(starter_.commands().empty());
  EXPECT_EQ(outcomes(), Strings{});
}

TEST_F(PlacedRunnerTest, LetsAHeldChildGoWhenItIsStopped) {
  observes_ = false;
  places_ = true;
  placer_.admits_ = false;
  add_case("a", model::Placement::windows, SIGINT);
  loop_.after(milliseconds(20), [] { std::raise(SIGINT); });
  run();
  EXPECT_EQ(starter_.signals(), (Strings{fmt::format("SIG{} a", SIGSTOP), fmt::format("SIG{} a", SIGINT),
                                         fmt::format("SIG{} a", SIGCONT)}));
  EXPECT_EQ(outcomes().size(), 1U);
}

}  // namespace
}  // namespace opready::run
