// SPDX-License-Identifier: Apache-2.0
// Appends events to their file and folds them back into a run.
#include "opready/record/event_log.hpp"

#include <utility>

#include <fmt/format.h>

#include "opready/base/error.hpp"
#include "opready/base/read_file.hpp"
#include "opready/record/event_json.hpp"

namespace opready::record {

EventLogWriter::EventLogWriter(base::OutputFile file) : file_(std::move(file)) {}

void EventLogWriter::on_event(const model::Event& event) {
  file_.append(to_json_line(event));
  if (std::holds_alternative<model::CaseFinished>(event) || std::holds_alternative<model::RunFinished>(event)) {
    file_.sync();
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
