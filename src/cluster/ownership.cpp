// SPDX-License-Identifier: Apache-2.0
// Writes and reads whose an object is.
#include "opready/cluster/ownership.hpp"

#include <charconv>

#include <fmt/format.h>

#include "opready/cluster/namespaces.hpp"

#include "json_text.hpp"
#include "ownership_json.hpp"

namespace opready::cluster {
namespace {

using Json = nlohmann::json;

constexpr const char* kHost = "op-readiness/owner-host";
constexpr const char* kBoot = "op-readiness/owner-boot";
constexpr const char* kPidNamespace = "op-readiness/owner-pid-namespace";
constexpr const char* kPid = "op-readiness/owner-pid";
constexpr const char* kStartTicks = "op-readiness/owner-start-ticks";
constexpr const char* kHeartbeat = "op-readiness/heartbeat";
constexpr const char* kE2eRuns = "op-readiness/e2e-runs";
constexpr const char* kNodes = "op-readiness/nodes";

std::string annotation_of(const Json& object, const char* key) {
  return text_at(object, Json::json_pointer() / "metadata" / "annotations" / key);
}

template <typename Number>
Number number(const std::string& text) {
  Number value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::vector<std::string> words(const std::string& text) {
  std::vector<std::string> result;
  for (std::size_t begin = text.find_first_not_of(' '); begin != std::string::npos;) {
    const std::size_t end = text.find(' ', begin);
    result.push_back(text.substr(begin, end - begin));
    begin = text.find_first_not_of(' ', end);
  }
  return result;
}

Json delete_options(const std::string& uid, const std::string& version) {
  Json preconditions = {{"uid", uid}};
  if (!version.empty()) {
    preconditions["resourceVersion"] = version;
  }
  return {{"apiVersion", "v1"}, {"kind", "DeleteOptions"}, {"preconditions", preconditions}};
}

}  // namespace

std::string describe(const Owner& owner) {
  return fmt::format("run {} (process {} on {})", owner.run, owner.process.pid, owner.process.host);
}

bool is_dead(const OwnerRecord& record, const Liveness& liveness) {
  switch (liveness.life_of(record.owner.process)) {
    case process::Life::alive:
      return false;
    case process::Life::ended:
      return true;
    case process::Life::unknown:
      break;
  }
  return liveness.now - record.heartbeat > kLongestSilence;
}

Json changing_annotations(const OwnerRecord& record) {
  return {{kHeartbeat, base::rfc3339(record.heartbeat)},
          {kE2eRuns, fmt::format("{}", fmt::join(record.e2e_runs, " "))},
          {kNodes, fmt::format("{}", fmt::join(record.nodes, " "))}};
}

Json owned_metadata(const std::string& name, const OwnerRecord& record) {
  const process::Identity& process = record.owner.process;
  Json annotations = changing_annotations(record);
  annotations[kHost] = process.host;
  annotations[kBoot] = process.boot;
  annotations[kPidNamespace] = process.pid_namespace;
  annotations[kPid] = std::to_string(process.pid);
  annotations[kStartTicks] = std::to_string(process.start_ticks);
  return {{"name", name},
          {"labels", {{kManagedByLabel, kManagedByValue}, {kRunLabel, record.owner.run}}},
          {"annotations", annotations}};
}

nlohmann::ordered_json owned_namespace(const std::string& name, const OwnerRecord& record) {
  nlohmann::ordered_json metadata = owned_metadata(name, record);
  metadata["labels"][kE2eRunLabel] = name;
  metadata["labels"]["pod-security.kubernetes.io/enforce"] = "privileged";
  return {{"apiVersion", "v1"}, {"kind", "Namespace"}, {"metadata", metadata}};
}

std::optional<OwnerRecord> read_record(const Json& object) {
  const auto annotation = [&](const char* key) { return annotation_of(object, key); };
  const auto heartbeat = base::parse_rfc3339(annotation(kHeartbeat));
  OwnerRecord record;
  record.owner.run = label_of(object, kRunLabel);
  if (label_of(object, kManagedByLabel) != kManagedByValue || record.owner.run.empty() || !heartbeat) {
    return std::nullopt;
  }
  record.owner.process = {annotation(kHost), annotation(kBoot), annotation(kPidNamespace),
                          number<std::int64_t>(annotation(kPid)), number<std::uint64_t>(annotation(kStartTicks))};
  record.heartbeat = *heartbeat;
  record.e2e_runs = words(annotation(kE2eRuns));
  record.nodes = words(annotation(kNodes));
  return record;
}

std::string deletion_of(const std::string& uid, const std::string& version) {
  return delete_options(uid, version).dump();
}

std::string trial_deletion_of(const std::string& uid, const std::string& version) {
  Json options = delete_options(uid, version);
  options["dryRun"] = Json::array({"All"});  // In the body: a query is ignored beside one.
  return options.dump();
}

}  // namespace opready::cluster
