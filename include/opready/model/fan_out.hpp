// SPDX-License-Identifier: Apache-2.0
// One sink that stands for several.
#pragma once

#include <utility>
#include <vector>

#include "opready/model/event_sink.hpp"

namespace opready::model {

/// Passes everything on to each sink in turn; the sinks must outlive it.
class FanOut final : public EventSink {
 public:
  explicit FanOut(std::vector<EventSink*> sinks) : sinks_(std::move(sinks)) {}

  void on_event(const Event& event) override {
    for (EventSink* sink : sinks_) {
      sink->on_event(event);
    }
  }
  void on_output(const OutputLine& line) override {
    for (EventSink* sink : sinks_) {
      sink->on_output(line);
    }
  }
  void on_tick(base::SteadyTime now) override {
    for (EventSink* sink : sinks_) {
      sink->on_tick(now);
    }
  }

 private:
  std::vector<EventSink*> sinks_;
};

}  // namespace opready::model
