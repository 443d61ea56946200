// SPDX-License-Identifier: Apache-2.0
// Appends events to their file and folds them back into a run.
#include "opready/record/event_log.hpp"

#include <utility>

#include <fmt/format.h>

#include "opready/base/error.hpp"
#include "opready/base/log.hpp"
#include "opready/base/read_file.hpp"
#include "opready/record/event_json.hpp"

namespace opready::record {

namespace {

/// Some thousand results of cases; half of it is left when more is set aside.
constexpr std::uint64_t kRoomAhead = 1024UL * 1024;

/// What resuming and cleaning up depend on, even after the machine went down.
bool must_last(const model::Event& event) {
  return std::holds_alternative<model::RunStarted>(event) || std::holds_alternative<model::RunResumed>(event) ||
         std::holds_alternative<model::E2eRunStarted>(event) || std::holds_alternative<model::CaseFinished>(event) ||
         std::holds_alternative<model::RunFinished>(event);
}

}  // namespace

base::OutputFile open_event_log(const base::OutputDirectory& directory) {
  base::OutputFile file = directory.open_file(kEventLogName);
  if (!file.lock()) {
    throw base::environment_error(fmt::format("a run is under way in '{}'", directory.path().string()));
  }
  return file;
}

EventLogWriter::EventLogWriter(base::OutputFile file) : file_(std::move(file)) {
  const std::string text = base::read_file(file_.path());
  size_ = text.rfind('\n') + 1;
  file_.cut(size_);
  file_.reserve(kRoomAhead);
  reserved_ = size_ + kRoomAhead;
}

void EventLogWriter::on_event(const model::Event& event) {
  const bool torn = !pending_.empty();
  pending_ += to_json_line(event);
  try {
    if (torn) {
      file_.cut(size_);
    }
    write(must_last(event));
  } catch (const base::Error& error) {
    fail(error.what());
  }
}

void EventLogWriter::write(bool to_disk) {
  file_.append(pending_);
  size_ += pending_.size();
  pending_.clear();
  if (to_disk) {
    file_.sync();
  }
  if (size_ + kRoomAhead / 2 > reserved_) {
    reserve_ahead();
  }
}

/// A full disk doesn't matter before something can't be written.
void EventLogWriter::reserve_ahead() {
  try {
    file_.reserve(kRoomAhead);
    reserved_ = size_ + kRoomAhead;
  } catch (const base::Error& error) {
    base::log_debug(error.what());
  }
}

void EventLogWriter::fail(const std::string& why) {
  if (!pending_.empty()) {
    try {
      file_.cut(size_);
    } catch (const base::Error& error) {
      base::log_debug(error.what());  // It's tried again with the next event.
    }
  }
  if (failure_.empty()) {
    failure_ = why;
    if (callback_) {
      callback_(why);
    }
  }
}

model::RunRecord parse_event_log(std::string_view text, std::string_view name) {
  model::RunRecord record;
  bool started = false;
  int number = 0;
  for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
    ++number;
    try {
      const std::optional<model::Event> event = parse_event(text.substr(0, end));
      started = started || (event && std::holds_alternative<model::RunStarted>(*event));
      if (event && !started) {
        throw base::environment_error("an event before the run's start");
      }
      if (event) {
        model::apply(record, *event);
      }
    } catch (const base::Error& error) {
      throw error.within(fmt::format("{}:{}", name, number));
    }
    text.remove_prefix(end + 1);
  }
  if (!started) {
    throw base::environment_error(fmt::format("{}: holds no run", name));
  }
  return record;
}

model::RunRecord read_event_log(const std::filesystem::path& path) {
  return parse_event_log(base::read_file(path), path.string());
}

}  // namespace opready::record
