// SPDX-License-Identifier: Apache-2.0
// The words and colours with which screens name outcomes, verdicts and reasons.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "opready/model/outcome.hpp"
#include "opready/model/plan.hpp"
#include "opready/model/run_record.hpp"
#include "opready/model/verdict.hpp"
#include "opready/report/style.hpp"

namespace opready::report {

/// "PASSED", "TIMED OUT".
[[nodiscard]] std::string_view word(model::Outcome outcome);
[[nodiscard]] Tone tone(model::Outcome outcome);

/// "timed_out" as "timed out".
[[nodiscard]] std::string in_words(std::string_view name);

[[nodiscard]] Tone tone(model::Readiness readiness);

/// Why a chosen case isn't started, as the heading of a list: "needs --allow-disruptive".
[[nodiscard]] std::string_view heading(model::NotRun reason);

/// "SIGINT"; "signal 64" for those without a usual name.
[[nodiscard]] std::string signal_name(int signal);

/// "stopped by SIGINT", "stopped: its time, 2h, is up".
[[nodiscard]] std::string stop_text(const model::StopRequested& stop);

/// The reason of `result`, what became of a case; where the run's stop kept it from its turn, what stopped the run.
[[nodiscard]] std::string reason_text(const model::RunRecord& run, const model::CaseRecord& record,
                                      const model::CaseResult& result);

/// " (attempt 2)"; empty for the first.
[[nodiscard]] std::string attempt_suffix(int attempt);

/// Text of foreign origin as a single line that can't move the cursor: sanitised, line ends turned into spaces.
[[nodiscard]] std::string one_line(std::string_view foreign);

/// `spec`'s place, "test/e2e/network/dns.go:152"; empty where it's unknown.
[[nodiscard]] std::string place_text(const model::Spec& spec);

/// "10.0.20348": those of the cluster's Windows nodes, each once, in their order.
[[nodiscard]] std::vector<std::string> windows_builds(const model::ClusterFacts& cluster);

}  // namespace opready::report
