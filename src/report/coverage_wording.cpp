// SPDX-License-Identifier: Apache-2.0
// Sentences about coverage.
#include "coverage_wording.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "opready/report/wording.hpp"

namespace opready::report {
namespace {

using model::Proves;

constexpr std::array<BeyondTheKep, 3> kBeyond = {{
    {"Windows on arm64",
     "not looked at: no spec asks for a node's architecture, and the Windows images of upstream's specs are for amd64 "
     "only."},
    {"GPUs",
     "the KEP asks nothing of them. Extra.Windows has upstream's one spec on DirectX devices (extra-device-plugin); it "
     "runs only when chosen, with --allow-disruptive, and never counts towards a verdict."},
    {"Hyper-V isolation",
     "the KEP asks nothing of it. All cases run their containers process-isolated, but extra-hyperv of Extra.Windows, "
     "which starts one container under the RuntimeClass runhcs-wcow-hypervisor and never counts towards a verdict."},
}};

}  // namespace

std::string amounts(const model::Coverage& coverage) {
  const auto having = [&](Proves level) {
    return std::count_if(coverage.items.begin(), coverage.items.end(),
                         [&](const model::ItemCoverage& item) { return item.levels.back() == level; });
  };
  return fmt::format("prove {} wholly, {} in part and {} not at all", having(Proves::all), having(Proves::part),
                     having(Proves::none));
}

std::string only_in(const model::Proof& proof, const model::Coverage& coverage) {
  return proof.releases == coverage.releases ? "" : fmt::format("{}", fmt::join(proof.releases, ", "));
}

std::string worth(const model::Proof& proof) {
  const Proves declared = proof.test.proves.value_or(Proves::none);
  if (declared != Proves::none && proof.specs.empty()) {
    return "nothing: its patterns select no spec there";
  }
  const std::string missing = one_line(proof.test.missing);
  switch (declared) {
    case Proves::all:
      return "all of it";
    case Proves::part:
      return "in part: " + missing;
    case Proves::none:
      return "nothing: " + missing;
  }
  return "";
}

std::string demands(const model::TestCase& test) {
  std::vector<std::string> found;
  if (!test.needs.empty()) {
    found.push_back(one_line(fmt::format("needs {}", fmt::join(test.needs, ", "))));
  }
  if (test.placement && *test.placement != model::Placement::none) {
    found.push_back(fmt::format("placement {}", model::to_string(*test.placement)));
  }
  if (test.impact != model::Impact::none) {
    found.push_back(fmt::format("impact {}", model::to_string(test.impact)));
  }
  return fmt::format("{}", fmt::join(found, "; "));
}

std::span<const BeyondTheKep> beyond_the_kep() {
  return kBeyond;
}

}  // namespace opready::report
