// SPDX-License-Identifier: Apache-2.0
// An event sink that remembers.
#pragma once

#include <string>
#include <vector>

#include "opready/model/event_sink.hpp"

namespace opready::testing {

/// Keeps every event, and every line of output as "case-id: text", the pieces of a long line joined again.
class RecordingSink final : public model::EventSink {
 public:
  void on_event(const model::Event& event) override { events_.push_back(event); }
  void on_output(const model::OutputLine& line) override;

  [[nodiscard]] const std::vector<model::Event>& events() const { return events_; }
  [[nodiscard]] const std::vector<std::string>& lines() const { return lines_; }

 private:
  std::vector<model::Event> events_;
  std::vector<std::string> lines_;
};

}  // namespace opready::testing
