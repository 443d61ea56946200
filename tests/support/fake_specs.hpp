// SPDX-License-Identifier: Apache-2.0
// The specs of the imitated e2e.test, and what each of them may do to its session.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace opready::fake {

/// Nothing here outlives its test for long, whatever becomes of that. In seconds.
constexpr unsigned kLongestLife = 300;
constexpr std::string_view kFile = "k8s.io/kubernetes@v1.36.3/test/e2e/fake/fake.go";

enum class ReportKind { whole, none, truncated, of_100000_cases };

/// What became of one selected spec, in Ginkgo's words.
struct Result {
  std::string status = "passed";
  std::string failure;
};

/// What a spec can do besides passing.
struct Session {
  Result result;  ///< Of the spec that acts.
  ReportKind report = ReportKind::whole;
  std::optional<int> exit_status;  ///< Absent: 1 where something failed.
  std::string special_reason;      ///< "Interrupted by User", "Suite Timeout Elapsed".
  bool before_suite_failed = false;
};

struct Spec {
  std::string name;
  std::function<void(Session&)> act;
  bool ordered = false;  ///< In an Ordered container.
  bool quiet = false;    ///< Reports leave it out where it isn't selected: there are many of them.
};

/// On standard output, any bytes.
void print(std::string_view text);

/// In the order in which they run.
[[nodiscard]] const std::vector<Spec>& specs();

[[nodiscard]] std::string full_name(const Spec& spec);

}  // namespace opready::fake
