// SPDX-License-Identifier: Apache-2.0
// What CI systems' logs get of a run.
#include <algorithm>
#include <string>

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

/// As a CI system's log gets it from a run with so many jobs.
std::string logged(CiLog log, int jobs) {
  RecordedOutput screen;
  StreamPrinter printer(screen, {.log = log}, {});
  model::RunStarted start = testing::sample_start();
  start.jobs = jobs;
  printer.on_event(start);
  const auto output = [&](std::string_view id, std::string_view text) {
    printer.on_output({id, text, true, true, sample_time()});
  };
  printer.on_event(started("core-network-dns"));
  printer.on_event(started("core-network-pods", 2));
  output("core-network-dns", "one");
  output("core-network-pods", "two");
  output("core-network-dns", "three");
  printer.on_event(finished("core-network-pods", 2s, passed(), 2));
  printer.on_event(finished("core-network-dns", 42s, passed()));
  return screen.take();
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
