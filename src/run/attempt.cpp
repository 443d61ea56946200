// SPDX-License-Identifier: Apache-2.0
// Runs one child, keeps its log, reads its report.
#include "opready/run/attempt.hpp"

#include <csignal>
#include <system_error>
#include <utility>

#include "opready/base/error.hpp"
#include "opready/base/read_file.hpp"
#include "opready/base/sanitize.hpp"
#include "opready/base/shell_quote.hpp"
#include "opready/junit/reader.hpp"
#include "opready/junit/writer.hpp"
#include "opready/plan/command_line.hpp"
#include "opready/run/classify.hpp"

namespace opready::run {
namespace {

constexpr std::string_view kGinkgoRule = "------------------------------";
/// How much of its last output explains a child that left no report.
constexpr std::size_t kLastOutput = 4096;

std::optional<junit::Report> read_raw_report(const std::filesystem::path& path) {
  std::error_code unreadable;
  if (!std::filesystem::exists(path, unreadable)) {
    return std::nullopt;
  }
  return junit::read_report(base::read_file(path), path.filename().string());
}

}  // namespace

Attempt::Attempt(model::PlannedCase planned, AttemptFiles files, const base::Clock& clock, model::EventSink& sink)
    : planned_(std::move(planned)),
      files_(std::move(files)),
      clock_(clock),
      sink_(sink),
      log_(files_.directory.create_file("e2e.log")),
      lines_([this](const process::LinePiece& piece) { on_piece(piece); }) {
  files_.directory.create_file("command.txt")
      .append(base::shell_joined(base::redacted_command(planned_.command)) + "\n");
}

void Attempt::start(process::ChildStarter& starter, AttemptCallbacks callbacks) {
  callbacks_ = std::move(callbacks);
  std::error_code error;
  std::filesystem::create_directories(files_.raw_report.parent_path(), error);
  if (error) {
    throw base::environment_error("cannot create '" + files_.raw_report.parent_path().string() +
                                  "': " + base::errno_text(error.value()));
  }
  const std::vector<std::string> argv =
      plan::with_report_dir(planned_.command, files_.raw_report.parent_path().string());
  child_ = starter.start({.argv = argv}, {.on_output =
                                              [this](std::string_view chunk) {
                                                lines_.feed(chunk);
                                                flush_log();
                                              },
                                          .on_end =
                                              [this](const auto& end) {
                                                lines_.finish();
                                                flush_log();
                                                callbacks_.on_end(end);
                                              }});
}

void Attempt::signal(int signal) {
  if (child_) {
    child_->signal_group(signal);
    let_go();
  }
}

void Attempt::hold() {
  child_->signal_group(SIGSTOP);
  held_ = true;
}

void Attempt::let_go() {
  if (std::exchange(held_, false)) {
    child_->signal_group(SIGCONT);
  }
}

void Attempt::suspend() {
  child_->signal_group(SIGSTOP);
}

void Attempt::resume() {
  if (!held_) {
    child_->signal_group(SIGCONT);
  }
}

const std::string& Attempt::spec_of(const model::NamespaceEvidence& seen) const {
  const auto named = spec_of_.find(seen.name);
  if (named != spec_of_.end()) {
    return named->second;
  }
  return seen.spec.empty() ? last_spec_ : seen.spec;
}

model::CaseResult Attempt::result(const process::ChildEnd& end, std::optional<StopCause> stopped) {
  Evidence evidence{.end = end, .stopped = stopped, .planned = planned_.specs};
  evidence.last_output = base::sanitized(last_output_);
  if (std::optional<junit::Report> report = read_raw_report(files_.raw_report)) {
    evidence.report = junit::ginkgo_report(*report);
    keep(junit::reduced(std::move(*report)), files_.keep_raw ? base::read_file(files_.raw_report) : "");
    std::error_code ignored;  // What stays goes with the whole private directory.
    std::filesystem::remove(files_.raw_report, ignored);
  }
  model::CaseResult result = classify(evidence);
  result.e2e_run = e2e_run_;
  result.namespaces = destroyed_;
  for (model::SpecResult& spec : result.specs) {
    const auto offset = log_offsets_.find(spec.spec.name);
    if (offset != log_offsets_.end()) {
      spec.log_offset = offset->second;
    }
  }
  return result;
}

void Attempt::on_piece(const process::LinePiece& piece) {
  line_ = piece.text;
  redactor_.redact(line_);
  if (piece.first) {
    note_e2e_run(line_);
    note_spec(line_);
    note_namespace(line_);
  }
  remember(line_, piece.last);
  log_buffer_ += line_;
  if (piece.last) {
    log_buffer_ += '\n';
  }
  sink_.on_output({.case_id = planned_.test.id,
                   .text = line_,
                   .first_piece = piece.first,
                   .last_piece = piece.last,
                   .time = clock_.wall()});
}

/// The framework's first line, 'Starting e2e run "<uuid>" on Ginkgo node 1' (test/e2e/e2e.go).
void Attempt::note_e2e_run(std::string_view line) {
  constexpr std::string_view kBefore = "Starting e2e run \"";
  const std::size_t at = e2e_run_.empty() ? line.find(kBefore) : std::string_view::npos;
  if (at != std::string_view::npos) {
    const std::string_view id = line.substr(at + kBefore.size());
    e2e_run_ = base::sanitized(id.substr(0, id.find('"')));
    callbacks_.on_e2e_run(e2e_run_);
  }
}

/// Ginkgo opens a spec's part of its verbose output with a rule and a line that begins with the spec's full text
/// (Ginkgo's reporters/default_reporter.go).
void Attempt::note_spec(std::string_view line) {
  if (after_rule_) {
    for (const model::Spec& spec : planned_.specs) {
      if (line.starts_with(spec.name)) {
        log_offsets_.try_emplace(spec.name, log_size_ + log_buffer_.size());
        callbacks_.on_spec(spec.name);
        last_spec_ = spec.name;
      }
    }
  }
  after_rule_ = line == kGinkgoRule;
}

/// 'Destroying namespace "services-1234" for this suite.' and the like (test/e2e/framework/framework.go).
void Attempt::note_namespace(std::string_view line) {
  constexpr std::string_view kBefore = "namespace \"";
  const std::size_t at = line.find(kBefore);
  if (at != std::string_view::npos && !last_spec_.empty()) {
    const std::string_view rest = line.substr(at + kBefore.size());
    const std::string name(rest.substr(0, rest.find('"')));
    spec_of_.try_emplace(name, last_spec_);
    // Other lines may name a namespace that isn't its own.
    if (line.substr(0, at).ends_with("STEP: Destroying ") &&
        rest.substr(name.size()).starts_with("\" for this suite.")) {
      destroyed_.push_back(base::sanitized(name));
    }
  }
}

void Attempt::remember(std::string_view line, bool last_piece) {
  last_output_ += line.substr(0, kLastOutput);
  if (last_piece) {
    last_output_ += '\n';
  }
  if (last_output_.size() > 4 * kLastOutput) {
    last_output_.erase(0, last_output_.size() - kLastOutput);
  }
}

/// The log's loss must not cost the result.
void Attempt::flush_log() {
  if (!log_lost_) {
    try {
      log_.append(log_buffer_);
      log_size_ += log_buffer_.size();
    } catch (const base::Error& error) {
      log_lost_ = true;
      write_failed(error.what());
    }
  }
  log_buffer_.clear();
}

void Attempt::keep(const junit::Report& reduced, const std::string& raw) {
  try {
    files_.directory.write_atomically("specs.xml", junit::to_xml(reduced));
    if (files_.keep_raw) {
      files_.directory.write_atomically("raw.xml", raw);
    }
  } catch (const base::Error& error) {
    write_failed(error.what());
  }
}

void Attempt::write_failed(const std::string& why) {
  if (callbacks_.on_write_failure) {
    callbacks_.on_write_failure(why);
  }
}

}  // namespace opready::run
