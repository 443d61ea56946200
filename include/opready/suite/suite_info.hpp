// SPDX-License-Identifier: Apache-2.0
// What a Ginkgo binary says about itself.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "opready/model/spec.hpp"

namespace opready::suite {

using Flags = std::set<std::string, std::less<>>;

struct SuiteInfo {
  std::string name;         ///< "e2e": what category files call it.
  std::string path;         ///< What is started; empty for a shipped catalogue.
  std::string description;  ///< What it calls itself in RunSpecs: Ginkgo puts it in front of each name that it matches.
  std::string version;      ///< "v1.36.3"; empty for a suite that tells none.
  Flags flags;              ///< Names without dashes: "report-dir", "ginkgo.grace-period".
  std::vector<model::Spec> specs;  ///< In the order of `--list-tests`; names may repeat.
};

}  // namespace opready::suite
