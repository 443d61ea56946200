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
     "not looked at: none of the cases' specs asks for a node's architecture, and the Windows images that they run are "
     "for amd64 only."},
    {"GPUs",
     "the KEP asks nothing of them. Extra.Windows has upstream's one spec on DirectX devices (extra-device-plugin); it "
     "runs only when chosen, with --allow-disruptive, and never counts towards a verdict."},
    {"Hyper-V isolation",
     "the KEP asks nothing of it. The cases name no RuntimeClass, so the node's default decides, usually process "
     "isolation; but extra-hyperv of Extra.Windows starts a pod under runhcs-wcow-hypervisor and looks whether any "
     "virtual machine runs on its node. It never counts towards a verdict."},
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
  switch (proof.level) {
    case Proves::all:
      return "all of it";
    case Proves::part:
      return "in part: " + one_line(proof.missing);
    case Proves::none:
      return "nothing: " + one_line(proof.missing);
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
