// SPDX-License-Identifier: Apache-2.0
// The seam between a run and everything that shows or records it.
#pragma once

#include <string_view>

#include "opready/base/clock.hpp"
#include "opready/model/event.hpp"

namespace opready::model {

/// A line, or a piece of a long line, that a case's child printed. Views are valid during the call only.
struct OutputLine {
  std::string_view case_id;
  std::string_view text;    ///< Redacted; raw bytes otherwise. No newline.
  bool first_piece = true;  ///< False: continues the line of the piece before it.
  bool last_piece = true;
  base::Timestamp time;
};

/// Receives a run as it happens, on the thread of the event loop. An implementation must return soon; a slow reader
/// slows the run down, which is meant: nothing is dropped and nothing piles up.
class EventSink {
 public:
  virtual ~EventSink() = default;
  virtual void on_event(const Event& event) = 0;
  virtual void on_output(const OutputLine& /*line*/) {}
  /// About once a second while cases run, for what shows elapsed time.
  virtual void on_tick(base::SteadyTime /*now*/) {}
};

}  // namespace opready::model
