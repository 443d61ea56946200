// SPDX-License-Identifier: Apache-2.0
// Asks a Ginkgo binary what it is and what it holds; needs no cluster.
#pragma once

#include <string>

#include "opready/process/capture.hpp"
#include "opready/suite/suite_info.hpp"

namespace opready::suite {

/// Where the specs' names come from.
enum class SpecSource {
  best,     ///< `--list-tests`; a dry run's report where the binary doesn't know that (Kubernetes before 1.29).
  dry_run,  ///< Always a dry run's report, which leaves out pending specs and knows no files and lines.
};

/// Throws Error (exit code 3), naming the binary and its last line of output, where it is no Kubernetes e2e suite,
/// crashes, prints nothing, or takes longer than a minute.
[[nodiscard]] SuiteInfo interview(const std::string& path, SpecSource source, const process::Capture& capture);

}  // namespace opready::suite
