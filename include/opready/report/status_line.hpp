// SPDX-License-Identifier: Apache-2.0
// The one line that says where a run stands.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "opready/base/clock.hpp"
#include "opready/model/event.hpp"
#include "opready/model/event_sink.hpp"

namespace opready::report {

/// Folds events into "2 of 17 done, 1 failed, 1m05s, about 4m left | <case> 42s: <its last step>". Times count from
/// the first tick after a start, so they lag by a tick at most. Knows nothing of terminals but a width.
class StatusLine {
 public:
  void on_event(const model::Event& event);
  /// Keeps the text of `STEP:` lines.
  void on_output(const model::OutputLine& line);
  void on_tick(base::SteadyTime now);

  /// At most `columns` wide; empty while no case runs.
  [[nodiscard]] std::string text(std::size_t columns) const;

 private:
  struct RunningCase {
    std::string id;
    std::optional<base::SteadyTime> since;
    std::string step;
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

  [[nodiscard]] std::string progress_text() const;
  [[nodiscard]] std::string case_text(const RunningCase& running) const;
  [[nodiscard]] std::chrono::milliseconds elapsed(const std::optional<base::SteadyTime>& since) const;
  [[nodiscard]] std::optional<std::chrono::milliseconds> expected_remaining() const;

  std::ptrdiff_t to_run_ = 0;
  std::ptrdiff_t jobs_ = 1;
  bool stopping_ = false;
  std::vector<RunningCase> running_;
  std::map<std::string, model::Outcome, std::less<>> finished_;
  std::ptrdiff_t finished_attempts_ = 0;
  std::chrono::milliseconds finished_duration_{};
  std::optional<base::SteadyTime> since_;
  std::optional<base::SteadyTime> now_;
};

}  // namespace opready::report
