// SPDX-License-Identifier: Apache-2.0
// How the model's types are written in JSON: keys are the names of their fields.
#pragma once

#include <chrono>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "opready/base/timestamp.hpp"
#include "opready/model/event.hpp"

namespace opready::record {

/// The value that `parse` finds in a JSON text.
template <typename Value>
Value parsed(const nlohmann::json& json, std::optional<Value> (*parse)(std::string_view)) {
  const auto text = json.get<std::string>();
  if (const std::optional<Value> value = parse(text)) {
    return *value;
  }
  throw std::invalid_argument("unknown value '" + text + "'");
}

}  // namespace opready::record

// nlohmann-json finds converters of types that aren't ours only as specialisations of its own template.
template <typename Value>
struct nlohmann::adl_serializer<std::optional<Value>> {
  static void to_json(json& json, const std::optional<Value>& value) {
    json = value ? nlohmann::json(*value) : nlohmann::json();
  }
  static void from_json(const json& json, std::optional<Value>& value) {
    value = json.is_null() ? std::nullopt : std::optional<Value>(json.get<Value>());
  }
};

template <>
struct nlohmann::adl_serializer<std::chrono::milliseconds> {
  static void to_json(json& json, std::chrono::milliseconds value) { json = value.count(); }
  static void from_json(const json& json, std::chrono::milliseconds& value) {
    value = std::chrono::milliseconds(json.get<std::chrono::milliseconds::rep>());
  }
};

template <>
struct nlohmann::adl_serializer<opready::base::Timestamp> {
  static void to_json(json& json, opready::base::Timestamp value) { json = opready::base::rfc3339(value); }
  static void from_json(const json& json, opready::base::Timestamp& value) {
    value = opready::record::parsed(json, opready::base::parse_rfc3339);
  }
};

// Converters of our types are looked up in the namespace of those types.
namespace opready::model {

inline void to_json(nlohmann::json& json, SpecStatus value) {
  json = to_string(value);
}
inline void to_json(nlohmann::json& json, Outcome value) {
  json = to_string(value);
}
inline void to_json(nlohmann::json& json, NotRun value) {
  json = to_string(value);
}
inline void to_json(nlohmann::json& json, Proves value) {
  json = to_string(value);
}
inline void to_json(nlohmann::json& json, Placement value) {
  json = to_string(value);
}
inline void to_json(nlohmann::json& json, Impact value) {
  json = to_string(value);
}
inline void to_json(nlohmann::json& json, StopReason value) {
  json = to_string(value);
}
inline void to_json(nlohmann::json& json, const Version& value) {
  json = value.text();
}

inline void from_json(const nlohmann::json& json, SpecStatus& value) {
  value = record::parsed(json, parse_spec_status);
}
inline void from_json(const nlohmann::json& json, Outcome& value) {
  value = record::parsed(json, parse_outcome);
}
inline void from_json(const nlohmann::json& json, NotRun& value) {
  value = record::parsed(json, parse_not_run);
}
inline void from_json(const nlohmann::json& json, Proves& value) {
  value = record::parsed(json, parse_proves);
}
inline void from_json(const nlohmann::json& json, Placement& value) {
  value = record::parsed(json, parse_placement);
}
inline void from_json(const nlohmann::json& json, Impact& value) {
  value = record::parsed(json, parse_impact);
}
inline void from_json(const nlohmann::json& json, StopReason& value) {
  value = record::parsed(json, parse_stop_reason);
}
inline void from_json(const nlohmann::json& json, Version& value) {
  value = record::parsed(json, Version::parse);
}

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Spec, name, file, line, ordered)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(SourcePlace, file, line, column)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(TestCase, id, category, description, kep, proves, missing, focus, skip,
                                                expect, needs, images, placement, impact, timeout, serial, suite,
                                                kubernetes_versions, skip_providers, place)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(PlannedCase, test, specs, timeout, serial, not_run, not_run_detail,
                                                command, same_as, part)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(SuiteIdentity, name, path, version, description, build)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Plan, suites, notes, cases)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(NodeFacts, name, os, build)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(NodeKind, os, build, os_image, container_runtime, kubelet, nodes)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(ClusterFacts, context, server, uid, kubernetes_version,
                                                windows_nodes_ready, linux_nodes_ready, linux_nodes_open, nodes,
                                                windows_taints, node_kinds, cni)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(PodsOnNode, node, pods)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(WarningEvidence, reason, object, message)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(SpecPods, nodes, unscheduled, incomplete, warnings)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(SpecResult, spec, status, duration, message, failure, log_offset, pods)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(ChildExit, code, signal)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(CaseResult, outcome, reason, detail, exit, leaked, e2e_run, namespaces,
                                                specs)

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(ProcessIdentity, host, boot, pid_namespace, pid, start_ticks)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Shard, number, count)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(RunStarted, time, run_id, process, tool_version, cluster, plan, jobs,
                                                provider, labels, categories, whole_categories, evidence_lacks,
                                                placement, node_selector, shard, flaky_fails, arguments)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(RunResumed, time, process, tool_version, jobs, labels, flaky_fails)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(CaseStarted, time, id, attempt, slot, pid, pid_start, specs)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(E2eRunStarted, time, id, attempt, e2e_run)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(CaseFinished, time, id, attempt, duration, result)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(StopRequested, time, reason, signal, detail)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(RunFinished, time, duration, stopped_by)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(EvidenceLacks, time, why)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(NamespaceLeft, name, case_id)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(NamespacesLeft, time, namespaces)

}  // namespace opready::model
