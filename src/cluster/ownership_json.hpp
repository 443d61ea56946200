// SPDX-License-Identifier: Apache-2.0
// An owner's record as labels and annotations of Kubernetes objects.
#pragma once

#include <optional>
#include <string>

#include <nlohmann/json.hpp>

#include "opready/cluster/ownership.hpp"

namespace opready::cluster {

/// `metadata` of an object of ours.
[[nodiscard]] nlohmann::json owned_metadata(const std::string& name, const OwnerRecord& record);

/// A namespace of ours that holds the record. Its label `e2e-run`, with its own name, is what `repair` finds it by; no
/// pod is refused there for a cluster's default level of pod security, as in the namespaces of e2e.test.
[[nodiscard]] nlohmann::ordered_json owned_namespace(const std::string& name, const OwnerRecord& record);

/// The annotations that change while a run lives.
[[nodiscard]] nlohmann::json changing_annotations(const OwnerRecord& record);

/// Nothing where `object` has no run or no heartbeat that can be read: nobody can tell then whether its run lives.
[[nodiscard]] std::optional<OwnerRecord> read_record(const nlohmann::json& object);

/// The body of a request that deletes exactly the object with this uid, and with `version`, if it's given, only as long
/// as nobody has changed it.
[[nodiscard]] std::string deletion_of(const std::string& uid, const std::string& version = "");

/// As `deletion_of`, but nothing is deleted: the answer tells whether it would be.
[[nodiscard]] std::string trial_deletion_of(const std::string& uid, const std::string& version);

}  // namespace opready::cluster
