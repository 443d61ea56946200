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

/// A single job's lines are shown as they come, in a group for each attempt. Those of several would mix, so they are
/// held until the case's end: the last 64 KiB of each, since memory may not grow with a log, and some CI systems cut a
/// job's log at 4 MiB.
///
/// What is no case's stands in no group, where nobody would see it: it ends the group that it falls into. The case's
/// next line begins another, since groups of GitHub Actions don't nest.
class FoldedCases {
 public:
  static constexpr std::size_t kMostHeld = 64UL * 1024;

  /// `out` must outlive it.
  FoldedCases(TextOutput& out, CiLog log) : out_(out), log_(log) {}
  FoldedCases(const FoldedCases&) = delete;
  FoldedCases& operator=(const FoldedCases&) = delete;
  /// Loses nothing that is held.
  ~FoldedCases() { unfold(); }

  /// Before the first case.
  void set_jobs(int jobs) { held_ = jobs > 1; }

  void open(const model::CaseStarted& started, std::string title);
  /// A case's whole line, or several.
  void print(std::string_view case_id, base::Timestamp time, std::string_view lines);
  void close(const model::CaseFinished& finished);
  /// Whole lines that are no case's.
  void print(std::string_view lines);
  /// Shows what is held, and from now on all lines as they come, in no group: whoever stops a job of a CI system may
  /// soon kill it.
  void unfold();

 private:
  struct Open {
    LogGroup group;
    base::Timestamp since;
    base::Timestamp last;  ///< When it was last heard of.
    int parts = 0;         ///< How many groups it has had.
    std::string lines;
    std::size_t dropped = 0;  ///< How many lines came before these.
  };

  static void keep_last(Open& open);
  void begin_group(Open& open, base::Timestamp time);
  /// The one that is open, if any.
  void end_group();
  void show_held(Open& open);

  TextOutput& out_;
  CiLog log_;
  bool held_ = false;
  bool unfolded_ = false;
  std::map<std::string, Open, std::less<>> open_;  ///< By case.
  Open* shown_ = nullptr;                          ///< Whose group is open in the log.
};

}  // namespace opready::report
