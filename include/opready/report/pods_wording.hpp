// SPDX-License-Identifier: Apache-2.0
// Says where pods ran, what kept them waiting, and how they are placed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "opready/model/outcome.hpp"

namespace opready::report {

/// What stands before the reasons in RunRecord::evidence_lacks.
constexpr std::string_view kEvidenceLacks = "evidence of where pods run is lacking";

/// "ran on Windows: 2 pods on win-0, win-1 (10.0.20348); on Linux: 1 pod on linux-0; 1 pod never got a node". One line;
/// of many nodes the first few are named and the others counted.
[[nodiscard]] std::string pods_text(const model::SpecPods& pods);

/// The same for the pods of all its specs together; empty where nobody watched any.
[[nodiscard]] std::string pods_text(const model::CaseResult& result);

/// "kept waiting: FailedScheduling pod/web-0: 0/4 nodes are available", a line a warning.
[[nodiscard]] std::vector<std::string> waiting_lines(const model::SpecResult& spec);

/// "an admission policy sends pods to Windows nodes"; empty where the scheduler is left alone. `placement` as in
/// RunStarted.
[[nodiscard]] std::string placement_text(std::string_view placement);

}  // namespace opready::report
