// SPDX-License-Identifier: Apache-2.0
// Pictures of the summary.
#include "opready/report/console_summary.hpp"

#include <gtest/gtest.h>

#include "opready/model/verdict.hpp"
#include "opready/testing/golden.hpp"

#include "sample_run.hpp"

namespace opready::report {
namespace {

using namespace std::chrono_literals;
using opready::testing::expect_matches_golden;

model::RunRecord record_of(const std::vector<model::Event>& events) {
  model::RunRecord record;
  for (const model::Event& event : events) {
    model::apply(record, event);
  }
  return record;
}

model::CaseResult passed() {
  model::CaseResult result;
  result.outcome = model::Outcome::passed;
  result.specs = {{{"a spec", "", 0}, model::SpecStatus::passed, 1s, "", "", {}}};
  return result;
}

std::string verdict_line(const model::RunRecord& record) {
  return model::sentence(model::judge(record)) + '\n';
}

TEST(ConsoleSummary, TellsWhatFailedWhatWasNotTestedAndTheVerdict) {
  expect_matches_golden("report/console_summary.txt", console_summary(testing::sample_record(), "out", Terminal{}));
}

TEST(ConsoleSummary, IsColouredOnATerminal) {
  expect_matches_golden("report/console_summary_coloured.txt",
                        console_summary(testing::sample_record(), "out", Terminal{true, true, 80}));
}

TEST(ConsoleSummary, TellsWhereItsPodsRanAndWhatKeptThemWaiting) {
  expect_matches_golden("report/console_summary_evidence.txt",
                        console_summary(testing::evidence_record(), "out", Terminal{}));
}

// What an unproven case says of the cluster is neither good nor bad.
TEST(ConsoleSummary, ColoursDoubtsAsDoubts) {
  const std::string text = console_summary(testing::evidence_record(), "out", Terminal{true, true, 80});
  EXPECT_NE(text.find("\x1b[33;38;5;130mUNPROVEN\x1b[0m core-network-services"), std::string::npos) << text;
  EXPECT_NE(text.find("\x1b[33;38;5;130mCOULD NOT TEST\x1b[0m core-scheduling-image"), std::string::npos) << text;
}

TEST(ConsoleSummary, AdvisesToPlaceOnlyWhereThatHelps) {
  model::RunRecord record = testing::evidence_record();
  const std::string advice = "--place";
  EXPECT_NE(console_summary(record, "out", Terminal{}).find(advice), std::string::npos);
  record.started.placement = "policy";
  EXPECT_EQ(console_summary(record, "out", Terminal{}).find(advice), std::string::npos);
}

TEST(ConsoleSummary, IsShortWhereAllIsWell) {
  model::RunStarted start;
  start.categories = {"Core.Network"};
  start.plan.cases = {testing::sample_case("Core.Network", "core-network-dns", 1)};
  const auto record =
      record_of({start, testing::started("core-network-dns"), testing::finished("core-network-dns", 42s, passed()),
                 model::RunFinished{testing::sample_time(), 43s, std::nullopt}});
  EXPECT_EQ(console_summary(record, "out", Terminal{}),
            "\n"
            "Category      Cases  Passed  Failed  Time  Verdict\n"
            "Core.Network      1       1       0   42s  READY\n"
            "\n" +
                verdict_line(record) + "Took 43s; report: out\n");
}

TEST(ConsoleSummary, NamesTheItemsThatReadyExcepts) {
  model::RunStarted start;
  start.categories = {"Core.Network"};
  start.plan.cases = {testing::sample_case("Core.Network", "core-network-dns", 1)};
  start.plan.cases[0].test.proves = model::Proves::part;
  start.plan.cases[0].test.missing = "headless services";
  const auto record =
      record_of({start, testing::started("core-network-dns"), testing::finished("core-network-dns", 42s, passed()),
                 model::RunFinished{testing::sample_time(), 43s, std::nullopt}});
  EXPECT_EQ(console_summary(record, "out", Terminal{}),
            "\n"
            "Category      Cases  Passed  Failed  Time  Verdict\n"
            "Core.Network      1       1       0   42s  READY EXCEPT\n"
            "\n" +
                verdict_line(record) +
                "  core-network-dns: proved in part: headless services\n"
                "Took 43s; report: out\n");
}

TEST(ConsoleSummary, ListsCasesThatAStopKeptFromRunning) {
  model::RunStarted start;
  start.categories = {"Core.Network"};
  start.plan.cases = {testing::sample_case("Core.Network", "a", 1), testing::sample_case("Core.Network", "b", 1)};
  model::CaseResult cancelled;
  cancelled.outcome = model::Outcome::cancelled;
  cancelled.reason = "stopped by SIGINT";
  const auto record =
      record_of({start, testing::started("a"), model::StopRequested{testing::sample_time(), 2},
                 testing::finished("a", 3s, cancelled), model::RunFinished{testing::sample_time(), 4s, 2}});
  EXPECT_EQ(console_summary(record, "out", Terminal{}),
            "\n"
            "Category      Cases  Passed  Failed  Not run  Time  Verdict\n"
            "Core.Network      2       0       0        2  3.0s  INCOMPLETE\n"
            "\n"
            "Cancelled:\n"
            "  a: stopped by SIGINT\n"
            "\n"
            "Not run, stopped by SIGINT:\n"
            "  b\n"
            "\n" +
                verdict_line(record) + "Took 4.0s, stopped by SIGINT; report: out\n");
}

model::CaseResult failed(const std::vector<model::SpecResult>& specs) {
  model::CaseResult result;
  result.outcome = model::Outcome::failed;
  result.reason = "its spec failed";
  result.specs = specs;
  return result;
}

/// What its two attempts came to: a spec that failed and then passed.
model::RunRecord flaky_run(bool flaky_fails) {
  model::RunStarted start;
  start.categories = {"Core.Network"};
  start.flaky_fails = flaky_fails;
  start.plan.cases = {testing::sample_case("Core.Network", "a", 1)};
  return record_of({start, testing::started("a"),
                    testing::finished("a", 3s, failed({{{"a spec", "", 0}, model::SpecStatus::failed}})),
                    testing::started("a", 2), testing::finished("a", 2s, passed(), 2),
                    model::RunFinished{testing::sample_time(), 20s, std::nullopt}});
}

TEST(ConsoleSummary, NamesFlakesAndWhatFailed) {
  EXPECT_EQ(console_summary(flaky_run(false), "out", Terminal{}),
            "\n"
            "Category      Cases  Passed  Failed  Flaky  Time  Verdict\n"
            "Core.Network      1       1       0      1  5.0s  READY\n"
            "Flaky cases are among those that passed.\n"
            "\n"
            "Flaky, passed after failing:\n"
            "  a: its spec failed (attempt 1)\n"
            "    a spec\n"
            "    log: out/cases/a/attempt-1/e2e.log\n"
            "\n"
            "Windows readiness of Core.Network: READY\n"
            "Took 20s; report: out\n");
}

TEST(ConsoleSummary, SaysThatFlakesCountAsFailed) {
  EXPECT_EQ(console_summary(flaky_run(true), "out", Terminal{}),
            "\n"
            "Category      Cases  Passed  Failed  Flaky  Time  Verdict\n"
            "Core.Network      1       0       1      1  5.0s  NOT READY\n"
            "Flaky cases are among those that failed.\n"
            "\n"
            "Flaky, passed after failing, which counts as failed (--flaky fails):\n"
            "  a: its spec failed (attempt 1)\n"
            "    a spec\n"
            "    log: out/cases/a/attempt-1/e2e.log\n"
            "\n"
            "Windows readiness of Core.Network: NOT READY, 1 of 1 case failed\n"
            "Took 20s; report: out\n");
}

TEST(ConsoleSummary, NamesTheFirstOfManyFlakySpecs) {
  model::RunRecord record = flaky_run(false);
  std::vector<model::SpecResult>& first = record.cases[0].attempts[0].finished->result.specs;
  std::vector<model::SpecResult>& second = record.cases[0].attempts[1].finished->result.specs;
  for (int number = 2; number <= 7; ++number) {
    first.push_back({{"spec " + std::to_string(number), "", 0}, model::SpecStatus::failed});
    second.push_back({{"spec " + std::to_string(number), "", 0}, model::SpecStatus::passed});
  }
  EXPECT_NE(
      console_summary(record, "out", Terminal{})
          .find("    a spec\n    spec 2\n    spec 3\n    spec 4\n    spec 5\n    ... and 2 more specs\n    log: "),
      std::string::npos);
}

TEST(ConsoleSummary, TellsOfAFailedCaseWhatWasFlakyAndWhereTheFailureIsLogged) {
  model::RunRecord record = flaky_run(false);
  record.cases[0].attempts[0].finished->result.specs.push_back({{"other", "", 0}, model::SpecStatus::failed});
  record.cases[0].attempts[1].finished->result =
      failed({{{"a spec", "", 0}, model::SpecStatus::passed}, {{"other", "", 0}, model::SpecStatus::failed}});
  record.cases[0].attempts.push_back({testing::started("a", 3), "", std::nullopt, false, ""});
  const std::string text = console_summary(record, "out", Terminal{});
  EXPECT_NE(text.find("\nFAILED a [Core.Network] in 5.0s\n"
                      "  What a is about\n"
                      "  its spec failed\n"
                      "  flaky: 1 other spec passed after failing\n"
                      "  other\n"
                      "  log: out/cases/a/attempt-2/e2e.log\n"
                      "  again: op-readiness --rerun-failed out --case a\n"),
            std::string::npos)
      << text;
}

TEST(ConsoleSummary, SaysWhichCaseRanInsteadOfAFailedOne) {
  model::RunStarted start;
  start.categories = {"Core.Network"};
  start.plan.cases = {testing::sample_case("Core.Network", "a", 1), testing::sample_case("Core.Network", "b", 1)};
  start.plan.cases[1].same_as = "a";
  const std::string text = console_summary(
      record_of({start, testing::started("a"), testing::finished("a", 3s, failed({}))}), "out", Terminal{});
  EXPECT_NE(text.find("\nFAILED b [Core.Network], ran as a\n"
                      "  What b is about\n"
                      "  its spec failed\n"
                      "  log: out/cases/a/attempt-1/e2e.log\n"),
            std::string::npos)
      << text;
}

TEST(ConsoleSummary, ClosesWithWhatEndedTheRun) {
  using model::StopReason;
  struct Row {
    std::optional<model::StopRequested> stop;
    std::optional<int> signal;
    std::string expected;
  };
  const Row table[] = {
      {std::nullopt, std::nullopt, "Took 20s; report: out\n"},
      {{{.signal = 15}}, 15, "Took 20s, stopped by SIGTERM; report: out\n"},
      {{{.reason = StopReason::time_limit, .detail = "its time, 2h, is up"}},
       std::nullopt,
       "Took 20s, stopped: its time, 2h, is up; report: out\n"},
      {{{.reason = StopReason::failures, .detail = "3 cases failed"}},
       2,
       "Took 20s, stopped: 3 cases failed (--fail-fast), then by SIGINT; report: out\n"},
      {{{.reason = StopReason::write_failure, .detail = "cannot write 'x'"}},
       std::nullopt,
       "Took 20s, stopped: cannot write 'x'; report: out\n"},
  };
  for (const Row& row : table) {
    model::RunRecord record = flaky_run(false);
    record.stop = row.stop;
    record.finished->stopped_by = row.signal;
    const std::string text = console_summary(record, "out", Terminal{});
    EXPECT_EQ(text.substr(text.rfind('\n', text.size() - 2) + 1), row.expected);
  }
}

TEST(ConsoleSummary, NamesTheDirectoryOfTheRunThatFailedWhereSeveralAreJoined) {
  model::RunRecord record = flaky_run(false);
  record.cases[0].attempts.pop_back();
  record.cases[0].attempts[0].directory = "/runs/first";
  const std::string text = console_summary(record, "first again", Terminal{});
  EXPECT_NE(text.find("  log: /runs/first/cases/a/attempt-1/e2e.log\n"
                      "  again: op-readiness --rerun-failed /runs/first --case a\n"),
            std::string::npos)
      << text;
}

/// A case of each outcome, one of them flaky, in a category with a long name.
model::RunRecord varied_run() {
  using model::Outcome;
  model::RunStarted start;
  start.categories = {"Extend.ActiveDirectory"};
  std::vector<model::Event> events;
  int number = 0;
  for (const Outcome outcome : {Outcome::passed, Outcome::failed, Outcome::unproven, Outcome::could_not_test,
                                Outcome::skipped, Outcome::not_run}) {
    const std::string id = "case-" + std::to_string(++number);
    start.plan.cases.push_back(testing::sample_case(start.categories[0], id, 1));
    model::CaseResult result;
    result.outcome = outcome;
    if (outcome == Outcome::passed) {
      events.emplace_back(testing::started(id));
      events.emplace_back(testing::finished(id, 1min, failed({})));
      events.emplace_back(testing::started(id, 2));
      events.emplace_back(testing::finished(id, 1min, result, 2));
    } else if (outcome != Outcome::not_run) {
      events.emplace_back(testing::started(id));
      events.emplace_back(testing::finished(id, 1min, result));
    }
  }
  events.insert(events.begin(), start);
  return record_of(events);
}

std::string table_of(const std::string& summary) {
  return summary.substr(0, summary.find("\n\n", 1) + 1);
}

TEST(ConsoleSummary, FitsItsTableIntoTheTerminal) {
  const model::RunRecord record = varied_run();
  EXPECT_EQ(
      table_of(console_summary(record, "out", Terminal{.columns = 110})),
      "\n"
      "Category                Cases  Passed  Failed  Flaky  Unproven  Untested  Skipped  Not run   Time  Verdict\n"
      "Extend.ActiveDirectory      6       1       1      1         1         1        1        1  6m00s  NOT READY\n"
      "Flaky cases are among those that passed.\n");
  EXPECT_EQ(table_of(console_summary(record, "out", Terminal{.columns = 98})),
            "\n"
            "Category             Passed  Failed  Flaky  Unproven  Untested  Skipped  Not run   Time  Verdict\n"
            "Extend.Ac…Directory       1       1      1         1         1        1        1  6m00s  NOT READY\n"
            "Flaky cases are among those that passed.\n");
  EXPECT_EQ(table_of(console_summary(record, "out", Terminal{.columns = 80})),
            "\n"
            "Category      Passed  Failed  Flaky  Unproven  Untested  Skipped  Not run   Time\n"
            "Extend…ctory       1       1      1         1         1        1        1  6m00s\n"
            "Flaky cases are among those that passed.\n");
}

TEST(ConsoleSummary, GoesWithoutVerdictsWhereNamesAlikeNeedTheRoom) {
  model::RunStarted start;
  start.categories = {"Windows.Storage.North.Alpha.Volumes", "Windows.Storage.South.Alpha.Volumes"};
  start.plan.cases = {testing::sample_case(start.categories[0], "a", 1),
                      testing::sample_case(start.categories[1], "b", 1)};
  const model::RunRecord record = record_of({start});
  EXPECT_EQ(table_of(console_summary(record, "out", Terminal{.columns = 72})),
            "\n"
            "Category                             Passed  Failed  Not run  Time\n"
            "Windows.Storage.North.Alpha.Volumes       0       0        1  0.0s\n"
            "Windows.Storage.South.Alpha.Volumes       0       0        1  0.0s\n"
            "Total                                     0       0        2  0.0s\n");
}

TEST(ConsoleSummary, CutsNamesOfCategoriesThatAreWiderThanAnyScreen) {
  model::RunStarted start;
  start.categories = {std::string(100'000, 'a')};
  start.plan.cases = {testing::sample_case(start.categories[0], "a", 1)};
  EXPECT_LT(table_of(console_summary(record_of({start}), "out", Terminal{.columns = 1000})).size(), 1000U);
}

TEST(ConsoleSummary, CountsTheTimeSinceTheRunWasResumed) {
  model::RunRecord record = flaky_run(false);
  record.resumed.emplace_back();
  EXPECT_TRUE(console_summary(record, "out", Terminal{}).ends_with("Took 20s since it was resumed; report: out\n"));
}

TEST(ConsoleSummary, SaysThatARunWasKilledAndWhichSpecsSkippedThemselves) {
  model::RunStarted start;
  start.categories = {"Core.Network"};
  start.plan.cases = {testing::sample_case("Core.Network", "a", 2)};
  model::CaseResult in_part = passed();
  in_part.specs.push_back({{"another", "", 0}, model::SpecStatus::skipped, 1s, "no GPU", "", {}});
  const auto record = record_of({start, testing::started("a"), testing::finished("a", 3s, in_part)});
  EXPECT_EQ(console_summary(record, "out", Terminal{}),
            "\n"
            "Category      Cases  Passed  Failed  Time  Verdict\n"
            "Core.Network      1       1       0  3.0s  INCOMPLETE\n"
            "\n"
            "Passed in part:\n"
            "  a: 1 spec skipped\n"
            "\n" +
                verdict_line(record) + "The run was ended before it finished; report: out\n");
}

TEST(ConsoleSummary, NamesNamespacesThatWereLeftInTheCluster) {
  model::RunStarted start;
  start.categories = {"Core.Network"};
  start.plan.cases = {testing::sample_case("Core.Network", "a", 1)};
  const auto record =
      record_of({start, testing::started("a"), testing::finished("a", 3s, passed()),
                 model::RunFinished{testing::sample_time(), 4s, std::nullopt},
                 model::NamespacesLeft{testing::sample_time(), {{"dns-4711", "a"}, {"dns-4712", "a"}}}});
  EXPECT_EQ(console_summary(record, "out", Terminal{}),
            "\n"
            "Category      Cases  Passed  Failed  Time  Verdict\n"
            "Core.Network      1       1       0  3.0s  READY\n"
            "\n"
            "Left in the cluster:\n"
            "  namespace dns-4711, of a\n"
            "  namespace dns-4712, of a\n"
            "  `op-readiness cleanup out` deletes them\n"
            "\n" +
                verdict_line(record) + "Took 4.0s; report: out\n");
}

}  // namespace
}  // namespace opready::report
