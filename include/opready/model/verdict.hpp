// SPDX-License-Identifier: Apache-2.0
// Is the cluster ready? The answer that a run gives, by category and as a whole.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "opready/base/exit_code.hpp"
#include "opready/model/run_record.hpp"

namespace opready::model {

/// Ordered from best to worst; a whole is as good as its worst part.
enum class Readiness {
  ready,         ///< Every applicable KEP item passed.
  ready_except,  ///< The same, but upstream's specs prove some items in part or not at all.
  incomplete,    ///< Something was skipped, not run, unproven, or could not be tested.
  not_ready,     ///< A spec failed.
};

[[nodiscard]] std::string_view to_string(Readiness readiness);

/// How many cases came to what; `total` is their sum, but for `flaky`.
struct Counts {
  int total = 0;
  int passed = 0;
  int failed = 0;  ///< Without the two that follow, though these make the run exit with 1 just as well.
  int unproven = 0;
  int could_not_test = 0;
  int skipped = 0;
  int not_run = 0;
  int flaky = 0;  ///< Of those that passed, or, with --flaky fails, of those that failed.
};

struct CategoryVerdict {
  std::string category;
  Counts counts;
  Readiness readiness = Readiness::ready;
  bool gates = true;                 ///< False: shown, but it doesn't count towards the whole.
  std::vector<std::string> reasons;  ///< Why it isn't READY, one fragment an item or case.
  std::chrono::milliseconds duration{};
};

/// Core categories and users' own gate the whole; Extend categories only where no Core one was chosen, and Extra
/// never (KEP-2578: Extend is for clusters that have the feature).
struct Verdict {
  Readiness readiness = Readiness::ready;
  std::string scope;  ///< What it's about: empty for the cluster, else "Core.Network" or "some cases of ...".
  std::vector<std::string> reasons;  ///< What concerns the cluster as a whole, such as too few nodes.
  /// True where all four Core categories were chosen whole: only then is it the cluster's verdict.
  bool whole_core = false;
  std::vector<CategoryVerdict> categories;
  Counts counts;
  /// Unproven cases whose pods the scheduler was free to put elsewhere: they'd count with `run --place`.
  int settled_by_placing = 0;
};

[[nodiscard]] Verdict judge(const RunRecord& record);

/// "Windows readiness of Core.Network: NOT READY, 3 of 17 cases failed".
[[nodiscard]] std::string sentence(const Verdict& verdict);

/// The exit status that a run earns: 128 + n after a stop by signal n, else an ExitCode. `require_ready`: a verdict
/// other than READY is ExitCode::not_ready where nothing worse happened. A shard in which nothing passed is as good as
/// its failures: others may have had all the cases.
[[nodiscard]] int exit_status(const RunRecord& record, bool require_ready);

}  // namespace opready::model
