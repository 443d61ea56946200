// SPDX-License-Identifier: Apache-2.0
// Manifests of a run's policy, its binding and its probe namespace.
#include "opready/cluster/placement_policy.hpp"

#include <cstdlib>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "opready/cluster/namespaces.hpp"

#include "json_text.hpp"
#include "ownership_json.hpp"
#include "placement_spec.hpp"

namespace opready::cluster {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kApiVersion = "admissionregistration.k8s.io/v1";

Json spec_of(const std::string& run, const PlacementRules& rules, const PolicyScope& scope) {
  // The run's own namespace comes first: a list of values may not be empty.
  Json values = Json::array({placement_name(run)});
  for (const std::string& e2e_run : scope.e2e_runs) {
    values.push_back(e2e_run);
  }
  const Json ours = {{"key", kE2eRunLabel}, {"operator", "In"}, {"values", values}};
  const Json selector = {{"matchExpressions", Json::array({ours})}};
  const std::string mark_probe = fmt::format(
      "(object.metadata.?annotations[?'{0}'].hasValue()\n"
      " ? [JSONPatch{{op: 'replace', path: '/metadata/annotations/' + jsonpatch.escapeKey('{0}'), value: '{1}'}}] : "
      "[])",
      kProbeAnnotation, scope.generation);
  return placement_spec(rules, selector, mark_probe);
}

}  // namespace

std::string placement_name(const std::string& run) {
  return "op-readiness-" + run;
}

std::string policy_manifest(const OwnerRecord& record, const PlacementRules& rules, const PolicyScope& scope) {
  return Json{{"apiVersion", kApiVersion},
              {"kind", "MutatingAdmissionPolicy"},
              {"metadata", owned_metadata(placement_name(record.owner.run), record)},
              {"spec", spec_of(record.owner.run, rules, scope)}}
      .dump();
}

std::string policy_patch(const std::string& run, const PlacementRules& rules, const PolicyScope& scope) {
  return Json{{"spec", spec_of(run, rules, scope)}}.dump();
}

std::string binding_manifest(const OwnerRecord& record) {
  const std::string name = placement_name(record.owner.run);
  return Json{{"apiVersion", kApiVersion},
              {"kind", "MutatingAdmissionPolicyBinding"},
              {"metadata", owned_metadata(name, record)},
              {"spec", {{"policyName", name}}}}
      .dump();
}

std::string probe_namespace_manifest(const OwnerRecord& record) {
  return owned_namespace(placement_name(record.owner.run), record).dump();
}

std::string record_patch(const OwnerRecord& record) {
  return Json{{"metadata", {{"annotations", changing_annotations(record)}}}}.dump();
}

std::string probe_pod_manifest() {
  const Json container = {{"name", "probe"}, {"image", "registry.k8s.io/pause:3.10"}};
  return Json{{"apiVersion", "v1"},
              {"kind", "Pod"},
              {"metadata", {{"name", "probe"}, {"annotations", {{kProbeAnnotation, ""}}}}},
              {"spec", {{"containers", Json::array({container})}}}}
      .dump();
}

ProbeAnswer read_probe(std::string_view pod) {
  const nlohmann::json json = nlohmann::json::parse(pod, nullptr, false);
  const std::string generation = text_at(json, "/metadata/annotations/op-readiness~1probe");
  return {std::strtoull(generation.c_str(), nullptr, 10),
          text_at(json, "/spec/nodeSelector/kubernetes.io~1os") == "windows"};
}

}  // namespace opready::cluster
