// SPDX-License-Identifier: Apache-2.0
// Undoes what runs left in the cluster that were killed. Living runs' objects and what a person set stay.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "opready/cluster/kubeconfig.hpp"
#include "opready/cluster/ownership.hpp"
#include "opready/process/capture.hpp"

namespace opready::cluster {

/// Lists as the API server gives them; empty text for what it doesn't serve or couldn't be read.
struct ClusterObjects {
  std::string policies;    ///< MutatingAdmissionPolicies with our label.
  std::string bindings;    ///< Likewise.
  std::string leases;      ///< Likewise.
  std::string namespaces;  ///< All with the label e2e-run: those of e2e.test and the runs' own.
  std::string nodes;
};

struct RepairAction {
  std::string what;  ///< "namespace services-1234": for people.
  std::string run;   ///< The dead run whose it is.
  std::string path;  ///< What is deleted; empty where a node is patched.
  std::string node;
  std::string body;        ///< Holds for exactly the object that was read, and doesn't for one that has changed since.
  bool is_record = false;  ///< Goes last, and only when all else of its run is undone.
  std::string trial;       ///< Of a record of a run that is only silent: as `body`, but nothing is deleted.

  friend bool operator==(const RepairAction&, const RepairAction&) = default;
};

struct RepairPlan {
  std::vector<RepairAction> actions;
  std::vector<std::string> left;    ///< "admission policy x: run y (process 4711 on build-7) is alive".
  std::vector<std::string> unread;  ///< "cannot read the Leases: why": what there is more isn't known.
};

/// With `only` restricted to that run, of which the caller knows this beside what stands in the cluster. A run's
/// silence counts only where the list could be read in which its heart beats.
[[nodiscard]] RepairPlan plan_repair(const ClusterObjects& objects, const Liveness& liveness,
                                     const std::optional<OwnerRecord>& only);

/// The same for what there is now. Returns within 15 seconds.
[[nodiscard]] RepairPlan find_leftovers(const Target& target, const process::Capture& capture, const Liveness& liveness,
                                        const std::optional<OwnerRecord>& only = std::nullopt);

struct RepairReport {
  std::vector<std::string> done;    ///< "removed namespace services-1234"
  std::vector<std::string> left;    ///< As in the plan.
  std::vector<std::string> unread;  ///< Likewise.
  std::vector<std::string> failed;  ///< "cannot remove ...: why".
};

/// Asks, decides and acts, up to three times where something changes meanwhile. A run whose heart beats after all is
/// left alone. Each question returns within 15 seconds.
[[nodiscard]] RepairReport repair(const Target& target, const process::Capture& capture, const Liveness& liveness,
                                  const std::optional<OwnerRecord>& only = std::nullopt);

}  // namespace opready::cluster
