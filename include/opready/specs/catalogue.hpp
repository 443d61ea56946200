// SPDX-License-Identifier: Apache-2.0
// What e2e.test of a Kubernetes release says of itself, shipped with op-readiness: the specs are known where no
// e2e.test is at hand. Made from real binaries by scripts/update-catalogues.sh.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "opready/model/spec.hpp"
#include "opready/model/version.hpp"

namespace opready::specs {

struct Catalogue {
  std::string version;                       ///< "v1.36.3"
  std::set<std::string, std::less<>> flags;  ///< Names without dashes.
  std::vector<model::Spec> specs;            ///< In the order of `--list-tests`.
};

/// The releases that have one, from the oldest to the newest; never empty.
[[nodiscard]] std::vector<model::Version> catalogue_versions();

/// The catalogue for `version`: of its minor release, else of the closest one below. Throws base::Error (exit code 3)
/// where all catalogues are of newer releases.
[[nodiscard]] Catalogue load_catalogue(const model::Version& version);

/// Reads a catalogue's text. Throws std::runtime_error for any other text.
[[nodiscard]] Catalogue parse_catalogue(std::string_view text);

}  // namespace opready::specs
