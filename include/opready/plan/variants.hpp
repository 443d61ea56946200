// SPDX-License-Identifier: Apache-2.0
// Which of several entries of one case is meant for a Kubernetes version.
#pragma once

#include <string>
#include <vector>

#include "opready/model/test_case.hpp"
#include "opready/model/version.hpp"

namespace opready::plan {

struct Variant {
  model::TestCase test;
  std::string
      unfit;  ///< Why no entry of the case is for the version; empty where `test` is. `test` is then the nearest.
};

/// Entries with one id are variants of one case. The lowest of an entry's kubernetesVersions is its floor, and without
/// any it has none; the entry with the highest floor not above `version` is used. A pre-release counts as its release.
/// One result an id, in the place of its first entry.
[[nodiscard]] std::vector<Variant> resolve_variants(const std::vector<model::TestCase>& cases,
                                                    const model::Version& version);

}  // namespace opready::plan
