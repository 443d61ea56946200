// SPDX-License-Identifier: Apache-2.0
// What became of specs and cases, as values.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "opready/model/evidence.hpp"
#include "opready/model/spec.hpp"

namespace opready::model {

enum class SpecStatus {
  passed,
  failed,
  panicked,
  timed_out,
  cancelled,       ///< Interrupted by a stop of ours or the user's, or not reached because of it.
  skipped,         ///< Skipped itself at run time; `message` says why.
  unproven,        ///< It passed, but its pods didn't run where the case means.
  could_not_test,  ///< It failed for what is no fault of the cluster under test: an image that can't be had, say.
};

/// Pods of one spec that ran on one node.
struct PodsOnNode {
  NodeFacts node;
  std::int64_t pods = 0;

  friend bool operator==(const PodsOnNode&, const PodsOnNode&) = default;
};

/// Where the pods of one spec ran, as far as the cluster's tables told.
struct SpecPods {
  std::vector<PodsOnNode> nodes;          ///< In the order in which they were first seen.
  std::int64_t unscheduled = 0;           ///< Pods that never got a node.
  bool incomplete = false;                ///< There were more than could be kept, or a gap in the watches.
  std::vector<WarningEvidence> warnings;  ///< What kept pods waiting; only where the spec didn't pass.

  friend bool operator==(const SpecPods&, const SpecPods&) = default;
};

/// One spec of one attempt.
struct SpecResult {
  Spec spec;
  SpecStatus status = SpecStatus::passed;
  std::chrono::milliseconds duration{};
  std::string message;                      ///< Reason of a skip, first line of a failure.
  std::string failure;                      ///< First 16 KiB of the failure's text, sanitised and redacted.
  std::optional<std::uint64_t> log_offset;  ///< Where it begins in the attempt's e2e.log, in bytes.
  std::optional<SpecPods> pods;             ///< Absent: nobody watched.

  friend bool operator==(const SpecResult&, const SpecResult&) = default;
};

constexpr std::size_t kMaxFailureText = 16UL * 1024;

/// The result of one attempt at a case, and of the case as a whole.
enum class Outcome {
  passed,            ///< At least one spec passed, none failed, and the exit status agrees.
  failed,            ///< A spec or a suite node failed, or e2e.test exited badly for no reason it named.
  skipped,           ///< Every selected spec skipped itself at run time.
  timed_out,         ///< The case's time was up: Ginkgo said so, or we ended the child.
  crashed,           ///< Ended by a signal that nobody here sent.
  cancelled,         ///< Ended because the run was stopped.
  not_started,       ///< The child could not be started.
  no_report,         ///< The child ended and left no JUnit file.
  broken_report,     ///< Its JUnit file could not be read to its end.
  nothing_selected,  ///< The plan: its focus and skip select no spec; it was not started.
  nothing_ran,       ///< The child ended well, but its report shows that no spec was run.
  not_run,           ///< Was never started: see the plan's reason, or the run was stopped before it.
  unproven,          ///< No spec failed, but one passed without its pods having run where the case means.
  could_not_test,    ///< Its pods could not be started for want of an image, the API server was lost, or the like.
};

/// How a child ended; neither is set where it was never started.
struct ChildExit {
  std::optional<int> code;
  std::optional<int> signal;

  friend bool operator==(const ChildExit&, const ChildExit&) = default;
};

/// All that is known of one attempt once it's over.
struct CaseResult {
  Outcome outcome = Outcome::not_run;
  std::string reason;  ///< One sentence for every outcome but `passed`.
  std::string detail;  ///< Supporting text, such as the last lines of a child that crashed; at most 16 KiB.
  ChildExit exit;
  bool leaked = false;  ///< It left processes behind that kept its output open; they were ended.
  std::string e2e_run;  ///< The id that e2e.test gave its run: the label `e2e-run` of its namespaces.
  /// Those that it certainly made, as far as they were seen or its log names them; most are gone already.
  std::vector<std::string> namespaces;
  std::vector<SpecResult> specs;

  friend bool operator==(const CaseResult&, const CaseResult&) = default;
};

[[nodiscard]] std::string_view to_string(SpecStatus status);
[[nodiscard]] std::string_view to_string(Outcome outcome);
[[nodiscard]] std::optional<SpecStatus> parse_spec_status(std::string_view text);
[[nodiscard]] std::optional<Outcome> parse_outcome(std::string_view text);

/// Everything but `passed`, `cancelled` and `skipped`.
[[nodiscard]] bool is_failure(SpecStatus status);
/// `skipped` and `cancelled`: what is being tested didn't get to answer.
[[nodiscard]] bool tells_nothing(SpecStatus status);
/// Every outcome that makes the run exit with 1; `skipped`, `cancelled` and `not_run` don't, `nothing_selected` does.
[[nodiscard]] bool is_failure(Outcome outcome);

/// Its child didn't come to its own end, and may not have removed what it made.
[[nodiscard]] bool was_cut_off(const CaseResult& result);

/// "exit status 1", "killed by SIGSEGV".
[[nodiscard]] std::string describe(const ChildExit& exit);

}  // namespace opready::model
