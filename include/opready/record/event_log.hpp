// SPDX-License-Identifier: Apache-2.0
// events.jsonl: the append-only truth of a run.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "opready/base/output_directory.hpp"
#include "opready/model/event_sink.hpp"
#include "opready/model/run_record.hpp"

namespace opready::record {

constexpr const char* kEventLogName = "events.jsonl";

/// That of `directory`, made where it's absent, for this process alone. Throws Error (exit code 3) where another one
/// has it: a run is under way.
[[nodiscard]] base::OutputFile open_event_log(const base::OutputDirectory& directory);

/// Appends each event by one write, and has the disk take what a later run must know before this one goes on. Sets
/// room aside, so that results can still be kept when logs have filled the disk. What can't be written all the same is
/// kept in memory and tried again with each event that follows; the file then ends with the last event that's whole.
class EventLogWriter final : public model::EventSink {
 public:
  /// Goes on behind the last whole line of `file`. Throws Error (exit code 3) where there is no room.
  explicit EventLogWriter(base::OutputFile file);

  void on_event(const model::Event& event) override;
  /// To be called once, inside `on_event`, when an event can't be written.
  void on_failure(std::function<void(const std::string& why)> callback) { callback_ = std::move(callback); }
  /// Why an event could not be written, the first time; empty where that never was so.
  [[nodiscard]] const std::string& failure() const { return failure_; }

 private:
  void write(bool to_disk);
  void reserve_ahead();
  void fail(const std::string& why);

  base::OutputFile file_;
  std::uint64_t size_ = 0;      ///< Of what is written whole.
  std::uint64_t reserved_ = 0;  ///< The end of the room set aside.
  std::string pending_;
  std::string failure_;
  std::function<void(const std::string&)> callback_;
};

/// The run that `text`, the content of the file `name`, tells of. A last line without its newline was torn by a crash
/// and is cut off. Throws Error (exit code 3), "<name>:<line>: ...", for a bad line before that and for a log without
/// a run.
[[nodiscard]] model::RunRecord parse_event_log(std::string_view text, std::string_view name);

[[nodiscard]] model::RunRecord read_event_log(const std::filesystem::path& path);

}  // namespace opready::record
