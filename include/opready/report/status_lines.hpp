// SPDX-License-Identifier: Apache-2.0
// The lines that say where a run stands.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "opready/base/clock.hpp"
#include "opready/model/event.hpp"
#include "opready/model/event_sink.hpp"
#include "opready/model/run_record.hpp"
#include "opready/report/estimate.hpp"
#include "opready/report/style.hpp"

namespace opready::report {

/// Folds events into
///   [##..................] 2 of 17 done, 1 failed, 1m05s, about 4m left
///      42s core-network-dns: <its last step>
/// with a line for each running case. Times count from the first tick after a start, so they lag by a tick at most.
class StatusLines {
 public:
  static constexpr std::size_t kMostLines = 9;

  /// How long cases took in an earlier run, by id.
  explicit StatusLines(Estimate::Durations earlier = {}) : estimate_(std::move(earlier)) {}

  /// Counts what a run that goes on has done: in place of its events up to RunResumed.
  void restore(const model::RunRecord& record);
  void on_event(const model::Event& event);
  /// Keeps the text of `STEP:` lines.
  void on_output(const model::OutputLine& line);
  void on_tick(base::SteadyTime now);

  /// None while no case runs; else the progress, and the running cases, the longest-running first, as far as there is
  /// room: on half of the screen's rows at most.
  [[nodiscard]] std::vector<std::string> lines(const ScreenSize& screen) const;

  /// "core-network-dns has run for 5m: <its last step>", for each case that has now run for `after`, and again each
  /// time that has doubled; zero: for none. Each is told once.
  [[nodiscard]] std::vector<std::string> newly_slow(std::chrono::milliseconds after);

  /// "12 of 40".
  [[nodiscard]] std::string done_text() const;

 private:
  struct RunningCase {
    std::string id;
    int attempt = 1;
    std::optional<base::SteadyTime> since;
    std::string step;
    std::chrono::milliseconds told_slow{};  ///< For how long it had run when it was last told to be slow.
  };

  void on(const model::RunStarted& started);
  void on(const model::CaseStarted& started);
  void on(const model::CaseFinished& finished);
  void on(const model::StopRequested& stop);
  void on(const model::RunFinished& finished);
  void on(const model::NamespacesLeft& left);
  void on(const model::E2eRunStarted& told);
  void on(const model::EvidenceLacks& lack);
  void on(const model::RunResumed& resumed);

  void expect(const model::PlannedCase& planned);
  /// What the case came to doesn't count.
  void forget_end(const std::string& id);

  [[nodiscard]] std::string progress_line(std::size_t columns) const;
  [[nodiscard]] std::string progress_text() const;
  [[nodiscard]] std::string case_text(const RunningCase& running) const;
  [[nodiscard]] std::chrono::milliseconds elapsed(const std::optional<base::SteadyTime>& since) const;
  [[nodiscard]] std::optional<std::chrono::milliseconds> expected_remaining() const;

  std::ptrdiff_t to_run_ = 0;
  int jobs_ = 1;
  bool stopping_ = false;
  std::vector<RunningCase> running_;
  std::map<std::string, model::Outcome, std::less<>> finished_;
  std::map<model::Outcome, std::size_t> ended_as_;  ///< How many of them.
  std::set<std::string> flaky_;                     ///< Those of them that failed before.
  std::set<std::string> failed_once_;               ///< Cases, whatever became of them since.
  Estimate estimate_;
  std::optional<base::SteadyTime> since_;
  std::optional<base::SteadyTime> now_;
};

}  // namespace opready::report
