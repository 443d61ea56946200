// SPDX-License-Identifier: Apache-2.0
// Draws lines that stay below others.
#include "opready/report/status_screen.hpp"

#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace opready::report {
namespace {

/// To the line's start, then everything from there on.
constexpr std::string_view kErase = "\r\x1b[J";
/// A line that is too wide, since the terminal has just become narrower, must not take two rows.
constexpr std::string_view kCutOff = "\x1b[?7l";
constexpr std::string_view kWrap = "\x1b[?7h";

/// Leaves the cursor at the head of the first.
std::string picture(const std::vector<std::string>& status) {
  if (status.empty()) {
    return "";
  }
  const std::size_t up = status.size() - 1;
  return fmt::format("{}{}\r{}{}", kCutOff, fmt::join(status, "\n"), up > 0 ? fmt::format("\x1b[{}A", up) : "", kWrap);
}

}  // namespace

StatusScreen::StatusScreen(TextOutput& out, Later later, Drawing drawing)
    : out_(out), later_(std::move(later)), drawing_(std::move(drawing)) {}

StatusScreen::~StatusScreen() {
  show({});
}

void StatusScreen::print(std::string_view lines) {
  gathered_ += lines;
  if (status_.empty() || !resting_ || gathered_.size() >= kMostGathered) {
    flush();
  }
}

void StatusScreen::show(std::vector<std::string> status) {
  if (status != status_) {
    status_ = std::move(status);
    flush();
  }
}

void StatusScreen::flush() {
  std::string text(drawn_ ? kErase : "");
  text += gathered_;
  text += picture(status_);
  gathered_.clear();
  const bool was_drawn = std::exchange(drawn_, !status_.empty());
  if (drawn_ && drawing_) {
    drawing_(true);
  }
  out_.write(text);
  if (was_drawn && !drawn_ && drawing_) {
    drawing_(false);
  }
  if (drawn_ && later_ && !resting_) {
    resting_ = true;
    later_([this] {
      resting_ = false;
      if (!gathered_.empty()) {
        flush();
      }
    });
  }
}

}  // namespace opready::report
