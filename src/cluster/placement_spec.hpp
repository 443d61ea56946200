// SPDX-License-Identifier: Apache-2.0
// The inside of the MutatingAdmissionPolicy.
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "opready/cluster/placement_policy.hpp"

namespace opready::cluster {

inline constexpr const char* kProbeAnnotation = "op-readiness/probe";
inline constexpr const char* kPolicyPaths = "/apis/admissionregistration.k8s.io/v1/";

/// `spec` of the policy for pods in the namespaces that `selector` selects. `probe` is one more CEL expression of
/// patches, empty for none.
[[nodiscard]] nlohmann::ordered_json placement_spec(const PlacementRules& rules,
                                                    const nlohmann::ordered_json& namespace_selector,
                                                    const std::string& probe);

/// `text` as a literal of CEL.
[[nodiscard]] std::string cel_string(const std::string& text);

}  // namespace opready::cluster
