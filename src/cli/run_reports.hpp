// SPDX-License-Identifier: Apache-2.0
// What a run leaves in its report directory, and what is said where that fails.
#pragma once

#include <filesystem>
#include <string>
#include <utility>

#include "opready/base/output_directory.hpp"
#include "opready/cli/options.hpp"
#include "opready/model/event_sink.hpp"
#include "opready/model/run_record.hpp"

namespace opready::cli {

/// Keeps the fold of the events for the reports.
class RecordKeeper final : public model::EventSink {
 public:
  /// `before`: of a run that goes on, else empty.
  explicit RecordKeeper(model::RunRecord before) : record_(std::move(before)) {}
  void on_event(const model::Event& event) override { model::apply(record_, event); }
  [[nodiscard]] const model::RunRecord& record() const { return record_; }

 private:
  model::RunRecord record_;
};

/// The reports that are drawn from the events. Both references must outlive it.
class Reports {
 public:
  Reports(const RecordKeeper& keeper, const base::OutputDirectory& directory, const JunitOptions& junit)
      : keeper_(keeper), directory_(directory), junit_(junit) {}

  /// Throws nothing for want of a place to write: see `failure`.
  void write();
  /// Why they could not be written; empty where they could.
  [[nodiscard]] const std::string& failure() const { return failure_; }

 private:
  const RecordKeeper& keeper_;
  const base::OutputDirectory& directory_;
  JunitOptions junit_;
  std::string failure_;
};

/// Throws Error (exit code 3) that says how to go on, where something of the run could not be kept. `lost`: why events
/// could not; empty where they could.
void require_all_kept(const std::string& lost, const Reports& reports, const std::filesystem::path& directory);

}  // namespace opready::cli
