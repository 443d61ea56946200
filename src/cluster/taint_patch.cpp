// SPDX-License-Identifier: Apache-2.0
// Makes patches of nodes' taints.
#include "taint_patch.hpp"

#include "opready/cluster/taint_placer.hpp"

#include "json_text.hpp"

namespace opready::cluster {
namespace {

using Json = nlohmann::json;

Json taints_of(const Json& node) {
  const Json::json_pointer taints("/spec/taints");
  return node.contains(taints) && node.at(taints).is_array() ? node.at(taints) : Json::array();
}

std::string patch(const Json& node, const Json& taints) {
  return Json{{"metadata", {{"resourceVersion", text_at(node, "/metadata/resourceVersion")}}},
              {"spec", {{"taints", taints}}}}
      .dump();
}

}  // namespace

std::optional<std::string> tainting_patch(const Json& node, const std::string& run) {
  Json taints = taints_of(node);
  if (!placement_taint_values(node).empty() || label_of(node, "kubernetes.io/os") != "linux") {
    return std::nullopt;
  }
  taints.push_back({{"key", kPlacementTaint}, {"value", run}, {"effect", "NoSchedule"}});
  return patch(node, taints);
}

std::optional<std::string> untainting_patch(const Json& node, const std::string& run) {
  const Json before = taints_of(node);
  Json after = Json::array();
  for (const Json& taint : before) {
    if (text_at(taint, "/key") != kPlacementTaint || text_at(taint, "/value") != run ||
        text_at(taint, "/effect") != "NoSchedule") {
      after.push_back(taint);
    }
  }
  return after.size() == before.size() ? std::nullopt : std::optional(patch(node, after));
}

std::vector<std::string> placement_taint_values(const Json& node) {
  std::vector<std::string> values;
  for (const Json& taint : taints_of(node)) {
    if (text_at(taint, "/key") == kPlacementTaint) {
      values.push_back(text_at(taint, "/value"));
    }
  }
  return values;
}

}  // namespace opready::cluster
