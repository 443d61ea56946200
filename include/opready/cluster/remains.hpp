// SPDX-License-Identifier: Apache-2.0
// What runs of e2e.test left in a cluster: their namespaces, and what certainly belongs to one of those.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "opready/cluster/cluster_access.hpp"

namespace opready::cluster {

/// What runs of e2e.test are known by.
struct E2eTraces {
  std::vector<std::string> e2e_runs;    ///< Their ids: what their namespaces are labelled with.
  std::vector<std::string> namespaces;  ///< Names that namespaces of theirs have or had, as far as they're known.
};

/// An object that is to go.
struct Remnant {
  std::string what;  ///< "namespace services-1234": for people.
  std::string path;
  std::string body;        ///< Of the request that deletes exactly the object that was read.
  std::string name_space;  ///< Its name, where it is a namespace.

  friend bool operator==(const Remnant&, const Remnant&) = default;
};

struct Remains {
  std::vector<Remnant> objects;     ///< Namespaces last.
  std::vector<std::string> going;   ///< Names of namespaces that are being removed already.
  std::vector<std::string> unread;  ///< "cannot read the ClusterRoles: why": what there is more isn't known.
};

struct Removal {
  std::vector<std::string> done;    ///< "removed namespace services-1234"; also where somebody else was quicker.
  std::vector<std::string> failed;  ///< "cannot remove ...: why"
};

/// Finds and removes remains by kubectl. A namespace is a run's by its label alone; an object outside of namespaces by
/// a name made of a namespace's, or by a reference into such namespaces and nowhere else. What only may be a run's, as
/// an object of a name that every run gives it, is left, and so is a namespace whose name was a run's and that is
/// another's now.
class RemainsRemover {
 public:
  /// `answer`: how long one kubectl may take.
  explicit RemainsRemover(const ClusterAccess& access, std::chrono::milliseconds answer = std::chrono::seconds(15));
  RemainsRemover(const RemainsRemover&) = delete;
  RemainsRemover& operator=(const RemainsRemover&) = delete;
  /// Ends what is being asked and calls nothing back. Not to be done inside a callback.
  ~RemainsRemover();

  /// Each calls back once, later.
  void find(const E2eTraces& traces, std::function<void(const Remains&)> on_found);
  /// Doesn't wait for namespaces to be gone.
  void remove(std::vector<Remnant> objects, std::function<void(const Removal&)> on_removed);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace opready::cluster
