// SPDX-License-Identifier: Apache-2.0
// Compares runs case by case, and cases spec by spec.
#include "opready/publish/comparison.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "opready/model/names.hpp"
#include "opready/report/wording.hpp"

#include "pairs.hpp"
#include "seen_cases.hpp"

namespace opready::publish {
namespace {

using model::RunRecord;

constexpr model::Names<10> kChanges = {
    "newly_failing", "no_longer_passing", "changed", "fixed", "flaky", "no_longer_flaky",
    "slower",        "renamed",           "added",   "gone"};

std::string id_key(const CaseSeen& item) {
  return item.record->planned.test.id;
}

std::string description_key(const CaseSeen& item) {
  const model::TestCase& test = item.record->planned.test;
  return test.description.empty()
             ? ""
             : fmt::format("{}\n{}", test.kep.empty() ? test.category : test.kep, test.description);
}

/// A case that another shard performs isn't missing: none of its item may stand for it.
Key<CaseSeen> kep_key(const RunRecord& base, const RunRecord& newer) {
  std::set<std::string> elsewhere;
  for (const RunRecord* run : {&base, &newer}) {
    for (const model::PlannedCase& planned : run->in_other_shards) {
      elsewhere.insert(planned.test.id);
    }
  }
  return [elsewhere](const CaseSeen& item) {
    const model::TestCase& test = item.record->planned.test;
    return elsewhere.contains(test.id) ? "" : test.kep;
  };
}

/// Of runs that left out cases, what one has of an item may be another case than what the other has.
std::vector<Key<CaseSeen>> case_keys(const RunRecord& base, const RunRecord& newer) {
  std::vector<Key<CaseSeen>> keys = {id_key, description_key};
  if (base.started.whole_categories && newer.started.whole_categories) {
    keys.push_back(kep_key(base, newer));
  }
  return keys;
}

std::string name_key(const Seen& spec) {
  return spec.told.name;
}

/// "DNS should work" of "[sig-network] DNS should work [LinuxOnly]".
std::string untagged_key(const Seen& spec) {
  std::string words;
  int depth = 0;
  for (const char c : spec.told.name) {
    depth += c == '[' ? 1 : 0;
    const bool second_space = c == ' ' && (words.empty() || words.back() == ' ');
    if (depth == 0 && !second_space) {
      words += c;
    }
    depth -= c == ']' && depth > 0 ? 1 : 0;
  }
  words.erase(words.find_last_not_of(' ') + 1);
  return words;
}

std::string only_one_key(const Seen& /*spec*/) {
  return "only one";
}

bool is_regression(Change change) {
  return change == Change::newly_failing || change == Change::no_longer_passing;
}

/// Collects the differences of two runs.
class Comparer {
 public:
  Comparer(double slower_factor, bool flaky_fails) : slower_factor_(slower_factor), flaky_fails_(flaky_fails) {}

  void add(const Pair<CaseSeen>& pair) {
    test_ = &(pair.newer != nullptr ? pair.newer : pair.base)->record->planned.test;
    told_by_specs_.clear();
    if (pair.base != nullptr && pair.newer != nullptr) {
      still_failing_ += pair.base->seen.standing == Standing::failed && pair.newer->seen.standing == Standing::failed;
      const auto change = change_of_outcome(pair.base->seen, pair.newer->seen);
      case_regressed_ = change && is_regression(*change);
      compare_specs(*pair.base, *pair.newer);
    }
    add(pair.base == nullptr ? nullptr : &pair.base->seen, pair.newer == nullptr ? nullptr : &pair.newer->seen, false);
  }

  [[nodiscard]] std::vector<Difference> take() {
    std::stable_sort(differences_.begin(), differences_.end(),
                     [](const Difference& left, const Difference& right) { return left.change < right.change; });
    return std::move(differences_);
  }
  [[nodiscard]] int still_failing() const { return still_failing_; }

 private:
  /// A case that isn't started selects none, and a rerun some of them.
  void compare_specs(const CaseSeen& base, const CaseSeen& newer) {
    if (base.specs.empty()) {
      return;
    }
    const bool base_in_part = base.record->planned.part;
    const bool newer_in_part = newer.record->planned.part;
    std::vector<Key<Seen>> keys = {name_key, untagged_key};
    if (!base_in_part && !newer_in_part) {
      keys.emplace_back(only_one_key);
    }
    const std::vector<Seen> newer_specs =
        newer.specs.empty() ? without_results(base.specs, newer.seen.applies) : newer.specs;
    for (const Pair<Seen>& pair : paired<Seen>(base.specs, newer_specs, keys)) {
      const bool left_out = (pair.base == nullptr && base_in_part) || (pair.newer == nullptr && newer_in_part);
      if (!left_out) {
        add(pair.base, pair.newer, true);
      }
    }
  }

  void add(const Seen* base, const Seen* newer, bool of_spec) {
    for (const Change change : changes(base, newer)) {
      // A spec's new name says nothing of the case's.
      if (of_spec || change == Change::renamed || !told_by_specs_.contains(change)) {
        add_difference(change, base, newer, of_spec);
      }
    }
  }

  [[nodiscard]] std::vector<Change> changes(const Seen* base, const Seen* newer) const {
    if (newer == nullptr) {
      return {Change::gone};
    }
    if (base == nullptr) {
      return newer->standing == Standing::failed ? std::vector{Change::newly_failing, Change::added}
                                                 : std::vector{Change::added};
    }
    std::vector<Change> found;
    if (base->told.name != newer->told.name) {
      found.push_back(Change::renamed);
    }
    if (base->told.outcome.empty() || newer->told.outcome.empty()) {
      // The case tells why, but where it didn't pass before, not that this did.
      if (base->standing == Standing::passed && newer->applies && !case_regressed_) {
        found.push_back(Change::no_longer_passing);
      }
      return found;
    }
    if (const auto change = change_of_outcome(*base, *newer)) {
      found.push_back(*change);
    }
    if (newer->flaky && !base->flaky) {
      found.push_back(Change::flaky);
    }
    if (base->flaky && !newer->flaky && newer->standing == Standing::passed) {
      found.push_back(Change::no_longer_flaky);
    }
    if (is_slower(*base, *newer)) {
      found.push_back(Change::slower);
    }
    return found;
  }

  [[nodiscard]] static std::optional<Change> change_of_outcome(const Seen& base, const Seen& newer) {
    if (newer.standing == Standing::failed && base.standing != Standing::failed) {
      return Change::newly_failing;
    }
    if (base.standing == Standing::passed && newer.standing != Standing::passed) {
      return newer.applies ? Change::no_longer_passing : Change::changed;
    }
    if (newer.standing == Standing::passed && base.standing != Standing::passed) {
      return Change::fixed;
    }
    return base.told.outcome == newer.told.outcome ? std::nullopt : std::optional(Change::changed);
  }

  [[nodiscard]] bool is_slower(const Seen& base, const Seen& newer) const {
    const auto passed_at_once = [](const Seen& seen) {
      return seen.standing == Standing::passed && seen.at_once && !seen.flaky && seen.told.duration.count() > 0;
    };
    const auto before = base.told.duration;
    const auto now = newer.told.duration;
    return passed_at_once(base) && passed_at_once(newer) && now - before >= kLeastSlowdown &&
           static_cast<double>(now.count()) >= slower_factor_ * static_cast<double>(before.count());
  }

  void add_difference(Change change, const Seen* base, const Seen* newer, bool of_spec) {
    const bool failed_before = base != nullptr && base->standing == Standing::failed;
    const bool regression = is_regression(change) || (change == Change::flaky && flaky_fails_ && !failed_before);
    const auto told = [](const Seen* seen) { return seen == nullptr ? std::nullopt : std::optional(seen->told); };
    differences_.push_back({change, regression, test_->id, test_->kep, of_spec, told(base), told(newer)});
    if (of_spec) {
      told_by_specs_.insert(change);
    }
  }

  double slower_factor_;
  bool flaky_fails_;
  const model::TestCase* test_ = nullptr;
  bool case_regressed_ = false;
  std::set<Change> told_by_specs_;
  std::vector<Difference> differences_;
  int still_failing_ = 0;
};

ComparedRun head_of(const RunToCompare& run) {
  const model::RunStarted& started = run.record.started;
  const model::Verdict verdict = model::judge(run.record);
  ComparedRun head{.directory = run.directory,
                   .run_id = started.run_id,
                   .started = started.time,
                   .finished = run.record.finished.has_value(),
                   .context = started.cluster.context,
                   .kubernetes_version = started.cluster.kubernetes_version,
                   .counts = verdict.counts};
  if (verdict.counts.total > 0) {
    head.readiness = verdict.readiness;
    head.sentence = model::sentence(verdict);
  }
  for (const model::SuiteIdentity& suite : started.plan.suites) {
    head.suites.push_back(suite.version.empty() ? suite.name : fmt::format("{} {}", suite.name, suite.version));
  }
  head.windows_builds = report::windows_builds(started.cluster);
  return head;
}

}  // namespace

std::string_view to_string(Change change) {
  return model::name_of(kChanges, change);
}

Comparison compare(const RunToCompare& base, const RunToCompare& newer, double slower_factor) {
  const std::vector<CaseSeen> base_cases = cases_of(base.record);
  const std::vector<CaseSeen> newer_cases = cases_of(newer.record);
  Comparer comparer(slower_factor, newer.record.started.flaky_fails);
  for (const Pair<CaseSeen>& pair : paired(base_cases, newer_cases, case_keys(base.record, newer.record))) {
    comparer.add(pair);
  }
  Comparison comparison{.base = head_of(base), .newer = head_of(newer), .slower_factor = slower_factor};
  comparison.differences = comparer.take();
  comparison.still_failing = comparer.still_failing();
  return comparison;
}

bool has_regression(const Comparison& comparison) {
  return std::any_of(comparison.differences.begin(), comparison.differences.end(),
                     [](const Difference& difference) { return difference.regression; });
}

}  // namespace opready::publish
