// SPDX-License-Identifier: Apache-2.0
// Asks what placement depends on.
#include "opready/cluster/placement_survey.hpp"

#include <chrono>
#include <optional>
#include <set>
#include <sstream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "opready/base/sanitize.hpp"
#include "opready/cluster/kubectl.hpp"
#include "opready/cluster/namespaces.hpp"

#include "json_text.hpp"

namespace opready::cluster {
namespace {

using Json = nlohmann::json;

constexpr std::chrono::seconds kTimeout{15};

bool serves_policies(const std::string& resources) {
  const Json list = Json::parse(resources, nullptr, false);
  if (!list.is_object() || !list.contains("resources")) {
    return false;
  }
  bool served = false;
  for (const Json& resource : list.at("resources")) {
    served = served || text_at(resource, "/name") == "mutatingadmissionpolicies";
  }
  return served;
}

std::vector<std::vector<std::string>> rows_of(const std::string& table) {
  std::vector<std::vector<std::string>> rows;
  std::istringstream lines(table);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::vector<std::string>& row = rows.emplace_back();
    for (std::string word; words >> word;) {
      row.push_back(base::sanitized(word));
    }
  }
  return rows;
}

/// The columns of `get pods -A -o wide` are NAMESPACE NAME ... IP NODE NOMINATED READINESS; the one in the middle that
/// counts restarts may hold spaces.
std::optional<std::string> node_of(const std::vector<std::string>& row) {
  constexpr std::size_t kColumns = 10;
  return row.size() < kColumns ? std::nullopt : std::optional(row[row.size() - 3]);
}

}  // namespace

PlacementSurvey survey_placement(const Target& target, const process::Capture& capture) {
  const std::vector<process::Captured> answers =
      capture({kubectl(target, {"get", "--raw", "/apis/admissionregistration.k8s.io/v1"}),
               kubectl(target, {"get", "leases", "--namespace", "kube-system", "--selector",
                                "apiserver.kubernetes.io/identity=kube-apiserver", "-o", "name"})},
              kTimeout);
  PlacementSurvey survey;
  survey.unknown = answers.at(0).succeeded() ? "" : failure_text(answers.at(0));
  survey.serves_policies = serves_policies(answers.at(0).out);
  survey.api_servers = answers.at(1).succeeded() ? static_cast<int>(rows_of(answers.at(1).out).size()) : 0;
  return survey;
}

std::string no_policies_text(const std::string& server_version) {
  return fmt::format(
      "the API server{} doesn't serve MutatingAdmissionPolicy (admissionregistration.k8s.io/v1: Kubernetes 1.36 or "
      "newer), by which --place sends pods to Windows nodes. Other ways: install what `op-readiness generate "
      "admission-policy --for kyverno|gatekeeper` prints and run without --place, or `--place=taint`, which keeps pods "
      "off all Linux nodes while the run lasts",
      server_version.empty() ? "" : " (" + server_version + ")");
}

TaintSurvey survey_taint_mode(const Target& target, const std::vector<Node>& nodes, const process::Capture& capture) {
  const std::vector<process::Captured> answers =
      capture({kubectl(target, {"get", "pods", "--all-namespaces", "-o", "wide", "--no-headers", "--field-selector",
                                "status.phase!=Succeeded,status.phase!=Failed"}),
               kubectl(target, {"get", "namespaces", "--selector", kE2eRunLabel, "--no-headers"})},
              kTimeout);
  TaintSurvey survey;
  for (const process::Captured& answer : answers) {
    if (!answer.succeeded()) {
      survey.unknown = failure_text(answer);
      return survey;
    }
  }
  std::set<std::string> spared = {"kube-system"};
  for (const std::vector<std::string>& row : rows_of(answers.at(1).out)) {
    spared.insert(row.empty() ? "" : row.front());
  }
  std::set<std::string> linux_nodes;
  for (const Node& node : nodes) {
    if (node.os == "linux") {
      linux_nodes.insert(node.name);
    }
  }
  for (const std::vector<std::string>& row : rows_of(answers.at(0).out)) {
    const std::optional<std::string> node = node_of(row);
    if (node && linux_nodes.contains(*node) && !spared.contains(row.front())) {
      survey.endangered.push_back(fmt::format("{}/{} on {}", row[0], row[1], *node));
    }
  }
  return survey;
}

}  // namespace opready::cluster
