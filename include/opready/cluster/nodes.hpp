// SPDX-License-Identifier: Apache-2.0
// What a run wants to know of a cluster before it starts: is it there, and what nodes does it have?
#pragma once

#include <map>
#include <string>
#include <variant>
#include <vector>

#include "opready/cluster/kubeconfig.hpp"
#include "opready/process/capture.hpp"

namespace opready::cluster {

struct Taint {
  std::string key;
  std::string value;
  std::string effect;  ///< "NoSchedule"

  friend bool operator==(const Taint&, const Taint&) = default;
};

struct Node {
  std::string name;
  std::string os;  ///< Its label kubernetes.io/os: "windows", "linux".
  bool ready = false;
  bool schedulable = true;        ///< Not cordoned; its taints are another matter.
  std::string build;              ///< "10.0.20348"; Windows only.
  std::string os_image;           ///< "Windows Server 2022 Datacenter"
  std::string container_runtime;  ///< "containerd://1.7.27"
  std::string kubelet;            ///< "v1.36.3"
  std::map<std::string, std::string> labels;
  std::vector<Taint> taints;

  friend bool operator==(const Node&, const Node&) = default;
};

struct NodeSummary {
  int windows_ready = 0;  ///< Nodes that are Ready and schedulable, by their label kubernetes.io/os.
  int linux_ready = 0;
  std::string server_version;  ///< "v1.36.3"; empty where the server doesn't say.
  std::vector<Node> nodes;     ///< All that have a name.
  int linux_open = 0;          ///< Of `linux_ready`, those without a taint that keeps pods away.
  std::string cluster_uid;     ///< Of the namespace kube-system; empty where it isn't shown.
  std::string cni;             ///< As `cni_by_daemon_sets` has it.

  friend bool operator==(const NodeSummary&, const NodeSummary&) = default;
};

/// Why the nodes aren't known.
struct NodesUnknown {
  enum class Kind {
    no_kubectl,   ///< kubectl can't be started; the cluster may be well.
    unreachable,  ///< The API server doesn't answer, or not to these credentials: no run can succeed.
    refused,      ///< It answers, but doesn't show its nodes: a run can go on.
  };
  Kind kind = Kind::refused;
  std::string reason;

  friend bool operator==(const NodesUnknown&, const NodesUnknown&) = default;
};

using NodesAnswer = std::variant<NodeSummary, NodesUnknown>;

/// Asks by four kubectl side by side; returns within 15 seconds.
[[nodiscard]] NodesAnswer ask_nodes(const Target& target, const process::Capture& capture);

}  // namespace opready::cluster
