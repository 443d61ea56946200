// SPDX-License-Identifier: Apache-2.0
// What a run is told of its pods while it's under way.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "opready/cluster/kubeconfig.hpp"
#include "opready/model/evidence.hpp"
#include "opready/process/child.hpp"
#include "opready/process/event_loop.hpp"

namespace opready::cluster {

/// The seam between a run and whoever watches the cluster for it.
class Observer {
 public:
  virtual ~Observer() = default;
  /// Call once. Calls back once, on the loop: from then on all is seen that can be. Until `stop` it keeps the loop
  /// running.
  virtual void start(std::function<void()> on_ready) = 0;
  virtual void stop() = 0;

  /// A child of ours has told this id.
  virtual void run_started(const std::string& e2e_run) = 0;
  /// That run has begun this spec: its namespaces of which a row comes from now on are that spec's, most likely.
  virtual void spec_began(const std::string& e2e_run, const std::string& spec) = 0;
  /// What was seen of it; forgotten from then on.
  [[nodiscard]] virtual std::vector<model::NamespaceEvidence> take(const std::string& e2e_run) = 0;

  /// Pods are seen at all.
  [[nodiscard]] virtual bool sees_pods() const = 0;
  /// Between two times at which this is the same number all pods were seen. Nothing while a watch is broken.
  [[nodiscard]] virtual std::optional<int> continuity() const = 0;
  /// False while the API server answers none of the watches, after it did.
  [[nodiscard]] virtual bool api_answers() const = 0;
  /// What isn't seen, and why, in a sentence each.
  [[nodiscard]] virtual std::vector<std::string> lacks() const = 0;
};

/// Watches `target` by kubectl. All references must outlive it.
[[nodiscard]] std::unique_ptr<Observer> make_observer(process::EventLoop& loop, process::ChildStarter& starter,
                                                      const Target& target);

}  // namespace opready::cluster
