// SPDX-License-Identifier: Apache-2.0
// Text that scrolls, with lines below it that stay.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "opready/report/text_output.hpp"

namespace opready::report {

/// Keeps status lines below all else on a terminal; without any it passes text on.
///
/// The cursor waits at the head of the first status line, so that erasing takes no knowledge of how many rows the lines
/// have: a terminal that was made narrower may have wrapped them, or cut them off. While status lines stand there, text
/// is gathered for `kRest`, or until it's much, so that a flood of lines doesn't draw them again for each.
class StatusScreen {
 public:
  static constexpr std::chrono::milliseconds kRest{50};
  static constexpr std::size_t kMostGathered = 16UL * 1024;

  /// Calls what it's given after `kRest`.
  using Later = std::function<void(std::function<void()>)>;
  /// Told with `true` before each time that status lines are drawn, and with `false` once they are taken away.
  using Drawing = std::function<void(bool)>;

  /// `out` must outlive it, and it what `later` was given. Without `later` nothing is gathered.
  explicit StatusScreen(TextOutput& out, Later later = {}, Drawing drawing = {});
  StatusScreen(const StatusScreen&) = delete;
  StatusScreen& operator=(const StatusScreen&) = delete;
  /// Leaves no status lines.
  ~StatusScreen();

  /// Whole lines.
  void print(std::string_view lines);
  /// Draws these below all else, at once; none: takes them away. Lines that are too wide are cut off.
  void show(std::vector<std::string> status);

 private:
  void flush();

  TextOutput& out_;
  Later later_;
  Drawing drawing_;
  std::string gathered_;
  std::vector<std::string> status_;  ///< As it should stand on the screen.
  bool drawn_ = false;               ///< Some status stands there.
  bool resting_ = false;
};

}  // namespace opready::report
