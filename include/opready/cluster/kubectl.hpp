// SPDX-License-Identifier: Apache-2.0
// How kubectl is called.
#pragma once

#include <string>
#include <vector>

#include "opready/cluster/kubeconfig.hpp"

namespace opready::cluster {

/// `kubectl ARGUMENTS... --kubeconfig K --context C`, so that it asks `target` and nothing else.
[[nodiscard]] std::vector<std::string> kubectl(const Target& target, std::vector<std::string> arguments);

/// What a failed kubectl says of itself: why it couldn't start, that it took too long, or the last line it printed on
/// stderr, fit to be shown.
[[nodiscard]] std::string failure_text(const process::Captured& captured);

}  // namespace opready::cluster
