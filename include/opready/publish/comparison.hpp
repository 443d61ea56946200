// SPDX-License-Identifier: Apache-2.0
// What changed from one run to another.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "opready/model/run_record.hpp"
#include "opready/model/verdict.hpp"

namespace opready::publish {

/// In the order in which readers want them.
enum class Change {
  newly_failing,      ///< It fails and didn't before: it passed, told nothing, or wasn't there.
  no_longer_passing,  ///< It passed, and now tells nothing: skipped, not run, cut off, unproven, could not be tested.
  changed,            ///< It came to something else, and passed neither before nor now; or it doesn't apply any more.
  fixed,              ///< It passes and didn't before.
  flaky,              ///< It passed after it had failed in the same run, which is new.
  no_longer_flaky,
  slower,
  renamed,
  added,
  gone,
};

[[nodiscard]] std::string_view to_string(Change change);

/// What one of the runs tells of a case or a spec.
struct Told {
  std::string name;     ///< The case's id, or the spec's name.
  std::string outcome;  ///< As summary.json calls it; empty for a spec without a result.
  std::string reason;   ///< One sentence; foreign text.
  std::chrono::milliseconds duration{};
};

/// One change of one case, or of one of its specs.
struct Difference {
  Change change = Change::changed;
  bool regression = false;
  std::string case_id;        ///< The new run's, unless the case is gone.
  std::string kep;            ///< Empty where the case bears on no item.
  bool of_spec = false;       ///< It's about a spec of the case.
  std::optional<Told> base;   ///< Absent where it's new.
  std::optional<Told> newer;  ///< Absent where it's gone.
};

/// What a run was made of, and what it said as a whole.
struct ComparedRun {
  std::string directory;
  std::string run_id;
  base::Timestamp started;
  bool finished = false;
  std::string context;
  std::string kubernetes_version;
  std::vector<std::string> suites;            ///< "e2e v1.36.3"
  std::vector<std::string> windows_builds;    ///< Of its nodes, each once, in order.
  std::optional<model::Readiness> readiness;  ///< Absent where it has no case, which says nothing of a cluster.
  std::string sentence;                       ///< The verdict in words; empty where there is none.
  model::Counts counts;
};

struct Comparison {
  ComparedRun base;
  ComparedRun newer;
  double slower_factor = 0;
  std::vector<Difference> differences;  ///< By change, then in the new run's order.
  int still_failing = 0;                ///< Cases that fail in both.
};

/// A run, and where it was read from.
struct RunToCompare {
  const model::RunRecord& record;
  std::string directory;
};

constexpr double kSlowerFactor = 2;
/// What takes less than this longer isn't called slower: 0.1 s and 0.3 s are the same to a cluster.
constexpr std::chrono::milliseconds kLeastSlowdown = std::chrono::seconds(5);

/// Cases are joined by their ids. Of those that only one run knows, two are one renamed case where they share the KEP
/// item (or, without one, the category) and the description, else, of runs of whole categories, where each is the only
/// one left of its KEP item and no other shard performs it. Specs of a case are joined by their names, then by their
/// names without tags in brackets, else, unless a rerun left out some, where each is the only one left of its case.
/// Each of these joins only what is one for one.
///
/// A difference is told of specs where they show it, else of the case. Failures are what `model::is_failure` says but
/// for unproven, could_not_test and nothing_selected: these tell nothing of the cluster. Regressions are what is newly
/// failing, what is no longer passing unless the KEP doesn't ask it of such a cluster, and, where the new run counts
/// flaky cases as failed, what is newly flaky and didn't fail before. What isn't there any more is none. A case is
/// slower when it passed both times at the first attempt, took `slower_factor` times as long and kLeastSlowdown longer.
[[nodiscard]] Comparison compare(const RunToCompare& base, const RunToCompare& newer, double slower_factor);

[[nodiscard]] bool has_regression(const Comparison& comparison);

}  // namespace opready::publish
