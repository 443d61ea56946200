// SPDX-License-Identifier: Apache-2.0
// Reads JUnit files of any origin, broken ones as far as they go.
#pragma once

#include <string>
#include <string_view>

#include "opready/junit/report.hpp"

namespace opready::junit {

/// Reads `text`, which is parsed in place. Takes <testsuites> or a single <testsuite>; suites inside suites follow
/// theirs, named "outer.inner". Never throws on bad input: a file that is empty, ill-formed, cut off or no JUnit gives
/// what was read before the fault, and `fault` with `name` in front ("junit_01.xml ends in the middle, at line 812").
/// A last case that may have been cut off is kept only where it's seen to have failed. Text is returned as it stands
/// in the file: sanitise it before it's shown.
[[nodiscard]] Report read_report(std::string text, std::string_view name);

}  // namespace opready::junit
