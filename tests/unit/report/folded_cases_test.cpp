// SPDX-License-Identifier: Apache-2.0
// What CI systems' logs get of a run.
#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "opready/report/stream_printer.hpp"

#include "recorded_output.hpp"
#include "sample_run.hpp"

namespace opready::report {
namespace {

using namespace std::chrono_literals;
using testing::finished;
using testing::RecordedOutput;
using testing::sample_time;
using testing::started;

model::CaseResult passed() {
  model::CaseResult result;
  result.outcome = model::Outcome::passed;
  return result;
}

/// A run with so many jobs.
struct Shown {
  Shown(CiLog log, int jobs)
      : printer(std::make_unique<StreamPrinter>(screen, Terminal{.log = log}, StreamOptions{.slow_after = 5min})) {
    model::RunStarted start = testing::sample_start();
    start.jobs = jobs;
    printer->on_event(start);
  }

  void begin(const std::string& id, int attempt = 1) { printer->on_event(started(id, attempt)); }
  void output(std::string_view id, std::string_view text) { printer->on_output({id, text, true, true, sample_time()}); }
  void end(const std::string& id, std::chrono::milliseconds duration, int attempt = 1) {
    printer->on_event(finished(id, duration, passed(), attempt));
  }

  RecordedOutput screen;
  std::unique_ptr<StreamPrinter> printer;
};

/// As a CI system's log gets it from a run with so many jobs.
std::string logged(CiLog log, int jobs) {
  Shown shown(log, jobs);
  shown.begin("core-network-dns");
  shown.begin("core-network-pods", 2);
  shown.output("core-network-dns", "one");
  shown.output("core-network-pods", "two");
  shown.output("core-network-dns", "three");
  shown.end("core-network-pods", 2s, 2);
  shown.end("core-network-dns", 42s);
  return shown.screen.take();
}

TEST(FoldedCases, FoldsTheLinesOfEachCaseOfSeveralAtItsEnd) {
  const std::string time = "2026-01-31T08:15:30.123Z ";
  EXPECT_EQ(logged(CiLog::github, 2),
            "::group::[Core.Network] 2 / 3 - What core-network-pods is about (attempt 2)\n" +            //
                time + "[core-network-pods] two\n::endgroup::\n" +                                       //
                "PASSED core-network-pods in 2.0s (attempt 2)\n" +                                       //
                "::group::[Core.Network] 1 / 3 - What core-network-dns is about\n" +                     //
                time + "[core-network-dns] one\n" + time + "[core-network-dns] three\n::endgroup::\n" +  //
                "PASSED core-network-dns in 42s\n");
}

TEST(FoldedCases, FoldsTheLinesOfASingleJobAsTheyCome) {
  RecordedOutput screen;
  StreamPrinter printer(screen, {.log = CiLog::gitlab}, {});
  model::RunStarted start = testing::sample_start();
  start.jobs = 1;
  printer.on_event(start);
  printer.on_event(started("core-network-dns"));
  EXPECT_EQ(screen.take(),
            "\x1b[0Ksection_start:1769847330:core-network-dns_1[collapsed=true]\r\x1b[0K"
            "[Core.Network] 1 / 3 - What core-network-dns is about\n");
  printer.on_output({"core-network-dns", "one", true, true, sample_time()});
  EXPECT_EQ(screen.take(), "2026-01-31T08:15:30.123Z [core-network-dns] one\n");
  printer.on_event(finished("core-network-dns", 42s, passed()));
  EXPECT_EQ(screen.take(),
            "\x1b[0Ksection_end:1769847330:core-network-dns_1\r\x1b[0K\n"
            "PASSED core-network-dns in 42s\n");
}

TEST(FoldedCases, PutsWhatIsNoCasesBetweenGroups) {
  Shown shown(CiLog::github, 1);
  shown.begin("core-network-dns");
  shown.output("core-network-dns", "one");
  shown.printer->on_tick(base::SteadyTime{});
  shown.screen.take();
  shown.printer->on_tick(base::SteadyTime{5min});
  shown.printer->print("waiting for another run's turn to end\n");
  shown.output("core-network-dns", "two");
  shown.output("core-network-dns", "three");
  shown.printer->on_event(model::EvidenceLacks{sample_time(), "pods could not be watched: forbidden"});
  shown.end("core-network-dns", 6min);
  const std::string line = "2026-01-31T08:15:30.123Z [core-network-dns] ";
  EXPECT_EQ(shown.screen.take(),
            "::endgroup::\n"
            "SLOW core-network-dns has run for 5m\n"
            "waiting for another run's turn to end\n"
            "::group::[Core.Network] 1 / 3 - What core-network-dns is about (continued)\n" +
                line + "two\n" + line + "three\n" +
                "::endgroup::\n"
                "warning: evidence of where pods run is lacking: pods could not be watched: forbidden\n"
                "PASSED core-network-dns in 6m00s\n");
}

TEST(FoldedCases, GivesEachPartOfACaseASectionOfItsOwn) {
  Shown shown(CiLog::gitlab, 1);
  shown.begin("core-network-dns", 2);
  shown.printer->print("notice\n");
  shown.output("core-network-dns", "one");
  shown.end("core-network-dns", 42s, 2);
  EXPECT_EQ(shown.screen.take(),
            "\x1b[0Ksection_start:1769847330:core-network-dns_2[collapsed=true]\r\x1b[0K"
            "[Core.Network] 1 / 3 - What core-network-dns is about (attempt 2)\n"
            "\x1b[0Ksection_end:1769847330:core-network-dns_2\r\x1b[0K\n"
            "notice\n"
            "\x1b[0Ksection_start:1769847330:core-network-dns_2_2[collapsed=true]\r\x1b[0K"
            "[Core.Network] 1 / 3 - What core-network-dns is about (attempt 2) (continued)\n"
            "2026-01-31T08:15:30.123Z [core-network-dns] one\n"
            "\x1b[0Ksection_end:1769847330:core-network-dns_2_2\r\x1b[0K\n"
            "PASSED core-network-dns in 42s (attempt 2)\n");
}

TEST(FoldedCases, ShowsNoticesAtOnceWhileLinesAreHeld) {
  Shown shown(CiLog::github, 2);
  shown.begin("core-network-dns");
  shown.output("core-network-dns", "one");
  shown.printer->print("notice\n");
  EXPECT_EQ(shown.screen.take(), "notice\n");
}

/// Two of two jobs' cases, each of which has said something, and then the stop.
std::string stopped(Shown& shown, const model::StopRequested& stop) {
  shown.begin("core-network-dns");
  shown.begin("core-network-pods");
  shown.output("core-network-dns", "one");
  shown.output("core-network-pods", "two");
  shown.printer->on_event(stop);
  return shown.screen.take();
}

const std::string kHeld =
    "::group::[Core.Network] 1 / 3 - What core-network-dns is about\n"
    "2026-01-31T08:15:30.123Z [core-network-dns] one\n"
    "::endgroup::\n"
    "::group::[Core.Network] 2 / 3 - What core-network-pods is about\n"
    "2026-01-31T08:15:30.123Z [core-network-pods] two\n"
    "::endgroup::\n";

TEST(FoldedCases, HoldsNothingOnceARunIsStopped) {
  const std::pair<model::StopRequested, std::string> table[] = {
      {{.signal = 15},
       "stopping on SIGTERM: running cases are given time to clean up; a further signal cuts that short\n"},
      {{.reason = model::StopReason::time_limit, .detail = "its time, 2h, is up"},
       "stopping: its time, 2h, is up; running cases are given time to clean up\n"},
  };
  for (const auto& [stop, notice] : table) {
    Shown shown(CiLog::github, 2);
    EXPECT_EQ(stopped(shown, stop), kHeld + notice);
    shown.output("core-network-dns", "cleaning up");
    EXPECT_EQ(shown.screen.take(), "2026-01-31T08:15:30.123Z [core-network-dns] cleaning up\n");
    shown.end("core-network-dns", 42s);
    EXPECT_EQ(shown.screen.take(), "PASSED core-network-dns in 42s\n");
  }
}

TEST(FoldedCases, FoldsNothingOfASingleJobOnceARunIsStopped) {
  Shown shown(CiLog::github, 1);
  shown.begin("core-network-dns");
  shown.screen.take();
  shown.printer->on_event(model::StopRequested{.signal = 2});
  shown.output("core-network-dns", "cleaning up");
  EXPECT_EQ(shown.screen.take(),
            "::endgroup::\n"
            "stopping on SIGINT: running cases are given time to clean up; a further signal cuts that short\n"
            "2026-01-31T08:15:30.123Z [core-network-dns] cleaning up\n");
}

TEST(FoldedCases, FoldsOnWhereCasesRunToTheirEndsAfterEnoughFailures) {
  Shown shown(CiLog::github, 2);
  EXPECT_EQ(stopped(shown, {.reason = model::StopReason::failures, .detail = "3 cases failed"}),
            "no more cases are started: 3 cases failed (--fail-fast)\n");
  shown.end("core-network-pods", 2s);
  EXPECT_EQ(shown.screen.take(), kHeld.substr(kHeld.rfind("::group")) + "PASSED core-network-pods in 2.0s\n");
}

TEST(FoldedCases, LosesNothingThatIsHeldAtTheEnd) {
  for (const bool finished : {true, false}) {
    Shown shown(CiLog::github, 2);
    stopped(shown, {.reason = model::StopReason::failures});
    if (finished) {
      shown.printer->on_event(model::RunFinished{sample_time(), 1s, std::nullopt});
    } else {
      shown.printer.reset();
    }
    EXPECT_EQ(shown.screen.take(), kHeld);
  }
}

TEST(FoldedCases, KeepsTheLastLinesOfACaseThatPrintsMuch) {
  RecordedOutput screen;
  StreamPrinter printer(screen, {.log = CiLog::github}, {});
  printer.on_event(testing::sample_start());
  printer.on_event(started("core-network-dns"));
  const std::string text(1000, 'x');
  for (int line = 0; line < 1000; ++line) {
    printer.on_output({"core-network-dns", text, true, true, sample_time()});
  }
  printer.on_event(finished("core-network-dns", 42s, passed()));
  const std::string shown = screen.take();
  EXPECT_LT(shown.size(), 66U * 1024);
  EXPECT_NE(shown.find("is about\n... [938 lines before these in e2e.log]\n2026-01-31T08:15:30.123Z "),
            std::string::npos)
      << shown.substr(0, 300);
  // 62 are left of the thousand, and four lines are about them.
  EXPECT_EQ(std::count(shown.begin(), shown.end(), '\n'), 66);
}

TEST(FoldedCases, FoldsNothingWhereNoLinesOfCasesAreShown) {
  RecordedOutput screen;
  StreamPrinter printer(screen, {.log = CiLog::github}, {.mode = OutputMode::failures});
  printer.on_event(testing::sample_start());
  printer.on_event(started("core-network-dns"));
  printer.on_event(finished("core-network-dns", 42s, passed()));
  EXPECT_EQ(screen.take(), "PASSED core-network-dns in 42s\n");
}

}  // namespace
}  // namespace opready::report
