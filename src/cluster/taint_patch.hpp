// SPDX-License-Identifier: Apache-2.0
// Changes to nodes' taints, each a merge patch that fails where the node has changed since it was read.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace opready::cluster {

/// Nothing where the node isn't a Linux node or has a taint with our key, whoever set it.
[[nodiscard]] std::optional<std::string> tainting_patch(const nlohmann::json& node, const std::string& run);

/// Nothing where the node hasn't exactly the taint that `run` sets.
[[nodiscard]] std::optional<std::string> untainting_patch(const nlohmann::json& node, const std::string& run);

/// The values of the node's taints with our key, whoever set them.
[[nodiscard]] std::vector<std::string> placement_taint_values(const nlohmann::json& node);

}  // namespace opready::cluster
