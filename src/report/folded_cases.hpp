// SPDX-License-Identifier: Apache-2.0
// Each case's lines in the log of a CI system, together and folded.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "opready/model/event.hpp"
#include "opready/report/ci_log.hpp"

namespace opready::report {

/// One group for each attempt that has ended. A single job's lines are shown as they come. Those of several would mix,
/// so they are held until the case's end: the last 64 KiB of each, since memory may not grow with a log, and some CI
/// systems cut a job's log at 4 MiB.
class FoldedCases {
 public:
  static constexpr std::size_t kMostHeld = 64UL * 1024;

  /// `out` must outlive it.
  FoldedCases(TextOutput& out, CiLog log) : out_(out), log_(log) {}

  /// Before the first case.
  void set_jobs(int jobs) { held_ = jobs > 1; }

  void open(const model::CaseStarted& started, std::string title);
  /// A whole line, or several.
  void print(std::string_view case_id, std::string_view lines);
  void close(const model::CaseFinished& finished);

 private:
  struct Open {
    LogGroup group;
    base::Timestamp since;
    std::string lines;
    std::size_t dropped = 0;  ///< How many lines came before these.
  };

  static void keep_last(Open& open);

  TextOutput& out_;
  CiLog log_;
  bool held_ = false;
  std::map<std::string, Open, std::less<>> open_;  ///< By case.
};

}  // namespace opready::report
