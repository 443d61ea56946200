// SPDX-License-Identifier: Apache-2.0
// Turns as they stand in the cluster.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "opready/cluster/turns.hpp"

namespace opready::cluster {

/// A turn that some run of a plan has, or waits to have for itself.
struct TurnLease {
  std::string name;
  std::string uid;
  std::string version;
  std::optional<Turn> turn;  ///< Nothing: of a later version, say.
  std::string shard;         ///< "2 of 4".
  OwnerRecord record;
};

/// Where all of them are.
[[nodiscard]] std::string turn_leases_path();
/// With a query that leaves those of one plan.
[[nodiscard]] std::string turn_leases_path_of(const std::string& plan);

[[nodiscard]] std::string turn_lease_name(Turn turn, const TurnTaker& taker);
/// The object that makes `turn` that of `taker`.
[[nodiscard]] std::string turn_lease_manifest(Turn turn, const TurnTaker& taker, base::Timestamp now);
/// A merge patch that shows that the run lives. Fails where the Lease isn't the one with that uid.
[[nodiscard]] std::string turn_lease_heartbeat(const std::string& uid, const TurnTaker& taker, base::Timestamp now);

/// Those of a list as the API server gives it; nothing where `list` is none. A Lease that doesn't say whose it is is
/// nobody's turn.
[[nodiscard]] std::optional<std::vector<TurnLease>> read_turn_leases(const std::string& list);

}  // namespace opready::cluster
