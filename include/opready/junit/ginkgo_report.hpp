// SPDX-License-Identifier: Apache-2.0
// What e2e.test's own JUnit file says about the specs it ran.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "opready/junit/report.hpp"
#include "opready/model/outcome.hpp"

namespace opready::junit {

/// A node outside of specs that failed, such as "[SynchronizedBeforeSuite]": no spec runs after that one has failed.
struct SuiteNodeFailure {
  std::string name;
  std::string failure;  ///< As SpecResult's.

  friend bool operator==(const SuiteNodeFailure&, const SuiteNodeFailure&) = default;
};

struct GinkgoReport {
  std::vector<model::SpecResult> specs;  ///< Those that were started, or skipped themselves; in the file's order.
  std::vector<SuiteNodeFailure> node_failures;
  std::string special_failure_reason;  ///< "Interrupted by User", "Suite Timeout Elapsed", ...; empty for none.
  bool interrupted = false;            ///< It says that a signal stopped the suite,
  bool timed_out = false;              ///< or that its time was up.
  std::string fault;                   ///< The report's.
};

/// The name of the spec that `reported` is about, as --list-tests has it; nothing for another node of the suite.
[[nodiscard]] std::optional<std::string> spec_name(const Case& reported);

/// A spec that the report calls merely "skipped" was not selected, or not reached before the end: it's left out, as
/// are pending ones. A spec's place in the sources is known only where the report holds its timeline, which
/// Kubernetes writes for specs that failed.
[[nodiscard]] GinkgoReport ginkgo_report(const Report& report);

/// `report` without the cases of specs that were not selected: a few of thousands remain.
[[nodiscard]] Report reduced(Report report);

}  // namespace opready::junit
