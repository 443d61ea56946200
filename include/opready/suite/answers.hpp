// SPDX-License-Identifier: Apache-2.0
// Reads what Ginkgo binaries print about themselves.
#pragma once

#include <string_view>
#include <vector>

#include "opready/junit/report.hpp"
#include "opready/suite/suite_info.hpp"

namespace opready::suite {

/// Flags named by the output of `--help`, which begin lines as "-name", "--name" or "-n, --name". Sanitised text.
[[nodiscard]] Flags parse_flags(std::string_view help);

/// Specs of the output of `--list-tests`, lines of "    <file>:<line>: <name>"; files are cut to "test/e2e/...".
/// Sanitised text.
[[nodiscard]] std::vector<model::Spec> parse_spec_list(std::string_view list);

/// Specs that a dry run would run: its report shows them as passed.
[[nodiscard]] std::vector<model::Spec> specs_of_dry_run(const junit::Report& report);

/// The last line that isn't blank, empty where there is none.
[[nodiscard]] std::string_view last_line(std::string_view text);

}  // namespace opready::suite
