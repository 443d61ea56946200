// SPDX-License-Identifier: Apache-2.0
// Shows a run on the screen as it happens.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "opready/model/event_sink.hpp"
#include "opready/model/run_record.hpp"
#include "opready/report/status_line.hpp"
#include "opready/report/style.hpp"
#include "opready/report/text_output.hpp"

namespace opready::report {

/// --output: `stream` shows each case's opening, its child's lines and its outcome; `failures` shows outcomes, and the
/// first lines of what failed; `quiet` shows nothing of a run that goes well. The first two name cases that run long.
enum class OutputMode { stream, failures, quiet };

/// The only writer of the screen while a run lasts: on a live terminal it keeps the status line below all else.
/// Memory is bounded whatever children print.
class StreamPrinter final : public model::EventSink {
 public:
  static constexpr std::size_t kMaxLineBytes = 8192;

  /// `out` must outlive it. `slow_after`: how long a case may run before it's named.
  StreamPrinter(TextOutput& out, OutputMode mode, const Terminal& terminal, std::chrono::milliseconds slow_after);

  /// Counts what a run that goes on has done, and shows nothing of it: in place of its events up to RunResumed.
  void restore(const model::RunRecord& record);

  void on_event(const model::Event& event) override;
  void on_output(const model::OutputLine& line) override;
  void on_tick(base::SteadyTime now) override;

  /// Prints whole lines above the status line.
  void print(std::string_view lines);
  /// The terminal's width has changed.
  void resize(int columns);

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
  void refresh_status();
  void redraw();

  TextOutput& out_;
  OutputMode mode_;
  Terminal terminal_;
  std::chrono::milliseconds slow_after_;
  bool flaky_fails_ = false;
  StatusLine status_;
  std::string status_text_;  ///< As it should stand on the screen; made anew at events and ticks, not for each line.
  std::string drawn_;        ///< As it stands there.
  std::map<std::string, Title, std::less<>> titles_;
  std::map<std::string, CategoryProgress, std::less<>> categories_;
  std::map<std::string, std::set<std::string>, std::less<>> failed_;  ///< Cases, and their specs to blame.
  std::map<std::string, std::vector<std::string>> credited_;          ///< By the case that runs: those in whose stead.
  /// By case: a line whose end hasn't come yet. It's printed whole then, so that no other case's line tears it.
  std::map<std::string, ShownLine> held_;
};

}  // namespace opready::report
