// SPDX-License-Identifier: Apache-2.0
// Rules for pods as CEL expressions that yield JSON patches.
#include "placement_spec.hpp"

#include <fmt/format.h>

namespace opready::cluster {
namespace {

using Json = nlohmann::ordered_json;

// ApplyConfiguration is no way: it may not touch spec.nodeSelector, an atomic map.
constexpr const char* kTerms =
    "object.spec.?affinity.?nodeAffinity.?requiredDuringSchedulingIgnoredDuringExecution.?nodeSelectorTerms.orValue([]"
    ")";

constexpr const char* kChose =
    "has(object.spec.nodeName) || has(object.spec.os) || 'kubernetes.io/os' in variables.selector\n"
    "|| 'kubernetes.io/hostname' in variables.selector || size(variables.terms) > 0";

constexpr const char* kPinnedToWindows =
    "object.spec.?os.?name.orValue('') == 'windows'\n"
    "|| variables.selector[?'kubernetes.io/os'].orValue('') == 'windows'\n"
    "|| variables.selector[?'kubernetes.io/hostname'].orValue('') in variables.windowsNodes\n"
    "|| object.spec.?nodeName.orValue('') in variables.windowsNodes\n"
    "|| variables.terms.exists(t,\n"
    "     t.?matchExpressions.orValue([]).exists(e,\n"
    "       e.key == 'kubernetes.io/os' && (e.operator == 'In' && 'windows' in e.values\n"
    "                                       || e.operator == 'NotIn' && 'linux' in e.values)\n"
    "       || e.key == 'kubernetes.io/hostname' && e.operator == 'In'\n"
    "          && e.values.exists(v, v in variables.windowsNodes))\n"
    "     || t.?matchFields.orValue([]).exists(f,\n"
    "          f.operator == 'In' && f.values.exists(v, v in variables.windowsNodes)))";

constexpr const char* kMissing =
    ".filter(t, !object.spec.?tolerations.orValue([]).exists(p,\n"
    "  (p.?key.orValue('') == '' || p.key == t.key)\n"
    "  && (p.?operator.orValue('Equal') == 'Exists' || p.?value.orValue('') == t.value)\n"
    "  && p.?effect.orValue('') in ['', t.effect]))";

/// A pod's map of selectors is added whole where there is none, otherwise key by key.
constexpr const char* kPlace =
    "(variables.chose ? []\n"
    " : has(object.spec.nodeSelector)\n"
    " ? variables.wanted.filter(k, !(k in variables.selector)).map(k,\n"
    "     JSONPatch{{op: 'add', path: '/spec/nodeSelector/' + jsonpatch.escapeKey(k), value: variables.wanted[k]}})\n"
    " : [JSONPatch{{op: 'add', path: '/spec/nodeSelector', value: variables.wanted}}])";

constexpr const char* kTolerate =
    "({} || size(variables.missing) == 0 ? []\n"
    " : has(object.spec.tolerations)\n"
    " ? variables.missing.map(t, JSONPatch{{op: 'add', path: '/spec/tolerations/-', value: t}})\n"
    " : [JSONPatch{{op: 'add', path: '/spec/tolerations', value: variables.missing}}])";

std::string list_of(const std::vector<std::string>& names) {
  std::vector<std::string> literals;
  literals.reserve(names.size());
  for (const std::string& name : names) {
    literals.push_back(cel_string(name));
  }
  return fmt::format("[{}]", fmt::join(literals, ", "));
}

std::string wanted_labels(const NodeSelector& selector) {
  std::string map = "{'kubernetes.io/os': 'windows'";
  for (const auto& [key, value] : selector) {
    map += fmt::format(", {}: {}", cel_string(key), cel_string(value));
  }
  return map + "}";
}

std::string tolerations(const std::vector<Taint>& taints) {
  std::vector<std::string> maps;
  maps.reserve(taints.size());
  for (const Taint& taint : taints) {
    maps.push_back(fmt::format("{{'key': {}, 'operator': 'Equal', 'value': {}, 'effect': {}}}", cel_string(taint.key),
                               cel_string(taint.value), cel_string(taint.effect)));
  }
  return fmt::format("[{}]", fmt::join(maps, ",\n "));
}

Json variables(const PlacementRules& rules) {
  Json result = Json::array();
  const auto add = [&](const char* name, const std::string& expression) {
    result.push_back({{"name", name}, {"expression", expression}});
  };
  add("terms", kTerms);
  add("selector", "object.spec.?nodeSelector.orValue({})");
  add("chose", kChose);
  if (rules.to_windows) {
    add("wanted", wanted_labels(rules.node_selector));
  }
  if (!rules.tolerated.empty()) {
    add("windowsNodes", list_of(rules.windows_nodes));
    add("pinnedToWindows", kPinnedToWindows);
    add("missing", tolerations(rules.tolerated) + kMissing);
  }
  return result;
}

std::string patches(const PlacementRules& rules, const std::string& probe) {
  std::vector<std::string> lists;
  if (rules.to_windows) {
    lists.push_back(fmt::format(kPlace));
  }
  if (!rules.tolerated.empty()) {
    lists.push_back(fmt::format(
        kTolerate, rules.to_windows ? "variables.chose && !variables.pinnedToWindows" : "!variables.pinnedToWindows"));
  }
  if (!probe.empty()) {
    lists.push_back(probe);
  }
  return fmt::format("{}", fmt::join(lists, "\n+ "));
}

}  // namespace

std::string cel_string(const std::string& text) {
  std::string literal = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') {
      literal += '\\';
    }
    literal += c;
  }
  return literal + "'";
}

Json placement_spec(const PlacementRules& rules, const Json& namespace_selector, const std::string& probe) {
  const Json rule = {{"apiGroups", Json::array({""})},
                     {"apiVersions", Json::array({"v1"})},
                     {"operations", Json::array({"CREATE"})},
                     {"resources", Json::array({"pods"})}};
  const Json mutation = {{"patchType", "JSONPatch"}, {"jsonPatch", {{"expression", patches(rules, probe)}}}};
  return {{"failurePolicy", "Ignore"},
          {"reinvocationPolicy", "Never"},
          {"matchConstraints", {{"namespaceSelector", namespace_selector}, {"resourceRules", Json::array({rule})}}},
          {"variables", variables(rules)},
          {"mutations", Json::array({mutation})}};
}

}  // namespace opready::cluster
