// SPDX-License-Identifier: Apache-2.0
// Writes the rules of `--place` for a cluster's own policy engine.
#include "opready/cluster/admission_policy_text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "opready/cluster/namespaces.hpp"

#include "placement_spec.hpp"
#include "yaml_text.hpp"

namespace opready::cluster {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kName = "op-readiness-placement";

constexpr const char* kWhat =
    "# Written by `op-readiness generate admission-policy --for {}`.\n"
    "#\n"
    "# Sends pods of Kubernetes' e2e tests that leave it to the scheduler to Windows nodes, and lets pods that are "
    "bound\n"
    "# for Windows tolerate the taints of these nodes. It acts in every namespace with the label e2e-run, whoever's "
    "run of\n"
    "# e2e.test made it, as long as it's installed: with `kubectl delete -f` it's gone. Install it before a run "
    "starts, and\n"
    "# run cases without `--place` then. Cases that need pods on both operating systems are better run without it.\n";

constexpr const char* kNative =
    "#\n"
    "# Needs an API server that serves MutatingAdmissionPolicy as admissionregistration.k8s.io/v1: Kubernetes 1.36 or "
    "newer.\n";

constexpr const char* kKyverno =
    "#\n"
    "# For Kyverno 1.10 or newer, as long as it has ClusterPolicy, which its newer releases deprecate. No Kyverno was "
    "at\n"
    "# hand when this was written: it follows Kyverno's documentation and its sample policies, and was never run. What "
    "it\n"
    "# can't do: a pod that names a Windows node by its name gets no tolerations.\n";

constexpr const char* kGatekeeper =
    "#\n"
    "# For Gatekeeper 3.10 or newer with mutation switched on. No Gatekeeper was at hand when this was written: it "
    "follows\n"
    "# Gatekeeper's documentation, and was never run. What it can't do: a condition on another field than the one that "
    "is\n"
    "# changed. So a pod that chose a node by its name, by affinity or by its field os is sent to Windows as well, and "
    "can't\n"
    "# start if it chose Linux; a pod with any node selector keeps it as it is; and every pod of these namespaces gets "
    "the\n"
    "# tolerations. It acts when pods are changed, too: those that were made before it was installed can't be changed "
    "any\n"
    "# more. Where your Gatekeeper knows it (3.23), add `operations: [CREATE]` below each `applyTo`.\n";

Json e2e_namespaces() {
  const Json exists = {{"key", kE2eRunLabel}, {"operator", "Exists"}};
  return {{"matchExpressions", Json::array({exists})}};
}

Json toleration_of(const Taint& taint) {
  Json toleration = {{"key", taint.key}, {"operator", "Equal"}};
  if (!taint.value.empty()) {  // An empty one isn't stored, and would be taken for another toleration each time.
    toleration["value"] = taint.value;
  }
  if (!taint.effect.empty()) {
    toleration["effect"] = taint.effect;
  }
  return toleration;
}

NodeSelector wanted_labels(const PolicyTextOptions& options) {
  NodeSelector labels = options.node_selector;
  labels.insert_or_assign("kubernetes.io/os", "windows");
  return labels;
}

std::string documents(const std::vector<Json>& objects) {
  std::string text;
  for (const Json& object : objects) {
    text += "---\n" + yaml_text(object);
  }
  return text;
}

std::string native(const PolicyTextOptions& options) {
  const std::string version = "admissionregistration.k8s.io/v1";
  const PlacementRules rules = {.node_selector = options.node_selector, .tolerated = options.tolerated};
  return documents({{{"apiVersion", version},
                     {"kind", "MutatingAdmissionPolicy"},
                     {"metadata", {{"name", kName}}},
                     {"spec", placement_spec(rules, e2e_namespaces(), "")}},
                    {{"apiVersion", version},
                     {"kind", "MutatingAdmissionPolicyBinding"},
                     {"metadata", {{"name", kName}}},
                     {"spec", {{"policyName", kName}}}}});
}

Json condition(const std::string& key, const char* comparison, const Json& value) {
  return {{"key", key}, {"operator", comparison}, {"value", value}};
}

/// "{{ request.object.spec.PATH || DEFAULT }}"
std::string of_pod(const std::string& path, const char* otherwise) {
  return fmt::format("{{{{ request.object.spec.{} || {} }}}}", path, otherwise);
}

constexpr const char* kTerms = "affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms";

Json kyverno_rule(const std::string& name, const Json& preconditions, const Json& mutation) {
  const Json resources = {{"kinds", Json::array({"Pod"})},
                          {"operations", Json::array({"CREATE"})},
                          {"namespaceSelector", e2e_namespaces()}};
  return {{"name", name},
          {"match", {{"any", Json::array({{{"resources", resources}}})}}},
          {"preconditions", preconditions},
          {"mutate", mutation}};
}

Json kyverno_placement(const PolicyTextOptions& options) {
  Json labels = Json::object();
  for (const auto& [key, value] : wanted_labels(options)) {
    labels[fmt::format("+({})", key)] = value;  // Added where the pod has none of that name.
  }
  const Json undecided =
      Json::array({condition(of_pod("nodeName", "''"), "Equals", ""), condition(of_pod("os.name", "''"), "Equals", ""),
                   condition(of_pod("nodeSelector.\"kubernetes.io/os\"", "''"), "Equals", ""),
                   condition(of_pod("nodeSelector.\"kubernetes.io/hostname\"", "''"), "Equals", ""),
                   condition(fmt::format("{{{{ length(request.object.spec.{} || `[]`) }}}}", kTerms), "Equals", 0)});
  return kyverno_rule("to-windows", {{"all", undecided}},
                      {{"patchStrategicMerge", {{"spec", {{"nodeSelector", labels}}}}}});
}

Json kyverno_toleration(const Taint& taint, std::size_t number) {
  const auto of_affinity = [](const char* comparison) {
    return of_pod(fmt::format("{}[].matchExpressions[] | [?key=='kubernetes.io/os' && operator=='{}'].values[]", kTerms,
                              comparison),
                  "`[]`");
  };
  const Json bound = Json::array({condition(of_pod("nodeSelector.\"kubernetes.io/os\"", "''"), "Equals", "windows"),
                                  condition(of_pod("os.name", "''"), "Equals", "windows"),
                                  condition(of_affinity("In"), "AnyIn", Json::array({"windows"})),
                                  condition(of_affinity("NotIn"), "AnyIn", Json::array({"linux"}))});
  const std::string tolerating = fmt::format(
      "{{{{ length(request.object.spec.tolerations[?(!key || key=='{}') && (operator=='Exists' || (value || '')=='{}') "
      "&& "
      "(!effect || effect=='{}')] || `[]`) }}}}",
      taint.key, taint.value, taint.effect);
  const Json missing = Json::array({condition(tolerating, "Equals", 0)});
  const Json patch = {{"op", "add"}, {"path", "/spec/tolerations/-"}, {"value", toleration_of(taint)}};
  return kyverno_rule(fmt::format("tolerate-{}", number), {{"any", bound}, {"all", missing}},
                      {{"patchesJson6902", yaml_text(Json::array({patch}))}});
}

std::string kyverno(const PolicyTextOptions& options) {
  Json rules = Json::array({kyverno_placement(options)});
  for (std::size_t i = 0; i < options.tolerated.size(); ++i) {
    rules.push_back(kyverno_toleration(options.tolerated[i], i + 1));
  }
  // Kyverno would write such rules for Deployments and the like, too, whose pods come by here anyway.
  const Json annotations = {{"pod-policies.kyverno.io/autogen-controllers", "none"}};
  return documents({{{"apiVersion", "kyverno.io/v1"},
                     {"kind", "ClusterPolicy"},
                     {"metadata", {{"name", kName}, {"annotations", annotations}}},
                     {"spec", {{"background", false}, {"failurePolicy", "Ignore"}, {"rules", rules}}}}});
}

Json gatekeeper_mutator(const char* kind, const std::string& name, const std::string& location,
                        const Json& parameters) {
  const Json pods = {{"groups", Json::array({""})}, {"versions", Json::array({"v1"})}, {"kinds", Json::array({"Pod"})}};
  const Json kinds = {{"apiGroups", Json::array({""})}, {"kinds", Json::array({"Pod"})}};
  return {
      {"apiVersion", "mutations.gatekeeper.sh/v1"},
      {"kind", kind},
      {"metadata", {{"name", name}}},
      {"spec",
       {{"applyTo", Json::array({pods})},
        {"match", {{"scope", "Namespaced"}, {"kinds", Json::array({kinds})}, {"namespaceSelector", e2e_namespaces()}}},
        {"location", location},
        {"parameters", parameters}}}};
}

std::string gatekeeper(const PolicyTextOptions& options) {
  Json labels = Json::object();
  for (const auto& [key, value] : wanted_labels(options)) {
    labels[key] = value;
  }
  const Json absent = {{"subPath", "spec.nodeSelector"}, {"condition", "MustNotExist"}};
  std::vector<Json> mutators = {gatekeeper_mutator(
      "Assign", kName, "spec.nodeSelector", {{"assign", {{"value", labels}}}, {"pathTests", Json::array({absent})}})};
  Json tolerations = Json::array();
  for (const Taint& taint : options.tolerated) {
    tolerations.push_back(toleration_of(taint));
  }
  if (!tolerations.empty()) {
    mutators.push_back(gatekeeper_mutator("ModifySet", fmt::format("{}-tolerations", kName), "spec.tolerations",
                                          {{"operation", "merge"}, {"values", {{"fromList", tolerations}}}}));
  }
  return documents(mutators);
}

}  // namespace

std::string admission_policy_text(PolicyForm form, const PolicyTextOptions& options) {
  switch (form) {
    case PolicyForm::native:
      return fmt::format(kWhat, "native") + kNative + native(options);
    case PolicyForm::kyverno:
      return fmt::format(kWhat, "kyverno") + kKyverno + kyverno(options);
    case PolicyForm::gatekeeper:
      return fmt::format(kWhat, "gatekeeper") + kGatekeeper + gatekeeper(options);
  }
  return "";
}

}  // namespace opready::cluster
