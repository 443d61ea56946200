// SPDX-License-Identifier: Apache-2.0
// Placement by an admission policy of the run's own.
#pragma once

#include <memory>
#include <vector>

#include "opready/cluster/placement_nodes.hpp"
#include "opready/cluster/placer.hpp"

namespace opready::cluster {

/// What the policy is made from.
struct PolicyGround {
  NodeSelector node_selector;
  std::vector<Node> nodes;
  int api_servers = 1;  ///< Where it isn't one, an admission waits until all of them have taken a change over.
};

/// Pods that chose neither a node nor an operating system go to Windows in cases of `windows`; in cases of every
/// placement but `none` pods bound for Windows tolerate the taints of its nodes. Where neither changes anything there
/// is no policy, only a namespace with the run's record.
[[nodiscard]] std::unique_ptr<Placer> make_policy_placer(const PlacerContext& context, const Owner& owner,
                                                         PolicyGround ground, const PlacerTimes& times = {});

}  // namespace opready::cluster
