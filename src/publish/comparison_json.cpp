// SPDX-License-Identifier: Apache-2.0
// Draws a comparison for programs.
#include <nlohmann/json.hpp>

#include "opready/base/timestamp.hpp"
#include "opready/publish/comparison_report.hpp"
#include "opready/report/harmless_json.hpp"

namespace opready::publish {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kVersion = 1;

Json text_or_null(const std::string& text) {
  return text.empty() ? Json() : Json(text);
}

Json run_json(const ComparedRun& run) {
  return {{"directory", run.directory},
          {"run_id", run.run_id},
          {"started", base::rfc3339(run.started)},
          {"finished", run.finished},
          {"context", text_or_null(run.context)},
          {"kubernetes_version", text_or_null(run.kubernetes_version)},
          {"suites", run.suites},
          {"windows_builds", run.windows_builds},
          {"readiness", run.readiness ? Json(model::to_string(*run.readiness)) : Json()},
          {"sentence", text_or_null(run.sentence)},
          {"cases", run.counts.total},
          {"passed", run.counts.passed},
          {"failed", run.counts.failed}};
}

Json told_json(const std::optional<Told>& told) {
  if (!told) {
    return {};
  }
  return {{"name", told->name},
          {"outcome", text_or_null(told->outcome)},
          {"reason", text_or_null(told->reason)},
          {"duration_seconds", static_cast<double>(told->duration.count()) / 1000}};
}

Json difference_json(const Difference& difference) {
  const std::optional<Told>& latest = difference.newer ? difference.newer : difference.base;
  return {{"change", to_string(difference.change)},
          {"regression", difference.regression},
          {"case", difference.case_id},
          {"kep", text_or_null(difference.kep)},
          {"spec", difference.of_spec ? Json(latest->name) : Json()},
          {"base", told_json(difference.base)},
          {"new", told_json(difference.newer)}};
}

}  // namespace

std::string comparison_json(const Comparison& comparison) {
  Json counts = Json::object();
  for (int change = 0; change <= static_cast<int>(Change::gone); ++change) {
    counts[std::string(to_string(static_cast<Change>(change)))] = 0;
  }
  Json differences = Json::array();
  for (const Difference& difference : comparison.differences) {
    Json& count = counts[std::string(to_string(difference.change))];
    count = count.get<int>() + 1;
    differences.push_back(difference_json(difference));
  }
  const Json document = {{"version", kVersion},
                         {"regression", has_regression(comparison)},
                         {"slower_factor", comparison.slower_factor},
                         {"still_failing", comparison.still_failing},
                         {"base", run_json(comparison.base)},
                         {"new", run_json(comparison.newer)},
                         {"counts", std::move(counts)},
                         {"differences", std::move(differences)}};
  return report::harmless_json(document.dump(2, ' ', false, Json::error_handler_t::replace)) + '\n';
}

}  // namespace opready::publish
