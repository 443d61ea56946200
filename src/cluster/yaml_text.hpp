// SPDX-License-Identifier: Apache-2.0
// Kubernetes objects as YAML that people read.
#pragma once

#include <string>

#include <nlohmann/json.hpp>

namespace opready::cluster {

/// Block style; text of several lines as a literal block, which always ends with a newline. Ends with a newline.
[[nodiscard]] std::string yaml_text(const nlohmann::ordered_json& object);

}  // namespace opready::cluster
