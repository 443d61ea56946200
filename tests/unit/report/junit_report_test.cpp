// SPDX-License-Identifier: Apache-2.0
// Whole JUnit files of an eventful run, and the rules on rows one by one.
#include "opready/report/junit_report.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "opready/junit/reader.hpp"
#include "opready/junit/writer.hpp"
#include "opready/testing/golden.hpp"

#include "sample_run.hpp"

namespace opready::report {
namespace {

using model::Outcome;
using model::SpecStatus;

TEST(JUnitReport, ShowsAnEventfulRun) {
  opready::testing::expect_matches_golden("report/junit_op-readiness.xml",
                                          junit::to_xml(junit_report(testing::sample_record(), JUnitAttempts::all)));
}

TEST(JUnitReport, ShowsWherePodsRanAndWhatKeptThemWaiting) {
  opready::testing::expect_matches_golden("report/junit_evidence.xml",
                                          junit::to_xml(junit_report(testing::evidence_record(), JUnitAttempts::all)));
}

TEST(JUnitReport, SaysHowPodsWerePlaced) {
  model::RunRecord record = testing::evidence_record();
  record.started.placement = "policy";
  record.evidence_lacks = {"one", "two"};
  const auto properties = junit_report(record, JUnitAttempts::all).suites.at(0).properties;
  const auto has = [&](const junit::Property& property) {
    return std::find(properties.begin(), properties.end(), property) != properties.end();
  };
  EXPECT_TRUE(has({"placement", "policy"}));
  EXPECT_TRUE(has({"evidence_lacks", "one; two"}));
}

TEST(JUnitReport, IsReadBackAsItWasMeant) {
  const junit::Report report = junit_report(testing::sample_record(), JUnitAttempts::all);
  const junit::Report read = junit::read_report(junit::to_xml(report), "x.xml");
  ASSERT_EQ(read.fault, "");
  ASSERT_EQ(read.suites.size(), report.suites.size());
  for (std::size_t index = 0; index < read.suites.size(); ++index) {
    EXPECT_EQ(read.suites[index].cases.size(), report.suites[index].cases.size());
    EXPECT_EQ(read.suites[index].properties, report.suites[index].properties);
  }
}

std::vector<std::string> names(const std::vector<junit::Case>& rows) {
  std::vector<std::string> result;
  for (const junit::Case& row : rows) {
    result.push_back(row.name);
  }
  return result;
}

/// A run with one case, whose attempts ended with `results`.
model::RunRecord run_of(const std::vector<model::CaseResult>& results) {
  model::RunRecord record;
  record.started.categories = {"C"};
  model::CaseRecord item{testing::sample_case("C", "id", 1), {}};
  int number = 0;
  for (const model::CaseResult& result : results) {
    model::AttemptRecord attempt;
    attempt.started = testing::started("id", ++number);
    attempt.finished = testing::finished("id", std::chrono::seconds(3), result, number);
    item.attempts.push_back(attempt);
  }
  record.cases = {item};
  return record;
}

std::vector<junit::Case> rows_of(const model::RunRecord& record, JUnitAttempts attempts) {
  return junit_report(record, attempts).suites.at(0).cases;
}

std::vector<junit::Case> rows_of(const std::vector<model::CaseResult>& results, JUnitAttempts attempts) {
  return rows_of(run_of(results), attempts);
}

model::SpecResult spec_result(const std::string& name, SpecStatus status, const std::string& failure = "") {
  model::SpecResult made;
  made.spec.name = name;
  made.status = status;
  made.message = failure;
  made.failure = failure;
  return made;
}

model::CaseResult result(Outcome outcome, std::vector<model::SpecResult> specs) {
  model::CaseResult made;
  made.outcome = outcome;
  made.reason = "a reason";
  made.specs = std::move(specs);
  return made;
}

/// "name | kind | text" of each row.
std::vector<std::string> pictures(const std::vector<junit::Case>& rows) {
  std::vector<std::string> result;
  for (const junit::Case& row : rows) {
    const char* kind = row.kind == junit::CaseKind::passed ? "passed" : "failed";
    result.push_back(row.name + " | " + (row.kind == junit::CaseKind::skipped ? "skipped" : kind) + " | " +
                     (row.kind == junit::CaseKind::skipped ? row.message : row.body));
  }
  return result;
}

TEST(JUnitReport, KeepsTheLastAttemptOnlyWhereAskedTo) {
  const std::vector<model::CaseResult> results = {result(Outcome::failed, {spec_result("s", SpecStatus::failed, "no")}),
                                                  result(Outcome::passed, {spec_result("s", SpecStatus::passed)})};
  const auto all = rows_of(results, JUnitAttempts::all);
  EXPECT_EQ(names(all), (std::vector<std::string>{"id: s", "id: s"}));
  EXPECT_EQ(all[0].kind, junit::CaseKind::failed);
  EXPECT_EQ(all[1].kind, junit::CaseKind::passed);
  const auto last = rows_of(results, JUnitAttempts::last);
  EXPECT_EQ(names(last), (std::vector<std::string>{"id: s"}));
  EXPECT_EQ(last[0].kind, junit::CaseKind::passed);
}

TEST(JUnitReport, LetsARetryMendTheRowOfItsCase) {
  const std::vector<model::CaseResult> results = {result(Outcome::crashed, {}),
                                                  result(Outcome::passed, {spec_result("s", SpecStatus::passed)})};
  const auto all = rows_of(results, JUnitAttempts::all);
  EXPECT_EQ(names(all), (std::vector<std::string>{"id", "id", "id: s"}));
  EXPECT_EQ(all[0].kind, junit::CaseKind::failed);
  EXPECT_EQ(all[1].kind, junit::CaseKind::passed);
  EXPECT_EQ(names(rows_of(results, JUnitAttempts::last)), (std::vector<std::string>{"id: s"}));
}

// Dashboards call a row that was once skipped skipped, and one that was once cancelled flaky.
TEST(JUnitReport, LeavesOutWhatTellsNothingBesideAnotherAttempt) {
  const std::vector<model::CaseResult> cut_then_whole = {
      result(Outcome::cancelled, {spec_result("s", SpecStatus::passed), spec_result("t", SpecStatus::cancelled, "cut"),
                                  spec_result("u", SpecStatus::cancelled)}),
      result(Outcome::passed, {spec_result("s", SpecStatus::passed), spec_result("t", SpecStatus::passed),
                               spec_result("u", SpecStatus::skipped)})};
  EXPECT_EQ(names(rows_of(cut_then_whole, JUnitAttempts::all)),
            (std::vector<std::string>{"id: s", "id: s", "id: t", "id: u"}));
  const std::vector<model::CaseResult> whole_then_cut = {
      result(Outcome::failed, {spec_result("s", SpecStatus::failed, "no")}), result(Outcome::cancelled, {})};
  EXPECT_EQ(names(rows_of(whole_then_cut, JUnitAttempts::all)), (std::vector<std::string>{"id: s"}));
  const std::vector<model::CaseResult> cut_twice = {result(Outcome::cancelled, {}), result(Outcome::cancelled, {})};
  EXPECT_EQ(names(rows_of(cut_twice, JUnitAttempts::all)), (std::vector<std::string>{"id", "id"}));
}

TEST(JUnitReport, ShowsASpecThatTellsNothingAsTheSumOfItsAttemptsDoes) {
  const model::CaseResult cut = result(Outcome::cancelled, {spec_result("s", SpecStatus::cancelled, "cut")});
  const std::vector<model::CaseResult> stopped_twice = {
      cut, result(Outcome::cancelled, {spec_result("s", SpecStatus::cancelled)})};
  EXPECT_EQ(pictures(rows_of(stopped_twice, JUnitAttempts::all)),
            (std::vector<std::string>{"id | failed | cancelled: a reason\n\nlog: cases/id/attempt-1/e2e.log",
                                      "id | failed | cancelled: a reason\n\nlog: cases/id/attempt-2/e2e.log",
                                      "id: s | skipped | not run"}));
  const std::vector<model::CaseResult> cut_then_skipped = {
      cut, result(Outcome::skipped, {spec_result("s", SpecStatus::skipped)})};
  EXPECT_EQ(pictures(rows_of(cut_then_skipped, JUnitAttempts::all)),
            (std::vector<std::string>{"id: s | skipped | it skipped itself and gave no reason"}));
}

// Whatever the specs' rows show, a case that failed has a failing row and one that didn't has none.
TEST(JUnitReport, NeverHidesAnOutcome) {
  const std::vector<std::vector<model::SpecResult>> spec_sets = {
      {},
      {spec_result("s", SpecStatus::passed)},
      {spec_result("s", SpecStatus::skipped)},
      {spec_result("s", SpecStatus::cancelled)},
      {spec_result("s", SpecStatus::cancelled, "cut")},
      {spec_result("s", SpecStatus::failed, "no")},
      {spec_result("s", SpecStatus::passed), spec_result("t", SpecStatus::unproven, "unproven: on Linux")},
      {spec_result("s", SpecStatus::could_not_test, "could not test: no image")},
      {spec_result("s", SpecStatus::passed), spec_result("t", SpecStatus::timed_out, "late")}};
  for (int number = 0; number <= static_cast<int>(Outcome::could_not_test); ++number) {
    const auto outcome = static_cast<Outcome>(number);
    for (const std::vector<model::SpecResult>& specs : spec_sets) {
      bool spec_failed = false;
      for (const model::SpecResult& spec : specs) {
        spec_failed = spec_failed || model::is_failure(spec.status) || spec.failure == "cut";
      }
      for (const JUnitAttempts attempts : {JUnitAttempts::all, JUnitAttempts::last}) {
        bool row_failed = false;
        for (const junit::Case& row : rows_of({result(outcome, specs)}, attempts)) {
          row_failed = row_failed || row.kind == junit::CaseKind::failed;
          EXPECT_TRUE(row.kind != junit::CaseKind::failed || !row.body.empty());
          EXPECT_TRUE(row.kind != junit::CaseKind::skipped || !row.message.empty());
        }
        const bool expected = model::is_failure(outcome) || outcome == Outcome::cancelled || spec_failed;
        EXPECT_EQ(row_failed, expected) << to_string(outcome) << " with " << specs.size() << " specs";
      }
    }
  }
}

TEST(JUnitReport, TellsWhatAStopCutOffFromWhatItLeftOut) {
  model::RunStarted start = testing::sample_start();
  start.plan.cases = {testing::sample_case("Core.Network", "a", 2), testing::sample_case("Core.Network", "b", 1),
                      testing::sample_case("Core.Network", "c", 1)};
  model::CaseResult cut = result(Outcome::cancelled, {spec_result("s", SpecStatus::cancelled, "[INTERRUPTED] by user"),
                                                      spec_result("t", SpecStatus::cancelled)});
  cut.reason = "stopped in the middle";
  cut.specs[1].message = "not reached before the end";
  model::RunRecord record;
  for (const model::Event& event : std::vector<model::Event>{start, testing::started("a"), testing::started("b"),
                                                             model::StopRequested{testing::sample_time(), 2},
                                                             testing::finished("a", std::chrono::seconds(3), cut)}) {
    model::apply(record, event);
  }
  EXPECT_EQ(pictures(junit_report(record, JUnitAttempts::all).suites.at(0).cases),
            (std::vector<std::string>{
                "a: s | failed | cancelled: stopped in the middle\n\n[INTERRUPTED] by user\n\n"
                "log: cases/a/attempt-1/e2e.log",
                "a: t | skipped | not run: not reached before the end",
                "b | failed | cancelled: the run ended in the middle of it and wrote no result\n\n"
                "log: cases/b/attempt-1/e2e.log",
                "c | skipped | not run: stopped by SIGINT",
            }));
}

// Beside a spec that was cut off, too: what kept it waiting may be why it took so long.
TEST(JUnitReport, BeginsWithTheEssentialSentenceAndEndsWithTheLog) {
  model::SpecResult cut = spec_result("s", SpecStatus::cancelled, "[INTERRUPTED] by user");
  cut.pods = model::SpecPods{.unscheduled = 1, .warnings = {{"FailedScheduling", "pod/x", "no node"}}};
  model::SpecResult doubted = spec_result("t", SpecStatus::unproven);
  doubted.message = "no pod of it was seen on Windows";
  model::CaseResult cancelled = result(Outcome::cancelled, {cut, doubted});
  EXPECT_EQ(pictures(rows_of({cancelled}, JUnitAttempts::all)),
            (std::vector<std::string>{
                "id: s | failed | cancelled: a reason\n\n[INTERRUPTED] by user\n\n"
                "kept waiting: FailedScheduling pod/x: no node\n\nlog: cases/id/attempt-1/e2e.log",
                "id: t | failed | unproven: no pod of it was seen on Windows\n\nlog: cases/id/attempt-1/e2e.log",
            }));
}

// Its pods could not be placed, so that no spec ran.
TEST(JUnitReport, GivesACaseThatCouldNotBeTestedItsOwnRow) {
  EXPECT_EQ(pictures(rows_of({result(Outcome::could_not_test, {})}, JUnitAttempts::all)),
            (std::vector<std::string>{
                "id | failed | could not test: a reason\n\nlog: cases/id/attempt-1/e2e.log",
            }));
}

TEST(JUnitReport, ShowsASuiteNodeThatFailedBesideTheSpecs) {
  model::CaseResult failed = result(
      Outcome::failed, {spec_result("s", SpecStatus::failed, "[FAILED] no"), spec_result("t", SpecStatus::passed)});
  failed.reason = "[SynchronizedAfterSuite] failed";
  failed.detail = "[FAILED] no clean-up";
  EXPECT_EQ(pictures(rows_of({failed}, JUnitAttempts::all)),
            (std::vector<std::string>{
                "id | failed | failed: [SynchronizedAfterSuite] failed\n\n[FAILED] no clean-up\n\n"
                "log: cases/id/attempt-1/e2e.log",
                "id: s | failed | [FAILED] no\n\nlog: cases/id/attempt-1/e2e.log",
                "id: t | passed | ",
            }));
}

/// Three specs; one fails, one fails twice, and each time only what failed is run again.
model::RunRecord run_with_partial_attempts() {
  model::RunRecord record =
      run_of({result(Outcome::failed, {spec_result("s", SpecStatus::passed), spec_result("t", SpecStatus::failed, "no"),
                                       spec_result("u", SpecStatus::timed_out, "late")}),
              result(Outcome::failed,
                     {spec_result("t", SpecStatus::passed), spec_result("u", SpecStatus::failed, "still no")}),
              result(Outcome::passed, {spec_result("u", SpecStatus::passed)})});
  record.cases[0].attempts[1].started.specs = {"t", "u"};
  record.cases[0].attempts[2].started.specs = {"u"};
  return record;
}

TEST(JUnitReport, RepeatsTheRowsOfWhatWasRunAgainAndNoOthers) {
  EXPECT_EQ(pictures(rows_of(run_with_partial_attempts(), JUnitAttempts::all)),
            (std::vector<std::string>{
                "id: s | passed | ",
                "id: t | failed | no\n\nlog: cases/id/attempt-1/e2e.log",
                "id: u | failed | late\n\nlog: cases/id/attempt-1/e2e.log",
                "id: t | passed | ",
                "id: u | failed | still no\n\nlog: cases/id/attempt-2/e2e.log",
                "id: u | passed | ",
            }));
}

TEST(JUnitReport, ShowsEachSpecOnceAsItEndedWhereAskedTo) {
  model::RunRecord record = run_with_partial_attempts();
  EXPECT_EQ(pictures(rows_of(record, JUnitAttempts::last)),
            (std::vector<std::string>{"id: s | passed | ", "id: t | passed | ", "id: u | passed | "}));
  record.cases[0].attempts.pop_back();
  EXPECT_EQ(pictures(rows_of(record, JUnitAttempts::last)),
            (std::vector<std::string>{"id: s | passed | ", "id: t | passed | ",
                                      "id: u | failed | still no\n\nlog: cases/id/attempt-2/e2e.log"}));
  record.cases[0].attempts.pop_back();
  EXPECT_EQ(pictures(rows_of(record, JUnitAttempts::last)),
            (std::vector<std::string>{"id: s | passed | ", "id: t | failed | no\n\nlog: cases/id/attempt-1/e2e.log",
                                      "id: u | failed | late\n\nlog: cases/id/attempt-1/e2e.log"}));
}

bool has_property(const junit::Case& row, const junit::Property& property) {
  return std::find(row.properties.begin(), row.properties.end(), property) != row.properties.end();
}

TEST(JUnitReport, MarksFlakes) {
  for (const JUnitAttempts attempts : {JUnitAttempts::all, JUnitAttempts::last}) {
    for (const junit::Case& row : rows_of(run_with_partial_attempts(), attempts)) {
      EXPECT_EQ(has_property(row, {"flaky", "true"}), row.name != "id: s") << row.name;
    }
  }
}

TEST(JUnitReport, FailsFlakesThatAreHeldAgainstTheRunWhereNoOtherRowDoes) {
  model::RunRecord record = run_with_partial_attempts();
  record.started.flaky_fails = true;
  EXPECT_EQ(pictures(rows_of(record, JUnitAttempts::last)),
            (std::vector<std::string>{
                "id: s | passed | ",
                "id: t | failed | flaky: it passed, but had failed in attempt 1: a reason\n\n"
                "log: cases/id/attempt-1/e2e.log",
                "id: u | failed | flaky: it passed, but had failed in attempt 1: a reason\n\n"
                "log: cases/id/attempt-1/e2e.log",
            }));
  EXPECT_EQ(pictures(rows_of(record, JUnitAttempts::all)).at(3), "id: t | passed | ");

  record = run_of({result(Outcome::crashed, {}), result(Outcome::passed, {spec_result("s", SpecStatus::passed)})});
  record.started.flaky_fails = true;
  EXPECT_EQ(pictures(rows_of(record, JUnitAttempts::last)),
            (std::vector<std::string>{
                "id | failed | flaky: it passed, but had failed in attempt 1: a reason\n\n"
                "log: cases/id/attempt-1/e2e.log",
                "id: s | passed | ",
            }));
}

// Its time is counted where it ran.
TEST(JUnitReport, SaysWhichCaseRanInsteadOfAnother) {
  model::CaseResult passed = result(Outcome::passed, {spec_result("s", SpecStatus::passed)});
  passed.specs[0].duration = std::chrono::seconds(3);
  model::RunRecord record = run_of({result(Outcome::crashed, {}), passed});
  for (model::AttemptRecord& attempt : record.cases[0].attempts) {
    attempt.started.id = "stand-in";
  }
  const auto rows = rows_of(record, JUnitAttempts::all);
  EXPECT_EQ(pictures(rows), (std::vector<std::string>{
                                "id | failed | crashed: a reason\n\nlog: cases/stand-in/attempt-1/e2e.log",
                                "id | passed | ",
                                "id: s | passed | ",
                            }));
  for (const junit::Case& row : rows) {
    EXPECT_TRUE(has_property(row, {"ran_as", "stand-in"})) << row.name;
    EXPECT_EQ(row.duration, std::chrono::milliseconds(0)) << row.name;
  }
}

TEST(JUnitReport, SaysWhyTheRunEndedBeforeACase) {
  const std::pair<model::StopRequested, std::string> table[] = {
      {{.signal = 15}, "not run: stopped by SIGTERM"},
      {{.reason = model::StopReason::time_limit, .detail = "its time, 2h, is up"},
       "not run: stopped: its time, 2h, is up"},
      {{.reason = model::StopReason::failures, .detail = "3 cases failed"},
       "not run: stopped: 3 cases failed (--fail-fast)"},
      {{.reason = model::StopReason::write_failure, .detail = "cannot write 'x': no space left on device"},
       "not run: stopped: cannot write 'x': no space left on device"},
  };
  for (const auto& [stop, expected] : table) {
    model::RunRecord record = run_of({});
    record.stop = stop;
    EXPECT_EQ(pictures(rows_of(record, JUnitAttempts::all)), std::vector<std::string>{"id | skipped | " + expected});
  }
}

TEST(CaseReports, CarryTheOlderToolsMarks) {
  const std::vector<CaseReport> files = case_reports(testing::sample_record(), JUnitAttempts::last);
  ASSERT_EQ(files.size(), 9U);
  EXPECT_EQ(files[0].file_name, "junit_1101.xml");
  EXPECT_EQ(files[6].file_name, "junit_2301.xml");
  opready::testing::expect_matches_golden("report/junit_2301.xml", junit::to_xml(files[6].report));
}

TEST(CaseReports, HaveNamesThatAreTheOlderToolsAndNeverCollide) {
  model::RunRecord record;
  for (int category = 1; category <= 12; ++category) {
    for (int number = 1; number <= 12; ++number) {
      record.cases.push_back({testing::sample_case("C" + std::to_string(category), "id", 1), {}});
    }
  }
  std::vector<std::string> file_names;
  for (const CaseReport& file : case_reports(record, JUnitAttempts::all)) {
    file_names.push_back(file.file_name);
  }
  EXPECT_EQ(file_names.at(0), "junit_1101.xml");
  EXPECT_EQ(file_names.at(10), "junit_11101.xml");
  EXPECT_EQ(file_names.at(8 * 12 + 11), "junit_91201.xml");
  EXPECT_EQ(file_names.at(9 * 12), "junit_10_101.xml");
  std::sort(file_names.begin(), file_names.end());
  EXPECT_EQ(std::unique(file_names.begin(), file_names.end()), file_names.end());
}

}  // namespace
}  // namespace opready::report
