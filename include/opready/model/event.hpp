// SPDX-License-Identifier: Apache-2.0
// A run is its events: everything that reports show is a fold over them.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "opready/base/timestamp.hpp"
#include "opready/model/outcome.hpp"
#include "opready/model/plan.hpp"
#include "opready/model/process_identity.hpp"

namespace opready::model {

/// The cluster as it was seen before the start; counts are absent where nodes could not be asked for.
struct ClusterFacts {
  std::string context;
  std::string server;
  std::string kubernetes_version;
  std::optional<int> windows_nodes_ready;
  std::optional<int> linux_nodes_ready;
  std::optional<int> linux_nodes_open;      ///< Of those, the ones that the scheduler gives pods without tolerations.
  std::vector<NodeFacts> nodes;             ///< Which system each node's name stands for.
  std::vector<std::string> windows_taints;  ///< "os=windows:NoSchedule": those of Windows nodes that last.
};

/// A namespace of a case that was cut off before it could remove it.
struct NamespaceLeft {
  std::string name;
  std::string case_id;
};

/// What a run is, written once at its start. `plan` holds every chosen case, whether or not it'll be started.
struct RunStarted {
  base::Timestamp time;
  std::string run_id;       ///< Random, 16 hex digits.
  ProcessIdentity process;  ///< That performs it.
  std::string tool_version;
  ClusterFacts cluster;
  Plan plan;
  int jobs = 1;
  std::string provider;
  std::map<std::string, std::string> labels;
  std::vector<std::string> categories;      ///< Names of the chosen categories, in order.
  bool whole_categories = true;             ///< False where options left out some of their cases.
  std::vector<std::string> evidence_lacks;  ///< Why nobody watches where pods run, where that's so from the start.
  std::string placement;                    ///< How pods are placed: "policy", "taint"; empty: as the scheduler likes.
};

struct CaseStarted {
  base::Timestamp time;
  std::string id;
  int attempt = 1;
  int slot = 0;          ///< The job slot it runs on, from 0.
  std::int64_t pid = 0;  ///< 0 where the child could not be started.
  std::uint64_t
      pid_start{};  ///< The kernel's start time of that pid (clock ticks since boot), to tell it from a later one.
};

/// e2e.test has told the id that its namespaces carry in their label `e2e-run`.
struct E2eRunStarted {
  base::Timestamp time;
  std::string id;  ///< The case's.
  int attempt = 1;
  std::string e2e_run;
};

struct CaseFinished {
  base::Timestamp time;
  std::string id;
  int attempt = 1;
  std::chrono::milliseconds duration{};
  CaseResult result;
};

/// The user, or the system, asked the run to stop.
struct StopRequested {
  base::Timestamp time;
  int signal = 0;
};

struct RunFinished {
  base::Timestamp time;
  std::chrono::milliseconds duration{};
  std::optional<int> stopped_by;  ///< The signal that ended it early.
};

/// Evidence of where pods ran isn't gathered, or not without gaps.
struct EvidenceLacks {
  base::Timestamp time;
  std::string why;
};

/// After RunFinished, where the cluster was asked and had some.
struct NamespacesLeft {
  base::Timestamp time;
  std::vector<NamespaceLeft> namespaces;
};

using Event = std::variant<RunStarted, CaseStarted, E2eRunStarted, CaseFinished, StopRequested, RunFinished,
                           EvidenceLacks, NamespacesLeft>;

}  // namespace opready::model
