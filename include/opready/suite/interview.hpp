// SPDX-License-Identifier: Apache-2.0
// Asks a Ginkgo binary what it is and what it holds; needs no cluster.
#pragma once

#include <string>
#include <string_view>

#include "opready/process/capture.hpp"
#include "opready/suite/suite_info.hpp"

namespace opready::suite {

/// What e2e.test calls itself in RunSpecs (test/e2e/e2e.go).
constexpr std::string_view kE2eDescription = "Kubernetes e2e suite";

/// Where the specs' names come from.
enum class SpecSource {
  best,     ///< `--list-tests`; a dry run's report where the binary doesn't know that (Kubernetes before 1.29).
  dry_run,  ///< Always a dry run's report, which leaves out pending specs and knows no files and lines.
};

/// `name`: what category files call the suite. Throws Error (exit code 3), naming the binary and its last line of
/// output, where it is no suite of Kubernetes' e2e framework, crashes, prints nothing, or takes longer than a minute.
[[nodiscard]] SuiteInfo interview(const std::string& name, const std::string& path, SpecSource source,
                                  const process::Capture& capture);

}  // namespace opready::suite
