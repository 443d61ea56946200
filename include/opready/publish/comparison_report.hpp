// SPDX-License-Identifier: Apache-2.0
// A comparison of two runs, drawn for people and for programs.
#pragma once

#include <cstddef>
#include <string>

#include "opready/publish/comparison.hpp"
#include "opready/report/style.hpp"

namespace opready::publish {

[[nodiscard]] std::string comparison_text(const Comparison& comparison, const report::Terminal& terminal);

/// For a pull request or GitHub's step summary, which shows 1 MiB: foreign text can't become markup. Never longer than
/// `max_bytes`, at least some thousand: it says what it left out.
[[nodiscard]] std::string comparison_markdown(const Comparison& comparison, std::size_t max_bytes = 1000UL * 1024);

/// Its keys are a contract, as those of summary.json. What's unknown is null.
///
///     version, regression, slower_factor, still_failing
///     base, new      {directory, run_id, started, finished, context, kubernetes_version, suites[], windows_builds[],
///                    readiness, sentence, cases, passed, failed}
///     counts         {newly_failing, no_longer_passing, changed, fixed, flaky, no_longer_flaky, slower, renamed,
///     added,
///                    gone}
///     differences[]  {change, regression, case, kep, spec, base, new}; spec: the name, null where it's about the case
///     base, new      of these {name, outcome, reason, duration_seconds}, or null where it isn't in that run
[[nodiscard]] std::string comparison_json(const Comparison& comparison);

}  // namespace opready::publish
