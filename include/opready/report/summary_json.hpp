// SPDX-License-Identifier: Apache-2.0
// summary.json: a run for programs.
#pragma once

#include <string>

#include "opready/model/run_record.hpp"

namespace opready::report {

/// The whole file. Its keys are a contract: they may be added to under "version" 1, but not changed or taken away.
/// docs/summary.schema.json describes each for programs. Durations are in seconds, paths relative to the report
/// directory; what's unknown is null.
///
///     version, run_id, tool_version, started, finished, duration_seconds
///     stopped_by   a signal's name
///     stopped      {reason, text, time}: why no more cases were started: "signal", "time_limit", "failures" or
///                  "write_failure"; null where nothing stopped it
///     resumed[]    when it went on after an end; what stands above is of the time since the last
///     shard        {number, count}; null where it's the whole plan
///     cluster      {context, server, kubernetes_version, windows_nodes_ready, linux_nodes_ready}
///     suites[]     {name, path, version}
///     notes[]      warnings about the plan
///     options      {provider, jobs, categories[], whole_categories, placement ("policy", "taint" or null),
///                   flaky_fails}
///     labels       {name: value}
///     evidence_lacks[] why it isn't known, or not for sure, where pods ran
///     verdict      {readiness, sentence, whole_core, scope, reasons[], counts}
///     categories[] {name, readiness, gates, counts, reasons[], duration_seconds}
///     cases[]      {id, category, description, kep, proves, missing, placement, outcome, reason, flaky,
///                   flaky_specs[], ran_as, not_run, specs_selected, duration_seconds, attempts[]}
///     flaky        it passed, but failed in an attempt before; flaky_specs[] are names of specs of which that's true
///     ran_as       the case that ran in its stead, whose attempts these are: they have no duration here; or null
///     attempts[]   {attempt, part, started, outcome, reason, detail, exit_code, signal, left_processes_behind,
///                   duration_seconds, log, specs[]}; part: it ran only those specs
///     specs[]      {name, file, line, status, message, failure, log_offset, duration_seconds, pods}
///     pods         {nodes[], unscheduled, incomplete, warnings[]}; null where nobody watched
///     nodes[]      {name, os, build, pods}
///     warnings[]   {reason, object, message}: what kept pods of a spec waiting that didn't pass
///     namespaces_left[] {name, case}
///     counts       {total, passed, failed, unproven, could_not_test, skipped, not_run, flaky}; total is the others'
///                  sum, but for flaky, which are of those passed, or of those failed with flaky_fails
[[nodiscard]] std::string summary_json(const model::RunRecord& record);

/// metadata.json, which Prow adds to its finished.json: one flat object of strings.
[[nodiscard]] std::string metadata_json(const model::RunRecord& record);

}  // namespace opready::report
