// SPDX-License-Identifier: Apache-2.0
// Keeps what the status lines say.
#include "opready/report/status_lines.hpp"

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
constexpr std::size_t kBar = 20;
constexpr std::size_t kWideBar = 40;
/// From this width on the wide one doesn't crowd out what stands beside it.
constexpr std::size_t kWideScreen = 120;

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

/// "core-network-dns (attempt 2)<what>: <step>".
std::string told(const std::string& id, int attempt, const std::string& what, const std::string& step) {
  return fmt::format("{}{}{}{}{}", id, attempt_suffix(attempt), what, step.empty() ? "" : ": ", step);
}

/// "[#####...............] "
std::string bar(std::size_t done, std::size_t all, std::size_t width) {
  const std::size_t filled = all == 0 ? 0 : std::min(done, all) * width / all;
  return '[' + std::string(filled, '#') + std::string(width - filled, '.') + "] ";
}

/// How long others like it may take; one that was cut off, or never came to its specs, is none to go by.
bool tells_of_time(model::Outcome outcome) {
  return outcome != model::Outcome::cancelled && outcome != model::Outcome::not_started &&
         outcome != model::Outcome::could_not_test;
}

}  // namespace

void StatusLines::restore(const model::RunRecord& record) {
  for (const model::CaseRecord& item : record.cases) {
    expect(item.planned);
    for (const model::AttemptRecord& attempt : item.attempts) {
      if (attempt.started.id != item.planned.test.id) {
        continue;
      }
      estimate_.begin(attempt.started.id);
      if (attempt.finished) {
        on(*attempt.finished);
      }
      if (!attempt.finished || attempt.finished->result.outcome == model::Outcome::cancelled) {
        forget_end(attempt.started.id);
        estimate_.repeat(attempt.started.id);
      }
    }
  }
}

void StatusLines::on_event(const model::Event& event) {
  std::visit([this](const auto& happened) { on(happened); }, event);
}

void StatusLines::on(const model::RunStarted& started) {
  for (const model::PlannedCase& planned : started.plan.cases) {
    expect(planned);
  }
  jobs_ = std::max(started.jobs, 1);
}

void StatusLines::expect(const model::PlannedCase& planned) {
  if (model::is_to_start(planned)) {
    ++to_run_;
    estimate_.expect(planned);
  }
}

void StatusLines::on(const model::CaseStarted& started) {
  forget_end(started.id);  // Another attempt at it: it isn't done after all.
  estimate_.begin(started.id);
  running_.push_back({.id = started.id, .attempt = started.attempt, .since = {}, .step = {}});
}

void StatusLines::on(const model::CaseFinished& finished) {
  std::erase_if(running_, [&](const RunningCase& running) { return running.id == finished.id; });
  forget_end(finished.id);
  finished_[finished.id] = finished.result.outcome;
  ++ended_as_[finished.result.outcome];
  if (model::is_failure(finished.result.outcome)) {
    failed_once_.insert(finished.id);
  } else if (finished.result.outcome == model::Outcome::passed && failed_once_.contains(finished.id)) {
    flaky_.insert(finished.id);
  }
  if (tells_of_time(finished.result.outcome)) {
    estimate_.end(finished.duration);
  }
}

void StatusLines::forget_end(const std::string& id) {
  const auto found = finished_.find(id);
  if (found != finished_.end()) {
    --ended_as_[found->second];
    flaky_.erase(id);
    finished_.erase(found);
  }
}

void StatusLines::on(const model::StopRequested& /*stop*/) {
  stopping_ = true;
}

void StatusLines::on(const model::NamespacesLeft& /*left*/) {}

void StatusLines::on(const model::E2eRunStarted& /*told*/) {}

void StatusLines::on(const model::EvidenceLacks& /*lack*/) {}

void StatusLines::on(const model::RunResumed& resumed) {
  jobs_ = std::max(resumed.jobs, 1);
}

void StatusLines::on(const model::RunFinished& /*finished*/) {
  running_.clear();
}

void StatusLines::on_output(const model::OutputLine& line) {
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

void StatusLines::on_tick(base::SteadyTime now) {
  now_ = now;
  since_ = since_.value_or(now);
  for (RunningCase& running : running_) {
    running.since = running.since.value_or(now);
  }
}

milliseconds StatusLines::elapsed(const std::optional<base::SteadyTime>& since) const {
  return since && now_ ? std::chrono::duration_cast<milliseconds>(*now_ - *since) : milliseconds{};
}

std::optional<milliseconds> StatusLines::expected_remaining() const {
  std::vector<Estimate::Running> running;
  running.reserve(running_.size());
  for (const RunningCase& one : running_) {
    running.push_back({one.id, elapsed(one.since)});
  }
  return estimate_.remaining(running, jobs_);
}

std::string StatusLines::progress_text() const {
  std::size_t bad = 0;
  std::size_t unproven = 0;
  std::size_t untested = 0;
  for (const auto& [outcome, count] : ended_as_) {
    bad += model::is_failure(outcome) ? count : 0;
    unproven += outcome == model::Outcome::unproven ? count : 0;
    untested += outcome == model::Outcome::could_not_test ? count : 0;
  }
  std::string out = stopping_ ? "stopping: " : "";
  out += done_text() + " done";
  for (const auto& [count, what] : {std::pair(bad - unproven - untested, "failed"), std::pair(unproven, "unproven"),
                                    std::pair(untested, "could not be tested"), std::pair(flaky_.size(), "flaky")}) {
    out += count > 0 ? fmt::format(", {} {}", count, what) : "";
  }
  out += ", " + base::human_duration(elapsed(since_));
  if (const auto remaining = expected_remaining(); remaining && *remaining > milliseconds{} && !stopping_) {
    out += fmt::format(", about {} left", rough_duration(*remaining));
  }
  return out;
}

std::string StatusLines::case_text(const RunningCase& running) const {
  return fmt::format("{:>6} {}", base::human_duration(elapsed(running.since)),
                     told(running.id, running.attempt, "", running.step));
}

std::vector<std::string> StatusLines::newly_slow(milliseconds after) {
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
    slow.push_back(told(running.id, running.attempt, " has run for " + base::go_duration(due), running.step));
  }
  return slow;
}

std::string StatusLines::done_text() const {
  return fmt::format("{} of {}", finished_.size(), to_run_);
}

std::string StatusLines::progress_line(std::size_t columns) const {
  const std::string text = progress_text();
  const std::string drawn =
      bar(finished_.size(), static_cast<std::size_t>(to_run_), columns < kWideScreen ? kBar : kWideBar);
  return base::elided(drawn.size() + base::display_width(text) <= columns ? drawn + text : text, columns);
}

std::vector<std::string> StatusLines::lines(const ScreenSize& screen) const {
  std::vector<std::string> lines;
  if (running_.empty()) {
    return lines;
  }
  // The last column stays free: some terminals wrap as soon as it's written.
  const auto columns = static_cast<std::size_t>(std::max(screen.columns - 1, 0));
  const std::size_t room =
      std::clamp<std::size_t>(static_cast<std::size_t>(std::max(screen.rows, 0)) / 2, 1, kMostLines);
  lines.push_back(progress_line(columns));
  for (const RunningCase& running : running_) {
    if (lines.size() + 1 >= room && &running != &running_.back()) {
      break;
    }
    lines.push_back(base::elided(case_text(running), columns));
  }
  const std::size_t hidden = running_.size() + 1 - lines.size();
  if (hidden > 0 && room > 1) {
    lines.push_back(base::elided(fmt::format("       and {} more", hidden), columns));
  }
  lines.resize(std::min(lines.size(), room));
  return lines;
}

}  // namespace opready::report
