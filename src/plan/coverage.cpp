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

bool has_same_names(const std::vector<model::Spec>& left, const std::vector<model::Spec>& right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](const model::Spec& a, const model::Spec& b) { return a.name == b.name; });
}

bool is_same_proof(const Proof& left, const Proof& right) {
  return left.level == right.level && left.missing == right.missing && left.test.needs == right.test.needs &&
         left.test.placement == right.test.placement && left.test.impact == right.test.impact &&
         has_same_names(left.specs, right.specs);
}

/// Joins `proof` to what the case proved in the release before, where that is the same; otherwise it follows that.
void add(std::vector<Proof>& proofs, Proof proof) {
  const auto before =
      std::find_if(proofs.rbegin(), proofs.rend(), [&](const Proof& other) { return other.test.id == proof.test.id; });
  if (before == proofs.rend()) {
    proofs.push_back(std::move(proof));
  } else if (is_same_proof(*before, proof)) {
    proof.releases.insert(proof.releases.begin(), before->releases.begin(), before->releases.end());
    *before = std::move(proof);
  } else {
    proofs.insert(before.base(), std::move(proof));
  }
}

/// Says how much the case proves in a release, given what it selects there.
void judge(Proof& proof, const std::string& unfit) {
  proof.level = proof.test.proves.value_or(Proves::none);
  proof.missing = proof.test.missing;
  if (proof.level == Proves::none || !proof.specs.empty()) {
    return;
  }
  proof.level = Proves::none;
  if (proof.test.suite != model::kE2eSuite) {
    proof.missing = "Its specs are of another suite, of which no names are known.";
  } else {
    proof.missing = unfit.empty() ? "Its patterns select no spec of that release." : "It's " + unfit + ".";
  }
}

/// The cases that bear on an item, as they are in one release.
std::vector<Proof> proofs_in(const std::vector<model::TestCase>& cases, const suite::SuiteInfo& release) {
  const auto version = model::Version::parse(release.version).value();
  const std::vector<Variant> variants = resolve_variants(cases, version);
  std::vector<suite::SpecFilter> filters;
  for (const Variant& variant : variants) {
    // Without a focus everything would be selected.
    const bool selects = variant.unfit.empty() && !variant.test.focus.empty() && variant.test.suite == model::kE2eSuite;
    filters.push_back(selects ? suite::SpecFilter{variant.test.focus, variant.test.skip}
                              : suite::SpecFilter{{"^$"}, {}});
  }
  suite::Selection selection = select(release.specs, filters, release.description);
  std::vector<Proof> proofs;
  for (std::size_t i = 0; i < variants.size(); ++i) {
    Proof& proof = proofs.emplace_back();
    proof.test = variants[i].test;
    proof.specs = std::move(selection[i]);
    proof.releases = {version.minor_text()};
    judge(proof, variants[i].unfit);
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
          best = std::min(best, proof.level);
          add(item.proofs, std::move(proof));
        }
      }
      item.levels.push_back(best);
    }
  }
  return result;
}

}  // namespace opready::plan
