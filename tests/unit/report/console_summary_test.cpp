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
  EXPECT_NE(text.find("\x1b[33mUNPROVEN\x1b[0m core-network-services"), std::string::npos) << text;
  EXPECT_NE(text.find("\x1b[33mCOULD NOT TEST\x1b[0m core-scheduling-image"), std::string::npos) << text;
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
            "Not run, the run ended before its turn:\n"
            "  b\n"
            "\n" +
                verdict_line(record) + "Took 4.0s, stopped by SIGINT; report: out\n");
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
