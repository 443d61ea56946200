// SPDX-License-Identifier: Apache-2.0
// An event loop for a subcommand that asks a cluster, which a signal ends at once.
#pragma once

#include <string>

#include "opready/cluster/cluster_access.hpp"
#include "opready/process/capture.hpp"
#include "opready/process/child.hpp"
#include "opready/process/event_loop.hpp"

namespace opready::cli {

/// Takes SIGINT, SIGTERM and SIGHUP as long as it lives: one that comes between two `run`s ends the next.
class StoppableLoop {
 public:
  /// `stopped` is said where a signal ends it.
  explicit StoppableLoop(std::string stopped);

  [[nodiscard]] cluster::ClusterAccess access(const cluster::Target& target) { return {loop_, starter_, target}; }
  /// For who waits for answers. Throws as `run` does.
  [[nodiscard]] process::Capture capture();
  /// Returns when nothing is pending any more, or after `stop`. Throws Error (exit code 128 + n) where a signal ended
  /// it.
  void run();
  void stop() { loop_.stop(); }

 private:
  void require_no_signal() const;

  process::EventLoop loop_;
  process::SystemChildStarter starter_{loop_};
  std::string stopped_;
  int stopped_by_ = 0;
};

}  // namespace opready::cli
