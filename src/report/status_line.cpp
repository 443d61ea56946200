// SPDX-License-Identifier: Apache-2.0
// Keeps what the status line says.
#include "opready/report/status_line.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "opready/base/duration.hpp"
#include "opready/base/sanitize.hpp"
#include "opready/report/wording.hpp"

namespace opready::report {
namespace {

using std::chrono::milliseconds;

constexpr std::string_view kStep = "STEP: ";
constexpr std::size_t kMaxStepBytes = 200;
constexpr std::string_view kSeparator = " | ";
constexpr std::size_t kNarrowestCase = 12;

/// The text of a Ginkgo step line ("  STEP: Creating a pod @ 01/31/26 08:15:30.123") without its time.
std::optional<std::string> step_of(std::string_view line) {
  line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
  if (!line.starts_with(kStep)) {
    return std::nullopt;
  }
  line.remove_prefix(kStep.size());
  std::string step = one_line(line.substr(0, 2 * kMaxStepBytes));
  step.erase(std::min(step.rfind(" @ "), step.size()));
  return std::string(base::utf8_prefix(step, kMaxStepBytes));
}

/// An estimate, so rounded: "50s", "4m", "1h10m".
std::string rough_duration(milliseconds duration) {
  using namespace std::chrono_literals;
  const auto rounded_up = [&](milliseconds unit) { return (duration + unit - 1ms) / unit * unit; };
  if (duration <= 90s) {
    return base::go_duration(rounded_up(10s));
  }
  return base::go_duration(duration <= 90min ? rounded_up(1min) : rounded_up(10min));
}

/// "core-network-dns (attempt 2) <what>: <step>".
std::string told(const std::string& id, int attempt, const std::string& what, const std::string& step) {
  return fmt::format("{}{} {}{}{}", id, attempt_suffix(attempt), what, step.empty() ? "" : ": ", step);
}

}  // namespace

void StatusLine::restore(const model::RunRecord& record) {
  for (const model::CaseRecord& item : record.cases) {
    to_run_ += model::is_to_start(item.planned) ? 1 : 0;
    for (const model::AttemptRecord& attempt : item.attempts) {
      if (attempt.started.id != item.planned.test.id) {
        continue;
      }
      if (attempt.finished) {
        on(*attempt.finished);
      }
      if (!attempt.finished || attempt.finished->result.outcome == model::Outcome::cancelled) {
        finished_.erase(attempt.started.id);
      }
    }
  }
}

void StatusLine::on_event(const model::Event& event) {
  std::visit([this](const auto& happened) { on(happened); }, event);
}

void StatusLine::on(const model::RunStarted& started) {
  const auto& cases = started.plan.cases;
  to_run_ = std::count_if(cases.begin(), cases.end(), model::is_to_start);
  jobs_ = std::max(started.jobs, 1);
}

void StatusLine::on(const model::CaseStarted& started) {
  finished_.erase(started.id);  // Another attempt at it: it isn't done after all.
  running_.push_back({.id = started.id, .attempt = started.attempt, .since = {}, .step = {}});
}

void StatusLine::on(const model::CaseFinished& finished) {
  std::erase_if(running_, [&](const RunningCase& running) { return running.id == finished.id; });
  finished_[finished.id] = finished.result.outcome;
  if (model::is_failure(finished.result.outcome)) {
    failed_once_.insert(finished.id);
  }
  ++finished_attempts_;
  finished_duration_ += finished.duration;
}

void StatusLine::on(const model::StopRequested& /*stop*/) {
  stopping_ = true;
}

void StatusLine::on(const model::NamespacesLeft& /*left*/) {}

void StatusLine::on(const model::E2eRunStarted& /*told*/) {}

void StatusLine::on(const model::EvidenceLacks& /*lack*/) {}

void StatusLine::on(const model::RunResumed& resumed) {
  jobs_ = std::max(resumed.jobs, 1);
}

void StatusLine::on(const model::RunFinished& /*finished*/) {
  running_.clear();
}

void StatusLine::on_output(const model::OutputLine& line) {
  if (!line.first_piece) {
    return;
  }
  if (std::optional<std::string> step = step_of(line.text)) {
    for (RunningCase& running : running_) {
      if (running.id == line.case_id) {
        running.step = std::move(*step);
        return;
      }
    }
  }
}

void StatusLine::on_tick(base::SteadyTime now) {
  now_ = now;
  since_ = since_.value_or(now);
  for (RunningCase& running : running_) {
    running.since = running.since.value_or(now);
  }
}

milliseconds StatusLine::elapsed(const std::optional<base::SteadyTime>& since) const {
  return since && now_ ? std::chrono::duration_cast<milliseconds>(*now_ - *since) : milliseconds{};
}

std::optional<milliseconds> StatusLine::expected_remaining() const {
  if (finished_attempts_ == 0) {
    return std::nullopt;
  }
  const milliseconds mean = finished_duration_ / finished_attempts_;
  const std::ptrdiff_t under_way = std::ssize(finished_) + std::ssize(running_);
  const std::ptrdiff_t waiting = std::max<std::ptrdiff_t>(to_run_ - under_way, 0);
  milliseconds work = mean * waiting;
  for (const RunningCase& running : running_) {
    work += std::max(mean - elapsed(running.since), milliseconds{});
  }
  return work / std::clamp<std::ptrdiff_t>(waiting + std::ssize(running_), 1, jobs_);
}

std::string StatusLine::progress_text() const {
  const auto ended_as = [this](model::Outcome outcome) {
    return std::count_if(finished_.begin(), finished_.end(),
                         [&](const auto& finished) { return finished.second == outcome; });
  };
  const auto unproven = ended_as(model::Outcome::unproven);
  const auto untested = ended_as(model::Outcome::could_not_test);
  const auto flaky = std::count_if(finished_.begin(), finished_.end(), [this](const auto& finished) {
    return finished.second == model::Outcome::passed && failed_once_.contains(finished.first);
  });
  const auto bad = std::count_if(finished_.begin(), finished_.end(),
                                 [](const auto& finished) { return model::is_failure(finished.second); });
  std::string out = stopping_ ? "stopping: " : "";
  out += done_text() + " done";
  for (const auto& [count, what] : {std::pair(bad - unproven - untested, "failed"), std::pair(unproven, "unproven"),
                                    std::pair(untested, "could not be tested"), std::pair(flaky, "flaky")}) {
    out += count > 0 ? fmt::format(", {} {}", count, what) : "";
  }
  out += ", " + base::human_duration(elapsed(since_));
  if (const auto remaining = expected_remaining(); remaining && *remaining > milliseconds{} && !stopping_) {
    out += fmt::format(", about {} left", rough_duration(*remaining));
  }
  return out;
}

std::string StatusLine::case_text(const RunningCase& running) const {
  return told(running.id, running.attempt, base::human_duration(elapsed(running.since)), running.step);
}

std::vector<std::string> StatusLine::newly_slow(milliseconds after) {
  std::vector<std::string> slow;
  for (RunningCase& running : running_) {
    const milliseconds time = elapsed(running.since);
    milliseconds due = running.told_slow > milliseconds{} ? 2 * running.told_slow : after;
    if (time < due) {
      continue;
    }
    while (2 * due <= time) {
      due *= 2;
    }
    running.told_slow = due;
    slow.push_back(told(running.id, running.attempt, "has run for " + base::go_duration(due), running.step));
  }
  return slow;
}

std::string StatusLine::done_text() const {
  return fmt::format("{} of {}", finished_.size(), to_run_);
}

std::string StatusLine::text(std::size_t columns) const {
  if (running_.empty()) {
    return "";
  }
  std::string out = progress_text();
  std::size_t cases_left = running_.size();
  for (const RunningCase& running : running_) {
    out += kSeparator;
    // Each gets its share of what is left of the width, so that what a short one leaves over goes to the next.
    const std::size_t used = base::display_width(out) + kSeparator.size() * (cases_left - 1);
    const std::size_t share = (columns - std::min(columns, used)) / cases_left;
    out += base::elided(case_text(running), std::max(share, kNarrowestCase));
    --cases_left;
  }
  return base::elided(out, columns);
}

}  // namespace opready::report
