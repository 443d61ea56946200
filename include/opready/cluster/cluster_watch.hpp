// SPDX-License-Identifier: Apache-2.0
// Watches a cluster while cases run: three kubectl children whose rows become evidence.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "opready/cluster/evidence.hpp"
#include "opready/cluster/kubeconfig.hpp"
#include "opready/process/child.hpp"
#include "opready/process/event_loop.hpp"

namespace opready::cluster {

class WatchStream;

/// How long a watch that ended is left alone: doubled each time until it's there again. With the start of a kubectl the
/// longest stays under a second, so that after an outage no pod that lives for one is missed.
struct WatchDelays {
  std::chrono::milliseconds first{100};
  std::chrono::milliseconds longest{500};
};

/// How one of the three watches does.
struct StreamHealth {
  std::string name;       ///< "namespaces", "pods", "events"
  bool answered = false;  ///< It was up at least once.
  bool up = false;        ///< It shows changes as they happen.
  bool given_up = false;  ///< It was refused, or kubectl can't be started, before it was ever up: it isn't tried again.
  int starts = 0;         ///< Above 1: there were gaps, in which short-lived pods may have been missed.
  std::string failure;    ///< Why it ended last, in kubectl's words, fit to be shown; empty where it never did.

  friend bool operator==(const StreamHealth&, const StreamHealth&) = default;
};

/// One kubectl for each of namespaces, pods and warning events of the whole cluster. A watch that ends, as servers end
/// each after a time, is started again and begins with a list. Its children keep the loop running until `stop`.
class ClusterWatch {
 public:
  /// All references must outlive it. Destroying it stops it.
  ClusterWatch(process::EventLoop& loop, process::ChildStarter& starter, const Target& target, Evidence& evidence,
               WatchDelays delays = {});
  ClusterWatch(const ClusterWatch&) = delete;
  ClusterWatch& operator=(const ClusterWatch&) = delete;
  ~ClusterWatch();

  /// Call once. `on_synced` is called on the loop as soon as `synced`, once; it may destroy this object. It never comes
  /// where the server doesn't answer, so bound the wait.
  void start(std::function<void()> on_synced);

  /// Ends the children; no row comes any more.
  void stop();

  /// Each watch is up or given up: what happens in the cluster from now on is seen. kubectl marks the end of no list
  /// and prints nothing for an empty one, so it's asked to log its requests (-v=6: methods, addresses and statuses,
  /// nothing secret): the answer to `watch=true` comes after the list. Where a kubectl logs otherwise, a first row
  /// does as well, since a watch continues from the moment of its list.
  [[nodiscard]] bool synced() const;

  /// Of namespaces, pods and events, in this order.
  [[nodiscard]] std::vector<StreamHealth> health() const;

 private:
  void tell_when_synced();

  process::EventLoop& loop_;
  std::vector<std::unique_ptr<WatchStream>> streams_;
  std::function<void()> on_synced_;
  std::optional<process::EventLoop::TimerId> telling_;
};

}  // namespace opready::cluster
