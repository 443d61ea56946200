// SPDX-License-Identifier: Apache-2.0
// Holds the lines of cases that run side by side.
#include "folded_cases.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "opready/base/counted.hpp"

namespace opready::report {

void FoldedCases::open(const model::CaseStarted& started, std::string title) {
  // No id has an underscore.
  const LogGroup group{fmt::format("{}_{}", started.id, started.attempt), std::move(title)};
  if (!held_) {
    out_.write_command(group_start(log_, group, started.time));
  }
  open_[started.id] = {.group = group, .since = started.time, .lines = {}};
}

void FoldedCases::print(std::string_view case_id, std::string_view lines) {
  const auto found = open_.find(case_id);
  if (!held_ || found == open_.end()) {
    out_.write(lines);
    return;
  }
  Open& open = found->second;
  open.lines += lines;
  // Not for each line: all that is kept has to be moved.
  if (open.lines.size() > 2 * kMostHeld) {
    keep_last(open);
  }
}

void FoldedCases::keep_last(Open& open) {
  if (open.lines.size() <= kMostHeld) {
    return;
  }
  const std::size_t begin = open.lines.find('\n', open.lines.size() - kMostHeld - 1) + 1;
  const auto kept = open.lines.begin() + static_cast<std::ptrdiff_t>(begin);
  open.dropped += static_cast<std::size_t>(std::count(open.lines.begin(), kept, '\n'));
  open.lines.erase(open.lines.begin(), kept);
}

void FoldedCases::close(const model::CaseFinished& finished) {
  const auto found = open_.find(finished.id);
  if (found == open_.end()) {
    return;
  }
  Open& open = found->second;
  if (held_) {
    keep_last(open);
    out_.write_command(group_start(log_, open.group, open.since));
    if (open.dropped > 0) {
      out_.write(fmt::format("... [{} before these in e2e.log]\n", base::counted(open.dropped, "line")));
    }
    out_.write(open.lines);
  }
  out_.write_command(group_end(log_, open.group, finished.time));
  open_.erase(found);
}

}  // namespace opready::report
