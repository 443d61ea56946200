// SPDX-License-Identifier: Apache-2.0
// What ties objects outside of namespaces to the namespaces of runs of e2e.test.
#pragma once

#include <set>
#include <span>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "opready/cluster/remains.hpp"

namespace opready::cluster {

/// The names that certainly are those runs'.
struct Ties {
  /// `all` are the cluster's namespaces: a name that another's namespace has now tells nothing.
  Ties(const std::vector<nlohmann::json>& all, const E2eTraces& traces);

  /// That namespace is to go.
  [[nodiscard]] bool is_namespace(const nlohmann::json& object) const;

  std::set<std::string> e2e_runs;
  std::set<std::string> webhook_namespaces;  ///< Which the GMSA specs make, and don't label.
  std::set<std::string> namespaces;          ///< With those.
  std::set<std::string> cluster_roles;
  std::set<std::string> signing_requests;
};

/// A kind of objects that specs make outside of namespaces.
struct TiedKind {
  const char* kind;
  const char* collection;  ///< Its path.
  bool (*is_tied)(const nlohmann::json& object, const Ties& ties);
};

[[nodiscard]] std::span<const TiedKind> tied_kinds();

}  // namespace opready::cluster
