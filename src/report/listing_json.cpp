// SPDX-License-Identifier: Apache-2.0
// Draws the listing of a plan for programs.
#include "opready/report/listing_json.hpp"

#include <chrono>

#include "opready/base/redact.hpp"
#include "opready/report/plan_findings.hpp"

#include "json_parts.hpp"

namespace opready::report {
namespace {

template <class Enum>
Json name_or_null(const std::optional<Enum>& value) {
  return value ? Json(std::string(model::to_string(*value))) : Json(nullptr);
}

/// Filled key by key: thousands of them make an initialiser list's copies felt.
Json to_json(const model::Spec& spec) {
  Json out = Json::object();
  out.emplace("name", spec.name);
  out.emplace("file", text_or_null(spec.file));
  out.emplace("line", spec.file.empty() ? Json(nullptr) : Json(spec.line));
  return out;
}

Json not_run_json(const model::PlannedCase& planned) {
  if (!planned.not_run) {
    return nullptr;
  }
  return {{"reason", std::string(model::to_string(*planned.not_run))}, {"detail", planned.not_run_detail}};
}

Json versions_json(const std::vector<model::Version>& versions) {
  Json out = Json::array();
  for (const model::Version& version : versions) {
    out.push_back(version.text());
  }
  return out;
}

Json to_json(const model::PlannedCase& planned) {
  const model::TestCase& test = planned.test;
  Json specs = Json::array();
  for (const model::Spec& spec : planned.specs) {
    specs.push_back(to_json(spec));
  }
  return {{"id", test.id},
          {"category", test.category},
          {"description", test.description},
          {"kep", text_or_null(test.kep)},
          {"proves", name_or_null(test.proves)},
          {"missing", text_or_null(test.missing)},
          {"needs", test.needs},
          {"images", test.images},
          {"placement", name_or_null(test.placement)},
          {"impact", std::string(model::to_string(test.impact))},
          {"serial", planned.serial},
          {"timeout_seconds", std::chrono::duration<double>(planned.timeout).count()},
          {"suite", test.suite},
          {"kubernetes_versions", versions_json(test.kubernetes_versions)},
          {"skip_providers", test.skip_providers},
          {"focus", test.focus},
          {"skip", test.skip},
          {"expect", or_null(test.expect)},
          {"not_run", not_run_json(planned)},
          {"same_as", text_or_null(planned.same_as)},
          {"command", base::redacted_command(planned.command)},
          {"specs", std::move(specs)}};
}

Json cluster_json(const model::ClusterFacts& cluster) {
  if (cluster.server.empty()) {
    return nullptr;
  }
  return {{"context", text_or_null(cluster.context)},
          {"server", cluster.server},
          {"kubernetes_version", text_or_null(cluster.kubernetes_version)},
          {"windows_nodes_ready", or_null(cluster.windows_nodes_ready)},
          {"linux_nodes_ready", or_null(cluster.linux_nodes_ready)}};
}

Json totals_json(const model::Plan& plan) {
  const PlanTotals totals = totals_of(plan);
  return {{"categories", totals.categories}, {"cases", totals.cases},
          {"to_run", totals.to_run},         {"specs_to_run", totals.specs_to_run},
          {"credited", totals.credited},     {"in_other_shards", totals.in_other_shards},
          {"not_run", totals.not_run},       {"select_nothing", totals.select_nothing},
          {"unexpected", totals.unexpected}};
}

}  // namespace

std::string listing_json(const model::Plan& plan, const model::ClusterFacts& cluster) {
  Json cases = Json::array();
  for (const model::PlannedCase& planned : plan.cases) {
    cases.push_back(to_json(planned));
  }
  const Json document = {{"cluster", cluster_json(cluster)},
                         {"suites", suites_json(plan)},
                         {"notes", plan.notes},
                         {"totals", totals_json(plan)},
                         {"cases", std::move(cases)}};
  return document_text(document);
}

}  // namespace opready::report
