// SPDX-License-Identifier: Apache-2.0
// Asks for namespaces by the label that e2e.test gives them.
#include "opready/cluster/namespaces.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "opready/base/log.hpp"
#include "opready/base/sanitize.hpp"
#include "opready/cluster/kubectl.hpp"

namespace opready::cluster {
namespace {

using Json = nlohmann::json;

constexpr const char* kRunLabel = "e2e-run";

}  // namespace

std::vector<RunNamespace> namespaces_of(const std::vector<std::string>& e2e_runs, const Target& target,
                                        const process::Capture& capture, std::chrono::milliseconds timeout) {
  std::vector<RunNamespace> namespaces;
  if (e2e_runs.empty()) {
    return namespaces;
  }
  const std::string selector = fmt::format("{} in ({})", kRunLabel, fmt::join(e2e_runs, ","));
  const process::Captured answer =
      capture({kubectl(target, {"get", "namespaces", "--selector", selector, "-o", "json"})}, timeout).front();
  const Json list = Json::parse(answer.out, nullptr, false);
  if (!answer.succeeded() || !list.is_object()) {
    base::log_warning("cannot ask for namespaces that were left: " + failure_text(answer));
    return namespaces;
  }
  for (const Json& item : list.value("items", Json::array())) {
    if (item.at("status").value("phase", "") == "Active") {
      const Json& metadata = item.at("metadata");
      namespaces.push_back(
          {base::sanitized(metadata.value("name", "")), base::sanitized(metadata.at("labels").value(kRunLabel, ""))});
    }
  }
  return namespaces;
}

}  // namespace opready::cluster
