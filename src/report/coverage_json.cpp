// SPDX-License-Identifier: Apache-2.0
// Draws the coverage for programs.
#include "opready/report/coverage.hpp"

#include "coverage_wording.hpp"
#include "json_parts.hpp"

namespace opready::report {
namespace {

constexpr int kVersion = 1;

Json to_json(const model::Proof& proof) {
  const model::TestCase& test = proof.test;
  Json specs = Json::array();
  for (const model::Spec& spec : proof.specs) {
    specs.push_back({{"name", spec.name}, {"file", text_or_null(spec.file)}, {"line", spec.line}});
  }
  return {{"id", test.id},
          {"releases", proof.releases},
          {"proves", model::to_string(proof.level)},
          {"missing", text_or_null(proof.missing)},
          {"description", test.description},
          {"needs", test.needs},
          {"placement", test.placement ? Json(model::to_string(*test.placement)) : Json()},
          {"impact", model::to_string(test.impact)},
          {"specs", std::move(specs)}};
}

Json to_json(const model::ItemCoverage& item, const model::Coverage& coverage) {
  Json levels = Json::object();
  for (std::size_t release = 0; release < item.levels.size(); ++release) {
    levels[coverage.releases[release]] = model::to_string(item.levels[release]);
  }
  Json cases = Json::array();
  for (const model::Proof& proof : item.proofs) {
    cases.push_back(to_json(proof));
  }
  return {{"id", item.item.id},
          {"category", model::category_of(item.item)},
          {"asks", item.item.statement},
          {"proves", model::to_string(item.levels.back())},
          {"releases", std::move(levels)},
          {"cases", std::move(cases)}};
}

}  // namespace

std::string coverage_json(const model::Coverage& coverage) {
  Json items = Json::array();
  for (const model::ItemCoverage& item : coverage.items) {
    items.push_back(to_json(item, coverage));
  }
  Json beyond = Json::object();
  for (const BeyondTheKep& statement : beyond_the_kep()) {
    beyond[std::string(statement.subject)] = statement.statement;
  }
  return document_text({{"version", kVersion},
                        {"releases", coverage.releases},
                        {"notes", coverage.notes},
                        {"items", std::move(items)},
                        {"beyond_the_kep", std::move(beyond)}});
}

}  // namespace opready::report
