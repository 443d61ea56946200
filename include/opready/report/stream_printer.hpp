// SPDX-License-Identifier: Apache-2.0
// Shows a run on the screen as it happens.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "opready/model/event_sink.hpp"
#include "opready/model/run_record.hpp"
#include "opready/report/estimate.hpp"
#include "opready/report/status_lines.hpp"
#include "opready/report/status_screen.hpp"
#include "opready/report/style.hpp"
#include "opready/report/text_output.hpp"

namespace opready::report {

/// --output: `stream` shows each case's opening, its child's lines and its outcome; `failures` shows outcomes, and the
/// first lines of what failed; `quiet` shows nothing of a run that goes well. The first two name cases that run long.
enum class OutputMode { stream, failures, quiet };

struct StreamOptions {
  OutputMode mode = OutputMode::stream;
  std::chrono::milliseconds slow_after = std::chrono::minutes(5);  ///< How long a case may run before it's named.
  Estimate::Durations earlier;                                     ///< How long cases took in an earlier run, by id.
  StatusScreen::Later later;
  StatusScreen::Drawing drawing;
  std::function<ScreenSize()> size;  ///< Of the terminal at this moment; empty: it stays as it was.
};

class FoldedCases;

/// The only writer of the screen while a run lasts: on a live terminal it keeps status lines below all else, and in a
/// CI system's log it folds each case's lines. Memory is bounded whatever children print.
class StreamPrinter final : public model::EventSink {
 public:
  static constexpr std::size_t kMaxLineBytes = 8192;

  /// `out` must outlive it.
  StreamPrinter(TextOutput& out, const Terminal& terminal, StreamOptions options);
  ~StreamPrinter() override;

  /// Counts what a run that goes on has done, and shows nothing of it: in place of its events up to RunResumed.
  void restore(const model::RunRecord& record);

  void on_event(const model::Event& event) override;
  void on_output(const model::OutputLine& line) override;
  void on_tick(base::SteadyTime now) override;

  /// Prints whole lines above the status lines, and in no case's group.
  void print(std::string_view lines);
  /// Draws the status lines as they should be, such as when the terminal's size has changed.
  void redraw();
  /// Takes the status lines away until something happens: somebody else is about to use the terminal.
  void leave_terminal() { screen_.show({}); }

 private:
  struct Title {
    std::string category;
    std::string description;
    int number = 0;  ///< Which of its category's cases it was to start; 0 before it did.
  };
  struct CategoryProgress {
    int started = 0;
    int to_run = 0;
  };
  struct ShownLine {
    base::Timestamp time;
    std::string text;                ///< As the child printed it, up to kMaxLineBytes.
    std::uint64_t hidden_bytes = 0;  ///< How many followed.
  };

  void show(const model::RunStarted& started);
  void show(const model::CaseStarted& started);
  void show(const model::CaseFinished& finished);
  void show(const model::StopRequested& stop);
  void show(const model::RunFinished& finished);
  void show(const model::NamespacesLeft& left);
  void show(const model::E2eRunStarted& told);
  void show(const model::EvidenceLacks& lack);
  void show(const model::RunResumed& resumed);

  void expect(const model::PlannedCase& planned);
  void remember_failure(const model::CaseFinished& finished);
  [[nodiscard]] bool is_flake(const model::CaseFinished& finished) const;
  [[nodiscard]] std::string closing_line(const model::CaseFinished& finished) const;
  [[nodiscard]] std::string flake_text(const model::CaseFinished& finished) const;
  [[nodiscard]] std::string credited_lines(const model::CaseFinished& finished) const;
  static void append_piece(ShownLine& line, std::string_view piece);
  void print_line(std::string_view case_id, const ShownLine& line);

  Terminal terminal_;
  StreamOptions options_;
  bool flaky_fails_ = false;
  StatusLines status_;
  StatusScreen screen_;
  std::unique_ptr<FoldedCases> folded_;  ///< Null: nobody folds.
  std::map<std::string, Title, std::less<>> titles_;
  std::map<std::string, CategoryProgress, std::less<>> categories_;
  std::map<std::string, std::set<std::string>, std::less<>> failed_;  ///< Cases, and their specs to blame.
  std::map<std::string, std::vector<std::string>> credited_;          ///< By the case that runs: those in whose stead.
  /// By case: a line whose end hasn't come yet. It's printed whole then, so that no other case's line tears it.
  std::map<std::string, ShownLine> held_;
};

}  // namespace opready::report
