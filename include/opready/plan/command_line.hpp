// SPDX-License-Identifier: Apache-2.0
// How e2e.test is started for a case.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "opready/model/plan.hpp"
#include "opready/model/test_case.hpp"
#include "opready/suite/suite.hpp"

namespace opready::plan {

/// What all cases of a run have in common.
struct CommandOptions {
  std::string provider = "local";
  std::string kubeconfig;  ///< Empty: the pod's account.
  std::string context;     ///< Empty: the kubeconfig's current one.
  std::string node_os_distro = "windows";
  std::string non_blocking_taints;  ///< A comma-separated list, added to ours.
  std::chrono::milliseconds grace_period{6000};
  bool keep_failed_namespaces = false;  ///< e2e.test leaves the namespaces of specs that fail.
  bool verbose = false;
  std::vector<std::string> extra_args;  ///< For e2e.test, as `check_extra_args` lets them pass.
};

/// The argument vector, without --report-dir: see `with_report_dir`. Flags that the binary doesn't know are left out.
[[nodiscard]] std::vector<std::string> command_line(const model::TestCase& test, std::chrono::milliseconds timeout,
                                                    const suite::Suite& suite, const CommandOptions& options);

/// `command` with `--report-dir directory`, which is private to one attempt, in its place.
[[nodiscard]] std::vector<std::string> with_report_dir(std::vector<std::string> command, const std::string& directory);

/// `planned` with no specs but those named, as a part of it. `description`: of its suite. Ginkgo is given their exact
/// names.
[[nodiscard]] model::PlannedCase only_specs(model::PlannedCase planned, const std::vector<std::string>& names,
                                            std::string_view description);

/// Adds keys of taints to --non-blocking-taints, where the binary knows that flag.
void add_non_blocking_taints(std::vector<std::string>& command, const std::vector<std::string>& keys);

/// Throws a usage Error that names the first argument that would change the plan, the cluster or where reports go, or
/// that isn't a flag.
void check_extra_args(const std::vector<std::string>& extra_args);

}  // namespace opready::plan
