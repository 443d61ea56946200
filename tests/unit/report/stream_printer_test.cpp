// SPDX-License-Identifier: Apache-2.0
// Pictures of a run as it's shown, byte by byte.
#include "opready/report/stream_printer.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "recorded_output.hpp"
#include "sample_run.hpp"

namespace opready::report {
namespace {

using namespace std::chrono_literals;
using testing::finished;
using testing::RecordedOutput;
using testing::sample_time;
using testing::started;

constexpr Terminal kPlain{false, false, 80};
constexpr Terminal kLive{false, true, 80};

model::CaseResult with(model::Outcome outcome, const std::string& reason = "") {
  model::CaseResult result;
  result.outcome = outcome;
  result.reason = reason;
  return result;
}

model::CaseResult failure() {
  model::CaseResult result = with(model::Outcome::failed, "1 of 1 specs failed");
  result.specs = {{{"[sig-x] a spec", "test/e2e/x.go", 7}, model::SpecStatus::failed, 1s, "no", "no\nluck", {}}};
  return result;
}

struct Shown {
  explicit Shown(OutputMode mode, const Terminal& terminal = kPlain)
      : printer(screen, terminal, {.mode = mode, .slow_after = 5min}) {
    printer.on_event(testing::sample_start());
  }

  void output(std::string_view id, std::string_view text, bool first = true, bool last = true) {
    printer.on_output({id, text, first, last, sample_time()});
  }

  RecordedOutput screen;
  StreamPrinter printer;
};

TEST(StreamPrinter, OpensACaseWithItsNumberInItsCategory) {
  Shown shown(OutputMode::stream);
  shown.printer.on_event(started("core-network-pods"));
  shown.printer.on_event(started("core-scheduling-gpu"));
  shown.printer.on_event(started("core-network-dns"));
  shown.printer.on_event(started("core-network-pods", 2));
  EXPECT_EQ(shown.screen.take(),
            "[Core.Network] 1 / 3 - What core-network-pods is about\n"
            "[Core.Scheduling] 1 / 2 - What core-scheduling-gpu is about\n"
            "[Core.Network] 2 / 3 - What core-network-dns is about\n"
            "[Core.Network] 1 / 3 - What core-network-pods is about (attempt 2)\n");
}

TEST(StreamPrinter, PutsTimeAndCaseInFrontOfEachLine) {
  Shown shown(OutputMode::stream);
  shown.output("core-network-dns", "hello");
  shown.output("core-network-dns", "");
  EXPECT_EQ(shown.screen.take(),
            "2026-01-31T08:15:30.123Z [core-network-dns] hello\n"
            "2026-01-31T08:15:30.123Z [core-network-dns] \n");
}

TEST(StreamPrinter, LetsNoLineMoveTheCursor) {
  Shown shown(OutputMode::stream);
  shown.output("a", "\x1b[2J\x1b[31mred\x1b[0m 10%\r20%\a\xff\r");
  EXPECT_EQ(shown.screen.take(), "2026-01-31T08:15:30.123Z [a] red 10% 20%\xEF\xBF\xBD\xEF\xBF\xBD\n");
}

TEST(StreamPrinter, CutsALongLineAndSaysHowMuchTheLogHolds) {
  const std::string_view prefix = "2026-01-31T08:15:30.123Z [a] ";
  const std::string kept(StreamPrinter::kMaxLineBytes, 'x');
  const std::pair<std::size_t, std::string> table[] = {
      {0, ""},
      {1, "... [1 B more in e2e.log]"},
      {1024, "... [1.0 KiB more in e2e.log]"},
      {12'897'485, "... [12.3 MiB more in e2e.log]"},
  };
  for (const auto& [more, mark] : table) {
    Shown shown(OutputMode::stream);
    shown.output("a", kept + std::string(more, 'y'));
    EXPECT_EQ(shown.screen.take(), std::string(prefix) + kept + mark + "\n") << more;
  }
}

TEST(StreamPrinter, CutsBetweenCharacters) {
  Shown shown(OutputMode::stream);
  const std::string kept(StreamPrinter::kMaxLineBytes - 1, 'x');
  shown.output("a", kept + "\xC3\xBC");
  EXPECT_EQ(shown.screen.take(), "2026-01-31T08:15:30.123Z [a] " + kept + "... [2 B more in e2e.log]\n");
}

TEST(StreamPrinter, CountsALongLineOverItsPiecesAndLetsOtherCasesPass) {
  Shown shown(OutputMode::stream);
  const std::string piece(StreamPrinter::kMaxLineBytes / 2, 'x');
  shown.output("a", piece, true, false);
  shown.output("b", "whole");
  shown.output("a", piece, false, false);
  shown.output("a", piece, false, false);
  shown.output("b", "another");
  shown.output("a", "end", false, true);
  shown.output("a", "next");
  const std::string time = "2026-01-31T08:15:30.123Z ";
  EXPECT_EQ(shown.screen.take(), time + "[b] whole\n" + time + "[b] another\n" + time + "[a] " + piece + piece +
                                     "... [4.0 KiB more in e2e.log]\n" + time + "[a] next\n");
}

TEST(StreamPrinter, ClosesACaseWithItsOutcome) {
  Shown shown(OutputMode::stream);
  shown.printer.on_event(finished("core-network-dns", 42s, with(model::Outcome::passed)));
  shown.printer.on_event(finished("core-network-pods", 2min, failure(), 2));
  model::CaseResult leaked = with(model::Outcome::timed_out, "not done after 1h");
  leaked.leaked = true;
  shown.printer.on_event(finished("core-network-crash", 1h, leaked));
  EXPECT_EQ(shown.screen.take(),
            "PASSED core-network-dns in 42s\n"
            "FAILED core-network-pods in 2m00s (attempt 2): 1 of 1 specs failed\n"
            "TIMED OUT core-network-crash in 1h00m, left processes behind: not done after 1h\n");
}

model::CaseResult unproven() {
  model::CaseResult result =
      with(model::Outcome::unproven, "it passed, but a pod ran on linux-0 (linux), not on Windows");
  result.specs = {{{"[sig-x] a spec", "test/e2e/x.go", 7},
                   model::SpecStatus::unproven,
                   1s,
                   "",
                   "unproven: it passed, but a pod ran on linux-0 (linux), not on Windows",
                   {},
                   model::SpecPods{.nodes = {{{"linux-0", "linux", ""}, 2}}}}};
  return result;
}

TEST(StreamPrinter, ShowsWherePodsRanBelowTheOutcome) {
  const std::string outcome =
      "\x1b[33;38;5;130mUNPROVEN\x1b[0m core-network-dns in 42s: it passed, but a pod ran on linux-0 (linux), not on "
      "Windows\n";
  const std::string pods = "  ran on Linux: 2 pods on linux-0\n";
  const std::string spec =
      "  \x1b[1m[sig-x] a spec\x1b[0m\n    test/e2e/x.go:7\n"
      "    unproven: it passed, but a pod ran on linux-0 (linux), not on Windows\n";
  const std::pair<OutputMode, std::string> table[] = {
      {OutputMode::stream, outcome + pods},
      {OutputMode::failures, outcome + pods + spec},
      {OutputMode::quiet, outcome},
  };
  for (const auto& [mode, expected] : table) {
    Shown shown(mode, Terminal{true, false, 80});
    shown.printer.on_event(finished("core-network-dns", 42s, unproven()));
    EXPECT_EQ(shown.screen.take(), expected) << static_cast<int>(mode);
  }
}

TEST(StreamPrinter, WarnsOfGapsInTheEvidence) {
  Shown shown(OutputMode::quiet);
  shown.printer.on_event(model::EvidenceLacks{sample_time(), "pods could not be watched: forbidden"});
  EXPECT_EQ(shown.screen.take(),
            "warning: evidence of where pods run is lacking: pods could not be watched: forbidden\n");
}

TEST(StreamPrinter, CallsAFlakeAFlake) {
  Shown shown(OutputMode::stream);
  shown.printer.on_event(finished("core-network-pods", 2s, failure()));
  shown.printer.on_event(finished("core-network-crash", 2s, with(model::Outcome::crashed, "killed by SIGSEGV")));
  shown.screen.take();
  model::CaseResult passed = with(model::Outcome::passed);
  passed.leaked = true;
  shown.printer.on_event(finished("core-network-pods", 3s, passed, 2));
  shown.printer.on_event(finished("core-network-crash", 3s, with(model::Outcome::passed), 2));
  shown.printer.on_event(finished("core-network-dns", 3s, with(model::Outcome::passed)));
  EXPECT_EQ(shown.screen.take(),
            "PASSED core-network-pods in 3.0s (attempt 2), left processes behind, flaky: 1 spec failed before\n"
            "PASSED core-network-crash in 3.0s (attempt 2), flaky: it failed before\n"
            "PASSED core-network-dns in 3.0s\n");
}

TEST(StreamPrinter, ShowsAFlakeThatIsHeldAgainstTheRunInQuietModeToo) {
  model::RunStarted start = testing::sample_start();
  for (const bool flaky_fails : {false, true}) {
    start.flaky_fails = flaky_fails;
    Shown shown(OutputMode::quiet);
    shown.printer.on_event(start);
    shown.printer.on_event(finished("core-network-pods", 2s, failure()));
    shown.screen.take();
    shown.printer.on_event(finished("core-network-pods", 3s, with(model::Outcome::passed), 2));
    EXPECT_EQ(shown.screen.take(),
              flaky_fails ? "PASSED core-network-pods in 3.0s (attempt 2), flaky, which counts as failed: 1 spec "
                            "failed before\n"
                          : "");
  }
}

TEST(StreamPrinter, NamesACaseThatRunsLong) {
  const std::pair<OutputMode, std::string> table[] = {
      {OutputMode::stream, "\x1b[33;38;5;130mSLOW\x1b[0m core-network-dns has run for 5m: Looking it up\n"},
      {OutputMode::failures, "\x1b[33;38;5;130mSLOW\x1b[0m core-network-dns has run for 5m: Looking it up\n"},
      {OutputMode::quiet, ""},
  };
  for (const auto& [mode, expected] : table) {
    Shown shown(mode, Terminal{true, false, 80});
    shown.printer.on_event(started("core-network-dns"));
    shown.output("core-network-dns", "STEP: Looking it up");
    shown.printer.on_tick(base::SteadyTime{});
    shown.screen.take();
    shown.printer.on_tick(base::SteadyTime{5min});
    EXPECT_EQ(shown.screen.take(), expected) << static_cast<int>(mode);
  }
}

TEST(StreamPrinter, TakesUpWhereARunEnded) {
  model::RunRecord record;
  for (const model::Event& event : std::vector<model::Event>{
           testing::sample_start(), started("core-network-dns"),
           finished("core-network-dns", 42s, with(model::Outcome::passed)), started("core-network-pods"),
           finished("core-network-pods", 2s, failure()), started("core-network-pods", 2)}) {
    model::apply(record, event);
  }
  const std::pair<OutputMode, std::string> table[] = {
      {OutputMode::stream,
       "resuming: 1 of 5 cases done\n"
       "[Core.Network] 2 / 3 - What core-network-pods is about (attempt 3)\n"
       "[Core.Network] 3 / 3 - What core-network-crash is about\n"
       "PASSED core-network-pods in 2.0s (attempt 3), flaky: 1 spec failed before\n"},
      {OutputMode::failures,
       "resuming: 1 of 5 cases done\n"
       "PASSED core-network-pods in 2.0s (attempt 3), flaky: 1 spec failed before\n"},
      {OutputMode::quiet, ""},
  };
  for (const auto& [mode, expected] : table) {
    RecordedOutput screen;
    StreamPrinter printer(screen, kPlain, {.mode = mode, .slow_after = 5min});
    printer.restore(record);
    printer.on_event(model::RunResumed{.jobs = 1});
    printer.on_event(started("core-network-pods", 3));
    printer.on_event(started("core-network-crash"));
    printer.on_event(finished("core-network-pods", 2s, with(model::Outcome::passed), 3));
    EXPECT_EQ(screen.take(), expected) << static_cast<int>(mode);
  }
}

TEST(StreamPrinter, SaysWhyARunIsStopped) {
  const std::pair<model::StopRequested, std::string> table[] = {
      {{.signal = 2},
       "stopping on SIGINT: running cases are given time to clean up; a further signal cuts that short\n"},
      {{.reason = model::StopReason::time_limit, .detail = "its time, 2h, is up"},
       "stopping: its time, 2h, is up; running cases are given time to clean up\n"},
      {{.reason = model::StopReason::failures, .detail = "3 cases failed"},
       "no more cases are started: 3 cases failed (--fail-fast)\n"},
      {{.reason = model::StopReason::write_failure, .detail = "cannot write 'x': no space left on device"},
       "stopping: cannot write 'x': no space left on device; running cases are given time to clean up\n"},
  };
  for (const auto& [stop, expected] : table) {
    Shown shown(OutputMode::quiet);
    shown.printer.on_event(stop);
    EXPECT_EQ(shown.screen.take(), expected);
  }
}

TEST(StreamPrinter, ColoursOutcomes) {
  Shown shown(OutputMode::stream, Terminal{true, false, 80});
  shown.printer.on_event(started("core-network-dns"));
  shown.printer.on_event(finished("core-network-dns", 42s, with(model::Outcome::passed)));
  EXPECT_EQ(shown.screen.take(),
            "\x1b[1m[Core.Network] 1 / 3 - What core-network-dns is about\x1b[0m\n"
            "\x1b[32;38;5;28mPASSED\x1b[0m core-network-dns in 42s\n");
}

TEST(StreamPrinter, ShowsOutcomesAndFirstLinesOfFailuresInFailuresMode) {
  Shown shown(OutputMode::failures);
  shown.printer.on_event(started("core-network-dns"));
  shown.output("core-network-dns", "not shown");
  shown.printer.on_event(finished("core-network-dns", 42s, with(model::Outcome::passed)));
  shown.printer.on_event(finished("core-network-pods", 2s, failure()));
  EXPECT_EQ(shown.screen.take(),
            "PASSED core-network-dns in 42s\n"
            "FAILED core-network-pods in 2.0s: 1 of 1 specs failed\n"
            "  [sig-x] a spec\n"
            "    test/e2e/x.go:7\n"
            "    no\n"
            "    luck\n");
}

TEST(StreamPrinter, ShowsOnlyFailuresAndTheStopInQuietMode) {
  Shown shown(OutputMode::quiet, kLive);
  shown.printer.on_event(started("core-network-dns"));
  shown.output("core-network-dns", "not shown");
  shown.printer.on_tick(base::SteadyTime{});
  shown.printer.on_event(finished("core-network-dns", 42s, with(model::Outcome::passed)));
  EXPECT_EQ(shown.screen.take(), "");
  shown.printer.on_event(finished("core-network-pods", 2s, failure()));
  shown.printer.on_event(model::StopRequested{sample_time(), 15});
  EXPECT_EQ(shown.screen.take(),
            "FAILED core-network-pods in 2.0s: 1 of 1 specs failed\n"
            "stopping on SIGTERM: running cases are given time to clean up; a further signal cuts that short\n");
}

TEST(StreamPrinter, DrawsNoStatusWhereTheTerminalIsNotLive) {
  Shown shown(OutputMode::stream);
  shown.printer.on_event(started("core-network-dns"));
  shown.screen.take();
  shown.printer.on_tick(base::SteadyTime{});
  EXPECT_EQ(shown.screen.take(), "");
}

/// What is drawn for these lines; the cursor then stands at the head of the first.
std::string drawn(const std::string& lines) {
  const auto up = std::count(lines.begin(), lines.end(), '\n');
  return "\x1b[?7l" + lines + "\r" + (up > 0 ? "\x1b[" + std::to_string(up) + "A" : "") + "\x1b[?7h";
}

const std::string kErase = "\r\x1b[J";
const std::string kProgress = "[....................] 0 of 5 done, 0.0s";

TEST(StreamPrinter, KeepsTheStatusBelowEverythingElse) {
  Shown shown(OutputMode::stream, kLive);
  shown.printer.on_event(started("core-network-dns"));
  EXPECT_EQ(shown.screen.take(),
            "[Core.Network] 1 / 3 - What core-network-dns is about\n" + drawn(kProgress + "\n  0.0s core-network-dns"));
  shown.output("core-network-dns", "STEP: Looking it up");
  EXPECT_EQ(shown.screen.take(), kErase + "2026-01-31T08:15:30.123Z [core-network-dns] STEP: Looking it up\n" +
                                     drawn(kProgress + "\n  0.0s core-network-dns"));
  shown.printer.on_tick(base::SteadyTime{});
  EXPECT_EQ(shown.screen.take(), kErase + drawn(kProgress + "\n  0.0s core-network-dns: Looking it up"));
  shown.printer.on_event(finished("core-network-dns", 42s, with(model::Outcome::passed)));
  const std::string written = shown.screen.take();
  EXPECT_TRUE(written.starts_with(kErase + "PASSED core-network-dns in 42s\n")) << written;
  EXPECT_TRUE(written.ends_with(kErase)) << written;
}

TEST(StreamPrinter, DrawsNothingThatStandsThereAlready) {
  Shown shown(OutputMode::stream, kLive);
  shown.printer.on_event(started("core-network-dns"));
  shown.printer.on_tick(base::SteadyTime{});
  shown.screen.take();
  shown.printer.on_tick(base::SteadyTime{});
  EXPECT_EQ(shown.screen.take(), "");
}

TEST(StreamPrinter, TakesTheStatusAwayWhenTheRunEnds) {
  Shown shown(OutputMode::stream, kLive);
  shown.printer.on_event(started("core-network-dns"));
  shown.screen.take();
  shown.printer.on_event(model::RunFinished{sample_time(), 1s, std::nullopt});
  EXPECT_EQ(shown.screen.take(), kErase);
}

TEST(StreamPrinter, LeavesTheTerminalToOthersUntilSomethingHappens) {
  Shown shown(OutputMode::stream, kLive);
  shown.printer.on_event(started("core-network-dns"));
  shown.screen.take();
  shown.printer.leave_terminal();
  EXPECT_EQ(shown.screen.take(), kErase);
  shown.printer.on_tick(base::SteadyTime{});
  EXPECT_EQ(shown.screen.take(), drawn(kProgress + "\n  0.0s core-network-dns"));
}

TEST(StreamPrinter, FollowsTheTerminalsSize) {
  RecordedOutput screen;
  ScreenSize size;
  StreamPrinter printer(screen, kLive, {.size = [&] { return size; }});
  printer.on_event(testing::sample_start());
  printer.on_event(started("core-network-dns"));
  screen.take();
  size = {16, 24};
  printer.redraw();
  EXPECT_EQ(screen.take(), kErase + drawn("0 of 5 done, 0…\n  0.0s core-ne…"));
  size = {80, 2};
  printer.redraw();
  EXPECT_EQ(screen.take(), kErase + drawn(kProgress));
}

TEST(StreamPrinter, PrintsNoticesAboveTheStatus) {
  Shown shown(OutputMode::stream, kLive);
  shown.printer.on_event(started("core-network-dns"));
  shown.screen.take();
  shown.printer.print("notice\n");
  EXPECT_EQ(shown.screen.take(), kErase + "notice\n" + drawn(kProgress + "\n  0.0s core-network-dns"));
}

TEST(StreamPrinter, EstimatesByAnEarlierRun) {
  RecordedOutput screen;
  StreamPrinter printer(screen, kLive, {.earlier = {{"core-network-dns", 5min}}});
  printer.on_event(testing::sample_start());
  printer.on_event(started("core-network-dns"));
  EXPECT_NE(screen.take().find("0 of 5 done, 0.0s, about 13m left\n"), std::string::npos);
}

}  // namespace
}  // namespace opready::report
