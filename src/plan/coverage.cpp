// SPDX-License-Identifier: Apache-2.0
// Gathers, item by item and release by release, what proves it.
#include "opready/plan/coverage.hpp"

#include <algorithm>
#include <utility>

#include "opready/model/version.hpp"
#include "opready/plan/matcher.hpp"
#include "opready/plan/variants.hpp"

namespace opready::plan {
namespace {

using model::ItemCoverage;
using model::Proof;
using model::Proves;

/// How much the case proves, given that it selects what it selects.
Proves level_of(const Proof& proof) {
  return proof.specs.empty() ? Proves::none : proof.test.proves.value_or(Proves::none);
}

bool has_same_names(const std::vector<model::Spec>& left, const std::vector<model::Spec>& right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](const model::Spec& a, const model::Spec& b) { return a.name == b.name; });
}

bool is_same_proof(const Proof& left, const Proof& right) {
  return left.test.id == right.test.id && left.test.proves == right.test.proves &&
         left.test.missing == right.test.missing && has_same_names(left.specs, right.specs);
}

/// Joins `proof` to what the case proved in the release before, where that is the same.
void add(std::vector<Proof>& proofs, Proof proof) {
  const auto same =
      std::find_if(proofs.begin(), proofs.end(), [&](const Proof& other) { return is_same_proof(other, proof); });
  if (same == proofs.end()) {
    proofs.push_back(std::move(proof));
    return;
  }
  proof.releases.insert(proof.releases.begin(), same->releases.begin(), same->releases.end());
  *same = std::move(proof);
}

/// The cases that bear on an item, as they are in one release.
std::vector<Proof> proofs_in(const std::vector<model::TestCase>& cases, const suite::SuiteInfo& release) {
  std::vector<Proof> proofs;
  std::vector<suite::SpecFilter> filters;
  const auto version = model::Version::parse(release.version).value();
  for (Variant& variant : resolve_variants(cases, version)) {
    // Without a focus everything would be selected.
    const bool selects = variant.unfit.empty() && !variant.test.focus.empty();
    filters.push_back(selects ? suite::SpecFilter{variant.test.focus, variant.test.skip}
                              : suite::SpecFilter{{"^$"}, {}});
    proofs.push_back({.test = std::move(variant.test), .specs = {}, .releases = {version.minor_text()}});
  }
  suite::Selection selection = select(release.specs, filters, release.description);
  for (std::size_t i = 0; i < proofs.size(); ++i) {
    proofs[i].specs = std::move(selection[i]);
  }
  return proofs;
}

std::vector<model::TestCase> cases_on_items(const std::vector<model::Category>& categories) {
  std::vector<model::TestCase> cases;
  for (const model::Category& category : categories) {
    std::copy_if(category.cases.begin(), category.cases.end(), std::back_inserter(cases),
                 [](const model::TestCase& test) { return !test.kep.empty(); });
  }
  return cases;
}

}  // namespace

model::Coverage coverage(const std::vector<model::Category>& categories,
                         const std::vector<suite::SuiteInfo>& releases) {
  model::Coverage result;
  for (const model::KepItem& item : model::kep_items()) {
    result.items.push_back({.item = item, .levels = {}, .proofs = {}});
  }
  const std::vector<model::TestCase> cases = cases_on_items(categories);
  for (const suite::SuiteInfo& release : releases) {
    result.releases.push_back(model::Version::parse(release.version).value().minor_text());
    std::vector<Proof> proofs = proofs_in(cases, release);
    for (ItemCoverage& item : result.items) {
      Proves best = Proves::none;
      for (Proof& proof : proofs) {
        if (proof.test.kep == item.item.id) {
          best = std::min(best, level_of(proof));
          add(item.proofs, std::move(proof));
        }
      }
      item.levels.push_back(best);
    }
  }
  return result;
}

}  // namespace opready::plan
