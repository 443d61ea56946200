// SPDX-License-Identifier: Apache-2.0
// One watching kubectl, started again whenever it ends.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "opready/cluster/cluster_watch.hpp"
#include "opready/model/outcome.hpp"
#include "opready/process/child.hpp"
#include "opready/process/event_loop.hpp"
#include "opready/process/line_splitter.hpp"

namespace opready::cluster {

/// What is watched, and who hears of it.
struct WatchRequest {
  std::string name;
  std::vector<std::string> command;
  /// True if the line was a row.
  std::function<bool(std::string_view line)> on_line;
  std::function<void()> on_answered_or_given_up;
};

/// `loop` and `starter` must outlive it.
class WatchStream {
 public:
  WatchStream(process::EventLoop& loop, process::ChildStarter& starter, WatchRequest request, WatchDelays delays);
  WatchStream(const WatchStream&) = delete;
  WatchStream& operator=(const WatchStream&) = delete;
  ~WatchStream() { stop(); }

  void start();
  void stop();
  [[nodiscard]] const StreamHealth& health() const { return health_; }

 private:
  void read_row(const process::LinePiece& piece);
  void read_log(const process::LinePiece& piece);
  void answered();
  void ended(const process::ChildEnd& end);
  void failed(std::string failure, bool for_good);

  process::EventLoop& loop_;
  process::ChildStarter& starter_;
  WatchRequest request_;
  WatchDelays delays_;
  std::chrono::milliseconds next_delay_;
  StreamHealth health_;
  bool established_ = false;  ///< The server ever took the watch itself, not only the list before it.
  std::string last_words_;    ///< Of this kubectl's stderr, but for its log.
  std::optional<process::LineSplitter> rows_;
  std::optional<process::LineSplitter> log_;
  std::unique_ptr<process::Child> child_;
  std::optional<process::EventLoop::TimerId> retry_;
};

}  // namespace opready::cluster
