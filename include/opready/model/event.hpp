// SPDX-License-Identifier: Apache-2.0
// A run is its events: everything that reports show is a fold over them.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "opready/base/timestamp.hpp"
#include "opready/model/outcome.hpp"
#include "opready/model/plan.hpp"
#include "opready/model/process_identity.hpp"

namespace opready::model {

/// Nodes that are alike, and how many they are. What a node doesn't tell is empty.
struct NodeKind {
  std::string os;                 ///< "windows", "linux"
  std::string build;              ///< "10.0.20348"; Windows only.
  std::string os_image;           ///< "Windows Server 2022 Datacenter"
  std::string container_runtime;  ///< "containerd://1.7.27"
  std::string kubelet;            ///< "v1.36.3"
  int nodes = 0;

  friend bool operator==(const NodeKind&, const NodeKind&) = default;
};

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
  std::string uid;  ///< Of its namespace kube-system, which tells clusters apart; empty where it wasn't told.
  std::vector<NodeKind> node_kinds;
  std::string cni;  ///< What is taken for its CNI plug-in, and by what sign; empty: there was none.
};

/// A namespace of a case that was cut off before it could remove it.
struct NamespaceLeft {
  std::string name;
  std::string case_id;
};

/// The part of a plan that a run performs, where several share it.
struct Shard {
  int number = 1;  ///< From 1.
  int count = 1;

  friend bool operator==(const Shard&, const Shard&) = default;
};

/// "2 of 4".
[[nodiscard]] std::string to_string(const Shard& shard);

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
  std::map<std::string, std::string> node_selector;  ///< Of the Windows nodes that they're placed on.
  std::optional<Shard> shard;                        ///< Absent: it performs the whole plan.
  bool flaky_fails = false;                          ///< A case that failed and then passed is held against the run.
  std::vector<std::string> arguments;                ///< Of the command line, secrets masked.
};

/// A run goes on that had ended before its time. What it says of the run holds from then on.
struct RunResumed {
  base::Timestamp time;
  ProcessIdentity process;
  std::string tool_version;
  int jobs = 1;
  std::map<std::string, std::string> labels;
  bool flaky_fails = false;
};

struct CaseStarted {
  base::Timestamp time;
  std::string id;
  int attempt = 1;
  int slot = 0;                    ///< The job slot it runs on, from 0.
  std::int64_t pid = 0;            ///< 0 where the child could not be started.
  std::uint64_t pid_start = 0;     ///< In clock ticks since boot, to tell it from a later process of that pid.
  std::vector<std::string> specs;  ///< Names of those it runs; empty: all of the case.
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

/// Why a run starts no more cases before its plan is done.
enum class StopReason {
  signal,         ///< The user, or the system, asked for it.
  time_limit,     ///< --timeout
  failures,       ///< --fail-fast; cases under way are let finish.
  write_failure,  ///< Results can't be kept any more.
};

[[nodiscard]] std::string_view to_string(StopReason reason);
[[nodiscard]] std::optional<StopReason> parse_stop_reason(std::string_view text);

struct StopRequested {
  base::Timestamp time;
  int signal = 0;  ///< Of StopReason::signal.
  StopReason reason = StopReason::signal;
  std::string detail;  ///< In words, of the other reasons: "its time, 2h, is up".
};

struct RunFinished {
  base::Timestamp time;
  std::chrono::milliseconds duration{};
  std::optional<int> stopped_by;  ///< The signal that ended it early.
};

/// Evidence of where pods run isn't gathered.
struct EvidenceLacks {
  base::Timestamp time;
  std::string why;
};

/// After RunFinished, where the cluster was asked and had some.
struct NamespacesLeft {
  base::Timestamp time;
  std::vector<NamespaceLeft> namespaces;
};

using Event = std::variant<RunStarted, RunResumed, CaseStarted, E2eRunStarted, CaseFinished, StopRequested, RunFinished,
                           EvidenceLacks, NamespacesLeft>;

}  // namespace opready::model
