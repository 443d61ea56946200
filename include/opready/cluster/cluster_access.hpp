// SPDX-License-Identifier: Apache-2.0
// What it takes to ask a cluster on a loop.
#pragma once

#include "opready/cluster/kubeconfig.hpp"
#include "opready/process/child.hpp"
#include "opready/process/event_loop.hpp"

namespace opready::cluster {

/// All of it must outlive who gets it.
struct ClusterAccess {
  process::EventLoop& loop;
  process::ChildStarter& starter;
  const Target& target;
};

}  // namespace opready::cluster
