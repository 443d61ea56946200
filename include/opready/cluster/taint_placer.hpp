// SPDX-License-Identifier: Apache-2.0
// Placement by taints on all Linux nodes, for clusters whose API server knows no admission policies.
#pragma once

#include <functional>
#include <memory>

#include "opready/cluster/placer.hpp"

namespace opready::cluster {

/// The key of the taint. e2e.test must have it in --non-blocking-taints, or it waits for the nodes for ever.
inline constexpr const char* kPlacementTaint = "op-readiness/placement";

/// The Lease that one tainting run of a cluster can have; it holds the run's record.
inline constexpr const char* kPlacementLease = "op-readiness-placement";
inline constexpr const char* kPlacementLeaseNamespace = "kube-system";

/// In cases of `windows` each Linux node gets the taint, unless it has one of that key; in those of every other
/// placement it's taken away again. Tolerations are beyond this way. `begin` fails where another run has the Lease:
/// `repair` beforehand removes a dead one's. Whether other people's pods allow it must be asked before:
/// `survey_taint_mode`.
[[nodiscard]] std::unique_ptr<Placer> make_taint_placer(const PlacerContext& context, const Owner& owner,
                                                        const PlacerTimes& times = {});

}  // namespace opready::cluster
