// SPDX-License-Identifier: Apache-2.0
// Which specs of a Ginkgo binary can't be run without those before them.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "opready/process/capture.hpp"
#include "opready/suite/suite_info.hpp"

namespace opready::suite {

using SpecNames = std::set<std::string, std::less<>>;

/// Names of specs in Ordered containers, by Ginkgo's JSON report (types.SpecReport, IsInOrderedContainer). Throws
/// std::invalid_argument where `report` is no such report.
[[nodiscard]] SpecNames parse_ordered_specs(std::string_view report);

/// Asks by a dry run, which takes a second or two and needs no cluster. None where the binary writes no JSON report.
/// Throws Error (exit code 3) where the dry run fails.
[[nodiscard]] SpecNames ask_ordered_specs(const SuiteInfo& info, const process::Capture& capture);

}  // namespace opready::suite
