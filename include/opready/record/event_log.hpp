// SPDX-License-Identifier: Apache-2.0
// events.jsonl: the append-only truth of a run.
#pragma once

#include <filesystem>
#include <string_view>

#include "opready/base/output_directory.hpp"
#include "opready/model/event_sink.hpp"
#include "opready/model/run_record.hpp"

namespace opready::record {

constexpr const char* kEventLogName = "events.jsonl";

/// Appends each event by one write, and has the disk take what ends a case or the run before it goes on.
/// Throws Error (exit code 3) where the file can't be written.
class EventLogWriter final : public model::EventSink {
 public:
  explicit EventLogWriter(base::OutputFile file);
  void on_event(const model::Event& event) override;

 private:
  base::OutputFile file_;
};

/// The run that `text`, the content of the file `name`, tells of. A last line without its newline was torn by a crash
/// and is cut off. Throws Error (exit code 3), "<name>:<line>: ...", for a bad line before that and for a log without
/// a run.
[[nodiscard]] model::RunRecord parse_event_log(std::string_view text, std::string_view name);

[[nodiscard]] model::RunRecord read_event_log(const std::filesystem::path& path);

}  // namespace opready::record
