// SPDX-License-Identifier: Apache-2.0
// Whether a pass proves anything: did the pods of each spec run where the case means?
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "opready/model/evidence.hpp"
#include "opready/model/outcome.hpp"
#include "opready/model/test_case.hpp"

namespace opready::run {

/// What was seen of one attempt's namespaces while it ran.
struct PodEvidence {
  std::vector<model::NamespaceEvidence> namespaces;
  std::map<std::string, std::string> spec_of;  ///< The spec that made a namespace, by the namespace's name.
  std::vector<model::NodeFacts> nodes;         ///< All of the cluster.
  bool gaps = false;                           ///< The watches were interrupted; pods may have been missed.
  std::set<std::string> lost_in;               ///< Specs in which the API server was lost; "": before the first.
};

/// Adds the namespaces to the result, and to each spec where its pods ran, and judges: `windows` needs every pod of a
/// spec on Windows, `mixed` one on each system at least; a spec that passed without is `unproven`. A spec that failed
/// because its pods' images could not be had, or in which the API server was lost, is `could_not_test`. The case's
/// outcome follows its specs. Other placements are shown and not judged: the specs see to them.
void prove(model::CaseResult& result, const model::TestCase& test, const PodEvidence& evidence);

}  // namespace opready::run
