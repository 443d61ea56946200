// SPDX-License-Identifier: Apache-2.0
// Judges a run: by case, by category, as a whole (KEP-2578, "readiness").
#include "opready/model/verdict.hpp"

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

#include "opready/base/counted.hpp"
#include "opready/model/attempts.hpp"
#include "opready/model/names.hpp"

namespace opready::model {
namespace {

constexpr Names<4> kReadiness = {"READY", "READY EXCEPT", "INCOMPLETE", "NOT READY"};
constexpr std::array<std::string_view, 4> kCoreCategories = {"Core.Network", "Core.Storage", "Core.Scheduling",
                                                             "Core.Concurrent"};
/// KEP-2578, "Cluster setup": two schedulable nodes of each kind.
constexpr int kNodesOfEachKind = 2;

struct CaseJudgement {
  Readiness readiness = Readiness::ready;
  std::string reason;
};

CaseJudgement judge_passed(const TestCase& test, const CaseResult& result) {
  const auto skipped = std::count_if(result.specs.begin(), result.specs.end(),
                                     [](const SpecResult& spec) { return spec.status == SpecStatus::skipped; });
  if (skipped > 0) {
    return {Readiness::incomplete,
            fmt::format("{}: {} skipped", test.id, base::counted(static_cast<std::size_t>(skipped), "spec"))};
  }
  if (test.proves == Proves::part) {
    return {Readiness::ready_except, fmt::format("{}: proved in part: {}", test.id, test.missing)};
  }
  return {};
}

CaseJudgement judge_not_run(const PlannedCase& planned, const CaseResult& result) {
  if (planned.not_run == NotRun::not_applicable) {
    return {};
  }
  if (planned.not_run == NotRun::no_upstream_spec) {
    return {Readiness::ready_except, fmt::format("{}: no upstream spec: {}", planned.test.id, planned.test.missing)};
  }
  return {Readiness::incomplete, fmt::format("{}: not run: {}", planned.test.id, result.reason)};
}

CaseJudgement judge_case(const CaseRecord& record, const CaseResult& result, bool flaky_fails) {
  const TestCase& test = record.planned.test;
  if (flaky_fails && is_flaky(record)) {
    return {Readiness::not_ready, test.id + ": flaky: it failed before it passed"};
  }
  switch (result.outcome) {
    case Outcome::passed:
      return judge_passed(test, result);
    case Outcome::not_run:
      return judge_not_run(record.planned, result);
    case Outcome::failed:
    case Outcome::timed_out:
      return {Readiness::not_ready, fmt::format("{}: {}", test.id, result.reason)};
    case Outcome::skipped:
    case Outcome::crashed:
    case Outcome::cancelled:
    case Outcome::not_started:
    case Outcome::no_report:
    case Outcome::broken_report:
    case Outcome::nothing_selected:
    case Outcome::nothing_ran:
      return {Readiness::incomplete, fmt::format("{}: {}", test.id, result.reason)};
    case Outcome::unproven:
      return {Readiness::incomplete, fmt::format("{}: unproven: {}", test.id, result.reason)};
    case Outcome::could_not_test:
      return {Readiness::incomplete, fmt::format("{}: could not test: {}", test.id, result.reason)};
  }
  return {Readiness::incomplete, test.id};
}

bool ran_elsewhere(const SpecResult& spec) {
  return spec.status == SpecStatus::unproven && spec.pods &&
         std::any_of(spec.pods->nodes.begin(), spec.pods->nodes.end(),
                     [](const PodsOnNode& place) { return place.node.os != "windows"; });
}

/// Unproven only because nobody told the scheduler where its pods should go.
bool settled_by_placing(const RunStarted& started, const TestCase& test, const CaseResult& result) {
  return result.outcome == Outcome::unproven && started.placement.empty() && test.placement == Placement::windows &&
         std::any_of(result.specs.begin(), result.specs.end(), ran_elsewhere);
}

/// KEP items of which a case that proves all of them passed.
std::set<std::string> wholly_proved_items(const RunRecord& record) {
  std::set<std::string> items;
  for (const CaseRecord& item : record.cases) {
    const TestCase& test = item.planned.test;
    if (test.proves == Proves::all && !test.kep.empty() && result_of(item).outcome == Outcome::passed) {
      items.insert(test.kep);
    }
  }
  return items;
}

void count(Counts& counts, Outcome outcome, bool flaky, bool flaky_fails) {
  ++counts.total;
  counts.flaky += flaky ? 1 : 0;
  if (outcome == Outcome::unproven) {
    ++counts.unproven;
  } else if (outcome == Outcome::could_not_test) {
    ++counts.could_not_test;
  } else if (is_failure(outcome) || (flaky && flaky_fails)) {
    ++counts.failed;
  } else if (outcome == Outcome::passed) {
    ++counts.passed;
  } else if (outcome == Outcome::skipped) {
    ++counts.skipped;
  } else {
    ++counts.not_run;
  }
}

void add(Counts& sum, const Counts& part) {
  sum.total += part.total;
  sum.passed += part.passed;
  sum.failed += part.failed;
  sum.unproven += part.unproven;
  sum.could_not_test += part.could_not_test;
  sum.skipped += part.skipped;
  sum.not_run += part.not_run;
  sum.flaky += part.flaky;
}

CategoryVerdict& category_of(Verdict& verdict, const std::string& name) {
  const auto found = std::find_if(verdict.categories.begin(), verdict.categories.end(),
                                  [&](const CategoryVerdict& candidate) { return candidate.category == name; });
  if (found != verdict.categories.end()) {
    return *found;
  }
  return verdict.categories.emplace_back(CategoryVerdict{.category = name});
}

bool has_prefix(const CategoryVerdict& category, std::string_view prefix) {
  return category.category.starts_with(prefix);
}

void decide_gates(std::vector<CategoryVerdict>& categories) {
  const auto optional_kind = [](const CategoryVerdict& category) {
    return has_prefix(category, "Extend.") || has_prefix(category, "Extra.");
  };
  const bool any_core = !std::all_of(categories.begin(), categories.end(), optional_kind);
  for (CategoryVerdict& category : categories) {
    category.gates = !has_prefix(category, "Extra.") && !(any_core && has_prefix(category, "Extend."));
  }
}

void judge_nodes(Verdict& verdict, const ClusterFacts& cluster) {
  if (!cluster.windows_nodes_ready || !cluster.linux_nodes_ready) {
    verdict.reasons.emplace_back("the cluster's nodes could not be counted; the KEP asks for 2 of each kind");
  } else if (std::min(*cluster.windows_nodes_ready, *cluster.linux_nodes_ready) < kNodesOfEachKind) {
    verdict.reasons.push_back(fmt::format("{} Windows and {} Linux nodes are ready; the KEP asks for 2 of each kind",
                                          *cluster.windows_nodes_ready, *cluster.linux_nodes_ready));
  }
  if (!verdict.reasons.empty()) {
    verdict.readiness = std::max(verdict.readiness, Readiness::incomplete);
  }
}

/// " (2 cases unproven, 1 case could not be tested)"; empty where there are none.
std::string in_doubt(const Counts& counts) {
  std::vector<std::string> parts;
  if (counts.unproven > 0) {
    parts.push_back(base::counted(static_cast<std::size_t>(counts.unproven), "case") + " unproven");
  }
  if (counts.could_not_test > 0) {
    parts.push_back(base::counted(static_cast<std::size_t>(counts.could_not_test), "case") + " could not be tested");
  }
  return parts.empty() ? "" : fmt::format(" ({})", fmt::join(parts, ", "));
}

std::string scope_of(const RunStarted& started) {
  constexpr std::size_t kNamed = 3;
  const std::string names = started.categories.size() <= kNamed
                                ? fmt::format("{}", fmt::join(started.categories, ", "))
                                : base::counted(started.categories.size(), "category", "categories");
  const std::string shard = started.shard ? fmt::format("shard {} of ", to_string(*started.shard)) : "";
  return shard + (started.whole_categories ? names : "some cases of " + names);
}

}  // namespace

std::string_view to_string(Readiness readiness) {
  return name_of(kReadiness, readiness);
}

Verdict judge(const RunRecord& record) {
  Verdict verdict;
  const std::set<std::string> proved = wholly_proved_items(record);
  for (const CaseRecord& item : record.cases) {
    const CaseResult result = result_of(item);
    CategoryVerdict& category = category_of(verdict, item.planned.test.category);
    count(category.counts, result.outcome, is_flaky(item), record.started.flaky_fails);
    category.duration += duration_of(item);
    CaseJudgement judgement = judge_case(item, result, record.started.flaky_fails);
    if (settled_by_placing(record.started, item.planned.test, result)) {
      judgement.reason += " (run with --place)";
      ++verdict.settled_by_placing;
    }
    // Upstream's other specs for the same item need not prove more.
    const bool moot = judgement.readiness == Readiness::ready_except && proved.contains(item.planned.test.kep);
    if (judgement.readiness != Readiness::ready && !moot) {
      category.readiness = std::max(category.readiness, judgement.readiness);
      category.reasons.push_back(std::move(judgement.reason));
    }
  }
  decide_gates(verdict.categories);
  for (const CategoryVerdict& category : verdict.categories) {
    add(verdict.counts, category.counts);
    if (category.gates) {
      verdict.readiness = std::max(verdict.readiness, category.readiness);
    }
  }
  const auto& chosen = record.started.categories;
  verdict.whole_core = record.started.whole_categories && !record.started.shard &&
                       std::all_of(kCoreCategories.begin(), kCoreCategories.end(), [&](std::string_view name) {
                         return std::find(chosen.begin(), chosen.end(), name) != chosen.end();
                       });
  if (verdict.whole_core) {
    judge_nodes(verdict, record.started.cluster);
  } else {
    verdict.scope = scope_of(record.started);
  }
  return verdict;
}

std::string sentence(const Verdict& verdict) {
  std::string subject = "Windows readiness" + (verdict.whole_core ? "" : " of " + verdict.scope);
  if (verdict.categories.empty()) {
    return subject + ": no verdict, no case fell to it";
  }
  const bool gated = std::any_of(verdict.categories.begin(), verdict.categories.end(),
                                 [](const CategoryVerdict& category) { return category.gates; });
  if (!gated) {
    return subject + ": no verdict, the chosen cases lie outside the KEP";
  }
  std::size_t concerned = verdict.reasons.size();
  Counts gating;
  for (const CategoryVerdict& category : verdict.categories) {
    if (category.gates) {
      concerned += category.reasons.size();
      add(gating, category.counts);
    }
  }
  switch (verdict.readiness) {
    case Readiness::ready:
      return subject + ": READY";
    case Readiness::ready_except:
      return fmt::format("{}: READY EXCEPT for {} that prove their item in part or not at all", subject,
                         base::counted(concerned, "case"));
    case Readiness::incomplete:
      return fmt::format("{}: INCOMPLETE, {} not settled{}", subject,
                         concerned == 1 ? "1 point is" : fmt::format("{} points are", concerned), in_doubt(gating));
    case Readiness::not_ready:
      return fmt::format("{}: NOT READY, {} of {} failed", subject, verdict.counts.failed,
                         base::counted(static_cast<std::size_t>(verdict.counts.total), "case"));
  }
  return subject;
}

int exit_status(const RunRecord& record, bool require_ready) {
  if (record.finished && record.finished->stopped_by) {
    return base::kSignalExitBase + *record.finished->stopped_by;
  }
  const Verdict verdict = judge(record);
  base::ExitCode code = base::ExitCode::ok;
  const Counts& counts = verdict.counts;
  if (counts.failed + counts.unproven + counts.could_not_test > 0 || !record.finished || record.stop) {
    code = base::ExitCode::failed;
  } else if (counts.passed == 0 && !record.started.shard) {  // Of shards only all together can tell.
    code = base::ExitCode::nothing_ran;
  } else if (require_ready && verdict.readiness != Readiness::ready) {
    code = base::ExitCode::not_ready;
  }
  return static_cast<int>(code);
}

}  // namespace opready::model
