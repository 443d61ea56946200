// SPDX-License-Identifier: Apache-2.0
// Lays a run's record out as the objects of summary.json.
#include "opready/report/summary_json.hpp"

#include <fmt/format.h>

#include "opready/base/redact.hpp"
#include "opready/base/timestamp.hpp"
#include "opready/model/attempts.hpp"
#include "opready/model/verdict.hpp"
#include "opready/report/log_path.hpp"
#include "opready/report/wording.hpp"

#include "json_parts.hpp"

namespace opready::report {
namespace {

constexpr int kVersion = 1;

double seconds(std::chrono::milliseconds duration) {
  return static_cast<double>(duration.count()) / 1000;
}

Json counts_json(const model::Counts& counts) {
  return {{"total", counts.total},
          {"passed", counts.passed},
          {"failed", counts.failed},
          {"unproven", counts.unproven},
          {"could_not_test", counts.could_not_test},
          {"skipped", counts.skipped},
          {"not_run", counts.not_run},
          {"flaky", counts.flaky}};
}

Json cluster_json(const model::ClusterFacts& cluster) {
  return {{"context", text_or_null(cluster.context)},
          {"server", text_or_null(base::redacted(cluster.server))},
          {"kubernetes_version", text_or_null(cluster.kubernetes_version)},
          {"windows_nodes_ready", or_null(cluster.windows_nodes_ready)},
          {"linux_nodes_ready", or_null(cluster.linux_nodes_ready)}};
}

Json verdict_json(const model::Verdict& verdict) {
  return {{"readiness", to_string(verdict.readiness)},
          {"sentence", model::sentence(verdict)},
          {"whole_core", verdict.whole_core},
          {"scope", text_or_null(verdict.scope)},
          {"reasons", verdict.reasons},
          {"counts", counts_json(verdict.counts)}};
}

Json category_json(const model::CategoryVerdict& category) {
  return {{"name", category.category},   {"readiness", to_string(category.readiness)},
          {"gates", category.gates},     {"counts", counts_json(category.counts)},
          {"reasons", category.reasons}, {"duration_seconds", seconds(category.duration)}};
}

Json pods_json(const model::SpecPods& pods) {
  Json nodes = Json::array();
  for (const model::PodsOnNode& place : pods.nodes) {
    nodes.push_back({{"name", place.node.name},
                     {"os", text_or_null(place.node.os)},
                     {"build", text_or_null(place.node.build)},
                     {"pods", place.pods}});
  }
  Json warnings = Json::array();
  for (const model::WarningEvidence& warning : pods.warnings) {
    warnings.push_back({{"reason", warning.reason}, {"object", warning.object}, {"message", warning.message}});
  }
  return {{"nodes", std::move(nodes)},
          {"unscheduled", pods.unscheduled},
          {"incomplete", pods.incomplete},
          {"warnings", std::move(warnings)}};
}

Json spec_json(const model::SpecResult& spec) {
  return {{"name", spec.spec.name},
          {"file", text_or_null(spec.spec.file)},
          {"line", spec.spec.line > 0 ? Json(spec.spec.line) : Json()},
          {"status", to_string(spec.status)},
          {"message", text_or_null(spec.message)},
          {"failure", text_or_null(spec.failure)},
          {"log_offset", or_null(spec.log_offset)},
          {"duration_seconds", seconds(spec.duration)},
          {"pods", spec.pods ? pods_json(*spec.pods) : Json()}};
}

/// `own`: it isn't another case's.
Json attempt_json(const model::AttemptRecord& attempt, bool own) {
  const model::CaseResult result = model::result_of(attempt);
  Json specs = Json::array();
  for (const model::SpecResult& spec : result.specs) {
    specs.push_back(spec_json(spec));
  }
  return {{"attempt", attempt.started.attempt},
          {"part", !attempt.started.specs.empty()},
          {"started", base::rfc3339(attempt.started.time)},
          {"outcome", to_string(result.outcome)},
          {"reason", text_or_null(result.reason)},
          {"detail", text_or_null(result.detail)},
          {"exit_code", or_null(result.exit.code)},
          {"signal", result.exit.signal ? Json(signal_name(*result.exit.signal)) : Json()},
          {"left_processes_behind", result.leaked},
          {"duration_seconds", own && attempt.finished ? Json(seconds(attempt.finished->duration)) : Json()},
          {"log", log_path(attempt)},
          {"specs", std::move(specs)}};
}

Json case_json(const model::RunRecord& run, const model::CaseRecord& record) {
  const model::PlannedCase& planned = record.planned;
  const model::CaseResult result = model::result_of(record);
  Json attempts = Json::array();
  for (const model::AttemptRecord& attempt : record.attempts) {
    attempts.push_back(attempt_json(attempt, attempt.started.id == planned.test.id));
  }
  return {{"id", planned.test.id},
          {"category", planned.test.category},
          {"description", planned.test.description},
          {"kep", text_or_null(planned.test.kep)},
          {"proves", planned.test.proves ? Json(to_string(*planned.test.proves)) : Json()},
          {"missing", text_or_null(planned.test.missing)},
          {"placement", planned.test.placement ? Json(to_string(*planned.test.placement)) : Json()},
          {"outcome", to_string(result.outcome)},
          {"reason", text_or_null(reason_text(run, record, result))},
          {"flaky", model::is_flaky(record)},
          {"flaky_specs", model::flaky_specs(record)},
          {"ran_as", text_or_null(ran_as(record))},
          {"not_run", planned.not_run ? Json(to_string(*planned.not_run)) : Json()},
          {"specs_selected", planned.specs.size()},
          {"duration_seconds", seconds(model::duration_of(record))},
          {"attempts", std::move(attempts)}};
}

Json stopped_by_json(const model::RunRecord& record) {
  if (record.stop && record.stop->reason == model::StopReason::signal) {
    return signal_name(record.stop->signal);
  }
  return record.finished && record.finished->stopped_by ? Json(signal_name(*record.finished->stopped_by)) : Json();
}

Json stopped_json(const model::StopRequested& stop) {
  return {{"reason", to_string(stop.reason)}, {"text", stop_text(stop)}, {"time", base::rfc3339(stop.time)}};
}

Json resumed_json(const model::RunRecord& record) {
  Json times = Json::array();
  for (const model::RunResumed& resumed : record.resumed) {
    times.push_back(base::rfc3339(resumed.time));
  }
  return times;
}

Json shard_json(const model::Shard& shard) {
  return {{"number", shard.number}, {"count", shard.count}};
}

Json labels_json(const model::RunStarted& started) {
  Json labels = Json::object();
  for (const auto& [name, value] : started.labels) {
    labels[name] = base::redacted(value);
  }
  return labels;
}

Json namespaces_left_json(const model::RunRecord& record) {
  Json namespaces = Json::array();
  for (const model::NamespaceLeft& left : record.namespaces_left) {
    namespaces.push_back({{"name", left.name}, {"case", left.case_id}});
  }
  return namespaces;
}

}  // namespace

std::string summary_json(const model::RunRecord& record) {
  const model::RunStarted& started = record.started;
  const auto& finished = record.finished;
  const model::Verdict verdict = model::judge(record);
  Json categories = Json::array();
  for (const model::CategoryVerdict& category : verdict.categories) {
    categories.push_back(category_json(category));
  }
  Json cases = Json::array();
  for (const model::CaseRecord& item : record.cases) {
    cases.push_back(case_json(record, item));
  }
  return document_text({{"version", kVersion},
                        {"run_id", started.run_id},
                        {"tool_version", started.tool_version},
                        {"started", base::rfc3339(started.time)},
                        {"finished", finished ? Json(base::rfc3339(finished->time)) : Json()},
                        {"duration_seconds", finished ? Json(seconds(finished->duration)) : Json()},
                        {"stopped_by", stopped_by_json(record)},
                        {"stopped", record.stop ? stopped_json(*record.stop) : Json()},
                        {"resumed", resumed_json(record)},
                        {"shard", started.shard ? shard_json(*started.shard) : Json()},
                        {"cluster", cluster_json(started.cluster)},
                        {"suites", suites_json(started.plan)},
                        {"notes", started.plan.notes},
                        {"options",
                         {{"provider", text_or_null(started.provider)},
                          {"jobs", started.jobs},
                          {"categories", started.categories},
                          {"whole_categories", started.whole_categories},
                          {"placement", text_or_null(started.placement)},
                          {"flaky_fails", started.flaky_fails}}},
                        {"labels", labels_json(started)},
                        {"evidence_lacks", record.evidence_lacks},
                        {"verdict", verdict_json(verdict)},
                        {"categories", std::move(categories)},
                        {"cases", std::move(cases)},
                        {"namespaces_left", namespaces_left_json(record)}});
}

std::string metadata_json(const model::RunRecord& record) {
  const model::RunStarted& started = record.started;
  const model::Verdict verdict = model::judge(record);
  Json metadata = {{"verdict", to_string(verdict.readiness)},
                   {"summary", model::sentence(verdict)},
                   {"cases", std::to_string(verdict.counts.total)},
                   {"passed", std::to_string(verdict.counts.passed)},
                   {"failed", std::to_string(verdict.counts.failed)},
                   {"unproven", std::to_string(verdict.counts.unproven)},
                   {"could_not_test", std::to_string(verdict.counts.could_not_test)},
                   {"skipped", std::to_string(verdict.counts.skipped)},
                   {"not_run", std::to_string(verdict.counts.not_run)},
                   {"flaky", std::to_string(verdict.counts.flaky)},
                   {"run_id", started.run_id},
                   {"started", base::rfc3339(started.time)},
                   {"tool_version", started.tool_version},
                   {"context", started.cluster.context},
                   {"kubernetes_version", started.cluster.kubernetes_version}};
  if (const std::vector<std::string> builds = windows_builds(started.cluster); !builds.empty()) {
    metadata["windows_builds"] = fmt::format("{}", fmt::join(builds, ", "));
  }
  for (const model::SuiteIdentity& suite : started.plan.suites) {
    if (!suite.version.empty()) {
      metadata[suite.name + "_test_version"] = suite.version;
    }
  }
  if (started.shard) {
    metadata["shard"] = model::to_string(*started.shard);
  }
  if (!started.placement.empty()) {
    metadata["placement"] = started.placement;
  }
  if (!record.evidence_lacks.empty()) {
    metadata["evidence_lacks"] = fmt::format("{}", fmt::join(record.evidence_lacks, "; "));
  }
  for (const auto& [name, value] : started.labels) {
    metadata["label." + name] = base::redacted(value);
  }
  return document_text(metadata);
}

}  // namespace opready::report
