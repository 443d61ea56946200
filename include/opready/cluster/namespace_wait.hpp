// SPDX-License-Identifier: Apache-2.0
// Waits for namespaces that are being removed to be gone.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "opready/cluster/cluster_access.hpp"

namespace opready::cluster {

/// A namespace that is there still.
struct LingeringNamespace {
  std::string name;
  std::string why;  ///< What the API server says of it, in a sentence or several.

  friend bool operator==(const LingeringNamespace&, const LingeringNamespace&) = default;
};

struct WaitEnd {
  std::vector<LingeringNamespace> lingering;
  std::string unknown;  ///< Why the cluster couldn't be asked last; empty where it answered.
};

struct WaitTimes {
  std::chrono::milliseconds limit{std::chrono::minutes(5)};
  std::chrono::milliseconds answer{std::chrono::seconds(15)};  ///< One kubectl.
  std::chrono::milliseconds pause{std::chrono::seconds(1)};    ///< Between two looks.
  std::chrono::milliseconds progress{std::chrono::seconds(10)};
};

struct WaitCallbacks {
  /// From time to time, with those that were there at the last look that the API server answered.
  std::function<void(const std::vector<std::string>& names)> on_progress;
  /// Once, last.
  std::function<void(const WaitEnd&)> on_end;
};

class NamespaceWait {
 public:
  /// Begins to wait for those of `names` that are being removed; others don't count.
  NamespaceWait(const ClusterAccess& access, std::set<std::string> names, const WaitTimes& times,
                WaitCallbacks callbacks);
  NamespaceWait(const NamespaceWait&) = delete;
  NamespaceWait& operator=(const NamespaceWait&) = delete;
  /// Calls nothing back any more. Not to be done inside a callback.
  ~NamespaceWait();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace opready::cluster
