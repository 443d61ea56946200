// SPDX-License-Identifier: Apache-2.0
// One attempt at one case: its child, its files, its result.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "opready/base/clock.hpp"
#include "opready/base/output_directory.hpp"
#include "opready/base/redact.hpp"
#include "opready/junit/report.hpp"
#include "opready/model/event_sink.hpp"
#include "opready/process/child.hpp"
#include "opready/process/line_splitter.hpp"
#include "opready/run/run_state.hpp"

namespace opready::run {

/// Where an attempt's files are.
struct AttemptFiles {
  base::OutputDirectory directory;   ///< cases/<id>/attempt-<n> of the report directory.
  std::filesystem::path raw_report;  ///< Where e2e.test will write its own JUnit file.
  bool keep_raw = false;             ///< Keep that file as raw.xml.
};

/// What its owner is told, on the loop.
struct AttemptCallbacks {
  std::function<void(const std::string& e2e_run)> on_e2e_run;    ///< Once, when the child has told its run's id.
  std::function<void(const std::string& spec)> on_spec;          ///< Before it becomes `last_spec`.
  std::function<void(const std::string& why)> on_write_failure;  ///< Something of it could not be kept.
  std::function<void(const process::ChildEnd&)> on_end;          ///< Once, last.
};

/// Order of calls: `start` once; the owner keeps it alive until `on_result`, inside which it may be destroyed. The
/// output goes line by line, redacted, into e2e.log and to the sink; memory doesn't grow with it.
class Attempt {
 public:
  /// Throws base::Error where its files can't be made.
  Attempt(model::PlannedCase planned, AttemptFiles files, const base::Clock& clock, model::EventSink& sink);

  /// Throws base::Error where the child can't be started.
  void start(process::ChildStarter& starter, AttemptCallbacks callbacks);
  /// Also lets go of a child that is held: it could not act on the signal.
  void signal(int signal);
  /// Stops the child where it is, until `let_go`.
  void hold();
  void let_go();
  /// Stops and continues the child together with this process.
  void suspend();
  void resume();

  [[nodiscard]] const model::PlannedCase& planned() const { return planned_; }
  [[nodiscard]] const process::Child& child() const { return *child_; }
  [[nodiscard]] const std::string& e2e_run() const { return e2e_run_; }
  /// The spec that made the namespace. Its log names a namespace when a spec removes it; one that it doesn't name, as
  /// those that are kept, is that of the spec under way when it was first seen; else of the last that was begun.
  [[nodiscard]] const std::string& spec_of(const model::NamespaceEvidence& seen) const;
  /// The spec under way, or the last that was; empty before the first.
  [[nodiscard]] const std::string& last_spec() const { return last_spec_; }
  /// After the end: reads the child's report, keeps what the report directory is to have of it, and judges.
  [[nodiscard]] model::CaseResult result(const process::ChildEnd& end, std::optional<StopCause> stopped);

 private:
  void on_piece(const process::LinePiece& piece);
  void note_spec(std::string_view line);
  void note_e2e_run(std::string_view line);
  void note_namespace(std::string_view line);
  void remember(std::string_view line, bool last_piece);
  void flush_log();
  void keep(const junit::Report& reduced, const std::string& raw);
  void write_failed(const std::string& why);

  model::PlannedCase planned_;
  AttemptFiles files_;
  const base::Clock& clock_;
  model::EventSink& sink_;
  base::OutputFile log_;
  base::Redactor redactor_;
  process::LineSplitter lines_;
  std::string line_;        ///< Reused for each line.
  std::string log_buffer_;  ///< What one chunk of output adds to e2e.log: a write a line would be slow.
  std::uint64_t log_size_ = 0;
  bool log_lost_ = false;    ///< What follows isn't written any more.
  bool after_rule_ = false;  ///< The line before was Ginkgo's rule between specs.
  std::unordered_map<std::string, std::uint64_t> log_offsets_;
  std::string last_spec_;                                 ///< The last that was begun.
  std::unordered_map<std::string, std::string> spec_of_;  ///< By namespace.
  std::vector<std::string> destroyed_;                    ///< Namespaces of its own, as its log names them.
  std::string e2e_run_;
  AttemptCallbacks callbacks_;
  bool held_ = false;
  std::string last_output_;
  std::unique_ptr<process::Child> child_;
};

}  // namespace opready::run
