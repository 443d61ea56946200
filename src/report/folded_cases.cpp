// SPDX-License-Identifier: Apache-2.0
// Puts cases' lines into groups, and what is no case's between them.
#include "folded_cases.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "opready/base/counted.hpp"

namespace opready::report {
namespace {

/// The group of a case's lines from the second on has a name and a title of its own.
LogGroup part_of(const LogGroup& whole, int part) {
  return part == 1 ? whole : LogGroup{fmt::format("{}_{}", whole.name, part), whole.title + " (continued)"};
}

}  // namespace

void FoldedCases::open(const model::CaseStarted& started, std::string title) {
  // No id has an underscore.
  LogGroup group{fmt::format("{}_{}", started.id, started.attempt), std::move(title)};
  if (unfolded_) {
    out_.write(group_start(CiLog::none, group, started.time));
    return;
  }
  Open& open = open_[started.id];
  open = {.group = std::move(group), .since = started.time, .last = started.time, .parts = 0, .lines = {}};
  if (!held_) {
    begin_group(open, started.time);
  }
}

void FoldedCases::print(std::string_view case_id, base::Timestamp time, std::string_view lines) {
  const auto found = open_.find(case_id);
  if (found == open_.end()) {
    print(lines);
    return;
  }
  Open& open = found->second;
  open.last = time;
  if (!held_) {
    if (shown_ != &open) {
      begin_group(open, time);
    }
    out_.write(lines);
    return;
  }
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
  open.last = finished.time;
  if (held_) {
    show_held(open);
  } else if (shown_ == &open) {
    end_group();
  }
  open_.erase(found);
}

void FoldedCases::print(std::string_view lines) {
  end_group();
  out_.write(lines);
}

void FoldedCases::unfold() {
  unfolded_ = true;
  end_group();
  for (auto& [id, open] : open_) {
    if (held_) {
      show_held(open);
    }
  }
  open_.clear();
}

void FoldedCases::begin_group(Open& open, base::Timestamp time) {
  end_group();
  ++open.parts;
  out_.write_command(group_start(log_, part_of(open.group, open.parts), time));
  shown_ = &open;
}

void FoldedCases::end_group() {
  if (shown_ != nullptr) {
    out_.write_command(group_end(log_, part_of(shown_->group, shown_->parts), shown_->last));
    shown_ = nullptr;
  }
}

void FoldedCases::show_held(Open& open) {
  keep_last(open);
  begin_group(open, open.since);
  if (open.dropped > 0) {
    out_.write(fmt::format("... [{} before these in e2e.log]\n", base::counted(open.dropped, "line")));
  }
  out_.write(open.lines);
  end_group();
}

}  // namespace opready::report
