// SPDX-License-Identifier: Apache-2.0
// A small run with one case of each kind, from which tests draw pictures.
#pragma once

#include <string>

#include "opready/model/run_record.hpp"

namespace opready::report::testing {

/// 2026-01-31T08:15:30.123Z.
[[nodiscard]] base::Timestamp sample_time();

/// A case that will be started and selects `specs` specs, named "[sig-x] <id> spec 1" and so on.
[[nodiscard]] model::PlannedCase sample_case(const std::string& category, const std::string& id, int specs);

/// Cases of two Core categories and an Extend one: to run, disruptive, of another version, without an upstream spec,
/// selecting nothing, selecting another number than expected.
[[nodiscard]] model::RunStarted sample_start();

[[nodiscard]] model::CaseStarted started(const std::string& id, int attempt = 1);
[[nodiscard]] model::CaseFinished finished(const std::string& id, std::chrono::milliseconds duration,
                                           model::CaseResult result, int attempt = 1);

/// The sample's plan carried out: passes, failures of several kinds, a retry, a leak, a skip.
[[nodiscard]] model::RunRecord sample_record();

/// A run that was watched, and whose pods nobody placed: a pass on Windows, one on Linux, an image that could not be
/// had, pods that no node took, a case without pods, a gap in the evidence.
[[nodiscard]] model::RunRecord evidence_record();

}  // namespace opready::report::testing
