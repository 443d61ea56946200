// SPDX-License-Identifier: Apache-2.0
// Asks for namespaces by the label that e2e.test gives them.
#include "opready/cluster/namespaces.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "opready/cluster/kubectl.hpp"

#include "json_text.hpp"

namespace opready::cluster {
namespace {

using Json = nlohmann::json;

}  // namespace

NamespacesAnswer namespaces_of(const std::vector<std::string>& e2e_runs, const Target& target,
                               const process::Capture& capture, std::chrono::milliseconds timeout) {
  NamespacesAnswer result;
  if (e2e_runs.empty()) {
    return result;
  }
  const std::string selector = fmt::format("{} in ({})", kE2eRunLabel, fmt::join(e2e_runs, ","));
  const process::Captured answer =
      capture({kubectl(target, {"get", "namespaces", "--selector", selector, "-o", "json"})}, timeout).front();
  const Json list = Json::parse(answer.out, nullptr, false);
  if (!answer.succeeded() || !list.is_object() || !list.contains("items")) {
    result.unknown = answer.succeeded() ? "kubectl printed no list of namespaces" : failure_text(answer);
    return result;
  }
  for (const Json& item : list.at("items")) {
    if (text_at(item, "/status/phase") == "Active") {
      result.namespaces.push_back({text_at(item, "/metadata/name"), label_of(item, kE2eRunLabel)});
    }
  }
  return result;
}

}  // namespace opready::cluster
