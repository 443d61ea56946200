// SPDX-License-Identifier: Apache-2.0
// Where pods of a run really were, and what kept them waiting: as the cluster's tables told it while cases ran.
#pragma once

#include <string>
#include <vector>

namespace opready::model {

/// A pod, known by its name: one that was deleted and made again under the same name (a StatefulSet does so) is one.
struct PodEvidence {
  std::string name;
  std::vector<std::string> nodes;  ///< Each it was ever bound to, in that order; empty: never scheduled.
  /// As kubectl's column STATUS had it last, but for "Terminating", which would hide an "ErrImagePull" before it.
  std::string status;

  friend bool operator==(const PodEvidence&, const PodEvidence&) = default;
};

/// An event of the type Warning.
struct WarningEvidence {
  std::string reason;   ///< "FailedScheduling"
  std::string object;   ///< "pod/web-0"
  std::string message;  ///< Cut after some hundred bytes.

  friend bool operator==(const WarningEvidence&, const WarningEvidence&) = default;
};

/// All that was seen in one namespace that e2e.test made. A deleted pod stays counted.
struct NamespaceEvidence {
  std::string name;
  std::string e2e_run;                    ///< Its label of that name: the id that e2e.test prints at its start.
  std::string spec;                       ///< Under way when it was first seen; empty: none was known.
  std::vector<PodEvidence> pods;          ///< In the order in which they were first seen.
  bool more_pods = false;                 ///< There were more than are kept; nothing is known of those.
  std::vector<WarningEvidence> warnings;  ///< The first few that differ in reason or object.

  friend bool operator==(const NamespaceEvidence&, const NamespaceEvidence&) = default;
};

/// What evidence is judged by: which operating system a node's name stands for.
struct NodeFacts {
  std::string name;
  std::string os;     ///< "windows", "linux"
  std::string build;  ///< "10.0.20348"; Windows only.

  friend bool operator==(const NodeFacts&, const NodeFacts&) = default;
};

}  // namespace opready::model
