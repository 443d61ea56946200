// SPDX-License-Identifier: Apache-2.0
// Prints a run as it happens, above the status lines.
#include "opready/report/stream_printer.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "opready/base/counted.hpp"
#include "opready/base/duration.hpp"
#include "opready/base/sanitize.hpp"
#include "opready/report/failure_text.hpp"
#include "opready/report/pods_wording.hpp"
#include "opready/report/wording.hpp"

#include "folded_cases.hpp"

namespace opready::report {
namespace {

std::string size_text(std::uint64_t bytes) {
  constexpr std::uint64_t kKibi = 1024;
  if (bytes < kKibi) {
    return fmt::format("{} B", bytes);
  }
  const auto count = static_cast<double>(bytes);
  if (bytes < kKibi * kKibi) {
    return fmt::format("{:.1f} KiB", count / kKibi);
  }
  return fmt::format("{:.1f} MiB", count / (kKibi * kKibi));
}

std::string pods_line(const model::CaseResult& result) {
  const std::string text = pods_text(result);
  return text.empty() ? "" : "  " + text + '\n';
}

}  // namespace

StreamPrinter::StreamPrinter(TextOutput& out, const Terminal& terminal, StreamOptions options)
    : terminal_(terminal),
      options_(std::move(options)),
      status_(options_.earlier),
      screen_(out, options_.later, options_.drawing) {
  if (terminal_.log != CiLog::none && options_.mode == OutputMode::stream) {
    folded_ = std::make_unique<FoldedCases>(out, terminal_.log);
  }
}

StreamPrinter::~StreamPrinter() = default;

void StreamPrinter::restore(const model::RunRecord& record) {
  status_.restore(record);
  flaky_fails_ = record.started.flaky_fails;
  for (const model::CaseRecord& item : record.cases) {
    expect(item.planned);
    const auto title = titles_.find(item.planned.test.id);
    if (title != titles_.end() && !item.attempts.empty()) {
      title->second.number = ++categories_[title->second.category].started;
    }
    for (const model::AttemptRecord& attempt : item.attempts) {
      if (attempt.finished) {
        remember_failure(*attempt.finished);
      }
    }
  }
}

void StreamPrinter::on_event(const model::Event& event) {
  status_.on_event(event);
  std::visit([this](const auto& happened) { show(happened); }, event);
  redraw();
}

void StreamPrinter::on_tick(base::SteadyTime now) {
  status_.on_tick(now);
  if (options_.mode != OutputMode::quiet) {
    for (const std::string& slow : status_.newly_slow(options_.slow_after)) {
      print(fmt::format("{} {}\n", painted("SLOW", Tone::doubtful, terminal_), slow));
    }
  }
  redraw();
}

void StreamPrinter::on_output(const model::OutputLine& line) {
  if (options_.mode != OutputMode::quiet) {
    status_.on_output(line);
  }
  if (options_.mode != OutputMode::stream) {
    return;
  }
  if (line.first_piece && line.last_piece) {
    ShownLine whole{line.time, "", 0};
    append_piece(whole, line.text);
    print_line(line.case_id, whole);
    return;
  }
  const auto held = held_.try_emplace(std::string(line.case_id), ShownLine{line.time, "", 0}).first;
  append_piece(held->second, line.text);
  if (line.last_piece) {
    print_line(line.case_id, held->second);
    held_.erase(held);
  }
}

void StreamPrinter::append_piece(ShownLine& line, std::string_view piece) {
  const std::size_t room = line.hidden_bytes > 0 ? 0 : kMaxLineBytes - line.text.size();
  const std::string_view shown = base::utf8_prefix(piece, room);
  line.text += shown;
  line.hidden_bytes += piece.size() - shown.size();
}

void StreamPrinter::print_line(std::string_view case_id, const ShownLine& line) {
  std::string text = fmt::format("{} [{}] {}", base::rfc3339(line.time), case_id, one_line(line.text));
  if (line.hidden_bytes > 0) {
    text += fmt::format("... [{} more in e2e.log]", size_text(line.hidden_bytes));
  }
  text += '\n';
  if (folded_) {
    folded_->print(case_id, line.time, text);
  } else {
    print(text);
  }
}

void StreamPrinter::show(const model::RunStarted& started) {
  if (folded_) {
    folded_->set_jobs(started.jobs);
  }
  flaky_fails_ = started.flaky_fails;
  for (const model::PlannedCase& planned : started.plan.cases) {
    expect(planned);
  }
}

void StreamPrinter::expect(const model::PlannedCase& planned) {
  if (!planned.same_as.empty()) {
    credited_[planned.same_as].push_back(planned.test.id);
  } else if (!planned.not_run) {
    titles_[planned.test.id] = {planned.test.category, one_line(planned.test.description), 0};
    ++categories_[planned.test.category].to_run;
  }
}

void StreamPrinter::show(const model::CaseStarted& started) {
  const auto found = titles_.find(started.id);
  if (options_.mode != OutputMode::stream || found == titles_.end()) {
    return;
  }
  Title& title = found->second;
  CategoryProgress& category = categories_[title.category];
  if (title.number == 0) {
    title.number = ++category.started;
  }
  const std::string opening =
      fmt::format("[{}] {} / {} - {}", title.category, title.number, category.to_run, title.description);
  if (folded_) {
    folded_->open(started, opening + attempt_suffix(started.attempt));
  } else {
    print(painted(opening, Tone::bold, terminal_) + attempt_suffix(started.attempt) + '\n');
  }
}

void StreamPrinter::show(const model::CaseFinished& finished) {
  if (folded_) {
    folded_->close(finished);
  }
  const bool failed = model::is_failure(finished.result.outcome);
  switch (options_.mode) {
    case OutputMode::stream:
      print(closing_line(finished) + pods_line(finished.result) + credited_lines(finished));
      break;
    case OutputMode::failures:
      print(closing_line(finished) + pods_line(finished.result) +
            (failed ? failure_text(finished.result, terminal_) : "") + credited_lines(finished));
      break;
    case OutputMode::quiet:
      if (failed || (flaky_fails_ && is_flake(finished))) {
        print(closing_line(finished) + credited_lines(finished));
      }
      break;
  }
  remember_failure(finished);
}

void StreamPrinter::remember_failure(const model::CaseFinished& finished) {
  if (!model::is_failure(finished.result.outcome)) {
    return;
  }
  std::set<std::string>& specs = failed_[finished.id];
  for (const model::SpecResult& spec : finished.result.specs) {
    if (model::is_failure(spec.status)) {
      specs.insert(spec.spec.name);
    }
  }
}

bool StreamPrinter::is_flake(const model::CaseFinished& finished) const {
  return finished.result.outcome == model::Outcome::passed && failed_.contains(finished.id);
}

std::string StreamPrinter::closing_line(const model::CaseFinished& finished) const {
  const model::CaseResult& result = finished.result;
  return fmt::format("{} {} in {}{}{}{}{}{}\n", painted(word(result.outcome), tone(result.outcome), terminal_),
                     finished.id, base::human_duration(finished.duration), attempt_suffix(finished.attempt),
                     result.leaked ? ", left processes behind" : "", flake_text(finished),
                     result.reason.empty() ? "" : ": ", one_line(result.reason));
}

/// ", flaky: 1 spec failed before"; empty where it isn't.
std::string StreamPrinter::flake_text(const model::CaseFinished& finished) const {
  if (!is_flake(finished)) {
    return "";
  }
  const std::size_t specs = failed_.find(finished.id)->second.size();
  return fmt::format(", flaky{}: {} failed before", flaky_fails_ ? ", which counts as failed" : "",
                     specs == 0 ? "it" : base::counted(specs, "spec"));
}

void StreamPrinter::show(const model::RunResumed& resumed) {
  flaky_fails_ = resumed.flaky_fails;
  if (folded_) {
    folded_->set_jobs(resumed.jobs);
  }
  if (options_.mode != OutputMode::quiet) {
    print(fmt::format("resuming: {} cases done\n", status_.done_text()));
  }
}

/// One for each case in whose stead it ran.
std::string StreamPrinter::credited_lines(const model::CaseFinished& finished) const {
  const auto found = credited_.find(finished.id);
  std::string lines;
  if (found != credited_.end()) {
    const model::Outcome outcome = finished.result.outcome;
    for (const std::string& id : found->second) {
      lines += fmt::format("{} {}: ran as {}\n", painted(word(outcome), tone(outcome), terminal_), id, finished.id);
    }
  }
  return lines;
}

void StreamPrinter::show(const model::StopRequested& stop) {
  // After enough failures cases still run to their ends; all else cuts them off.
  if (folded_ && stop.reason != model::StopReason::failures) {
    folded_->unfold();
  }
  if (stop.reason == model::StopReason::failures) {
    print(fmt::format("no more cases are started: {} (--fail-fast)\n", stop.detail));
    return;
  }
  if (stop.reason != model::StopReason::signal) {
    print(fmt::format("stopping: {}; running cases are given time to clean up\n", one_line(stop.detail)));
    return;
  }
  print(fmt::format("stopping on {}: running cases are given time to clean up; a further signal cuts that short\n",
                    signal_name(stop.signal)));
}

void StreamPrinter::show(const model::RunFinished& /*finished*/) {
  if (folded_) {
    folded_->unfold();
  }
}

void StreamPrinter::show(const model::NamespacesLeft& /*left*/) {}
void StreamPrinter::show(const model::E2eRunStarted& /*told*/) {}

void StreamPrinter::show(const model::EvidenceLacks& lack) {
  print(fmt::format("{} {}: {}\n", painted("warning:", Tone::doubtful, terminal_), kEvidenceLacks, one_line(lack.why)));
}

void StreamPrinter::print(std::string_view lines) {
  if (folded_) {
    folded_->print(lines);
  } else {
    screen_.print(lines);
  }
}

void StreamPrinter::redraw() {
  if (!terminal_.live || options_.mode == OutputMode::quiet) {
    return;
  }
  const ScreenSize now = options_.size ? options_.size() : ScreenSize{};
  terminal_.columns = now.columns > 0 ? now.columns : terminal_.columns;
  terminal_.rows = now.rows > 0 ? now.rows : terminal_.rows;
  screen_.show(status_.lines({terminal_.columns, terminal_.rows}));
}

}  // namespace opready::report
