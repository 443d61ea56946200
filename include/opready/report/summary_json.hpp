// SPDX-License-Identifier: Apache-2.0
// summary.json: a run for programs.
#pragma once

#include <string>

#include "opready/model/run_record.hpp"

namespace opready::report {

/// The whole file. Its keys are a contract: they may be added to under "version" 1, but not changed or taken away.
/// Durations are in seconds, paths relative to the report directory; what's unknown is null.
///
///     version, run_id, tool_version, started, finished, duration_seconds, stopped_by
///     cluster      {context, server, kubernetes_version, windows_nodes_ready, linux_nodes_ready}
///     suite        {path, version}
///     options      {provider, jobs, categories[], whole_categories, shard, placement}: "policy", "taint" or null
///     shard        {number, count}: cases, counts and verdict are of this part of a plan only; null: of all of it
///     labels       {name: value}
///     evidence_lacks[] why it isn't known, or not for sure, where pods ran
///     verdict      {readiness, sentence, whole_core, scope, reasons[], counts}
///     categories[] {name, readiness, gates, counts, reasons[], duration_seconds}
///     cases[]      {id, category, description, kep, proves, missing, placement, outcome, reason, not_run, same_as,
///                   specs_selected, duration_seconds, attempts[]}; same_as: the case that ran in its stead, whose
///                   attempts these are; they count in that one's duration_seconds
///     attempts[]   {attempt, started, outcome, reason, detail, exit_code, signal, left_processes_behind,
///                   duration_seconds, log, specs[]}
///     specs[]      {name, file, line, status, message, failure, log_offset, duration_seconds, pods}
///     pods         {nodes[], unscheduled, incomplete, warnings[]}; null where nobody watched
///     nodes[]      {name, os, build, pods}
///     warnings[]   {reason, object, message}: what kept pods of a spec waiting that didn't pass
///     namespaces_left[] {name, case}
///     counts       {total, passed, failed, unproven, could_not_test, skipped, not_run}; total is the others' sum
[[nodiscard]] std::string summary_json(const model::RunRecord& record);

/// metadata.json, which Prow adds to its finished.json: one flat object of strings.
[[nodiscard]] std::string metadata_json(const model::RunRecord& record);

}  // namespace opready::report
