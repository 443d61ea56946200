// SPDX-License-Identifier: Apache-2.0
// Whose an object in the cluster is: what stands in its labels and annotations, and whether that run still lives.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "opready/base/timestamp.hpp"
#include "opready/process/identity.hpp"

namespace opready::cluster {

/// The label that all objects of ours have, with the value "op-readiness".
inline constexpr const char* kManagedByLabel = "app.kubernetes.io/managed-by";
inline constexpr const char* kManagedByValue = "op-readiness";
/// The label with the run's id.
inline constexpr const char* kRunLabel = "op-readiness/run";

/// A run's heart beats about every 20 seconds; one that hasn't for this long is dead, unless its process is known to
/// live. The machines' clocks must agree better than that.
inline constexpr std::chrono::minutes kLongestSilence{2};

struct Owner {
  std::string run;  ///< Unique; lower-case letters, digits and dashes, 40 characters at most.
  process::Identity process;

  friend bool operator==(const Owner&, const Owner&) = default;
};

/// What a run writes down in the cluster of itself before it changes anything there.
struct OwnerRecord {
  Owner owner;
  base::Timestamp heartbeat{};
  std::vector<std::string> e2e_runs;  ///< All that it ever admitted: namespaces with these labels are its own.
  std::vector<std::string> nodes;     ///< Those that it tainted, or was about to.

  friend bool operator==(const OwnerRecord&, const OwnerRecord&) = default;
};

/// How a run's end is found out.
struct Liveness {
  base::Timestamp now{};
  std::function<process::Life(const process::Identity&)> life_of = process::life_of;
};

/// "run 0123456789abcdef (process 4711 on build-7)".
[[nodiscard]] std::string describe(const Owner& owner);

/// The heartbeat counts only where the process itself isn't known to live or to have ended.
[[nodiscard]] bool is_dead(const OwnerRecord& record, const Liveness& liveness);

}  // namespace opready::cluster
