// SPDX-License-Identifier: Apache-2.0
// Joins what was done in parts.
#include "opready/model/join.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "opready/base/error.hpp"

namespace opready::model {
namespace {

using std::chrono::milliseconds;

void require_one_cluster(const std::vector<JoinedRun>& runs) {
  const ClusterFacts& first = runs.front().record.started.cluster;
  for (const JoinedRun& run : runs) {
    const ClusterFacts& other = run.record.started.cluster;
    const bool told = !first.uid.empty() && !other.uid.empty();
    if (told ? first.uid != other.uid : first.server != other.server) {
      throw base::usage_error(
          fmt::format("the run in '{}' was against {}, and that in '{}' against {}: these are not one", run.directory,
                      other.server, runs.front().directory, first.server));
    }
  }
}

void require_different_runs(const std::vector<JoinedRun>& runs) {
  std::map<std::string, const JoinedRun*> known;
  for (const JoinedRun& run : runs) {
    const auto [same, is_new] = known.try_emplace(run.record.started.run_id, &run);
    if (!is_new) {
      throw base::usage_error(fmt::format("'{}' and '{}' hold the same run", same->second->directory, run.directory));
    }
  }
}

void require_all_shards(const std::vector<JoinedRun>& runs) {
  std::set<int> missing;
  const JoinedRun* first = nullptr;
  for (const JoinedRun& run : runs) {
    const std::optional<Shard>& shard = run.record.started.shard;
    if (!shard) {
      continue;
    }
    if (first == nullptr) {
      first = &run;
      for (int number = 1; number <= shard->count; ++number) {
        missing.insert(number);
      }
    }
    const Shard& known = *first->record.started.shard;
    if (shard->count != known.count) {
      throw base::environment_error(fmt::format("'{}' is one of {} shards, but '{}' is one of {}", run.directory,
                                                shard->count, first->directory, known.count));
    }
    missing.erase(shard->number);
  }
  if (!missing.empty()) {
    throw base::environment_error(fmt::format("shard{} {} of {} {} missing", missing.size() == 1 ? "" : "s",
                                              fmt::join(missing, ", "), first->record.started.shard->count,
                                              missing.size() == 1 ? "is" : "are"));
  }
}

CaseRecord* find_case(std::vector<CaseRecord>& cases, const std::string& id) {
  const auto found =
      std::find_if(cases.begin(), cases.end(), [&](const CaseRecord& item) { return item.planned.test.id == id; });
  return found == cases.end() ? nullptr : &*found;
}

/// Next to the others of its category, which belong together in reports.
void insert_case(std::vector<CaseRecord>& cases, CaseRecord item) {
  const auto last = std::find_if(cases.rbegin(), cases.rend(), [&](const CaseRecord& other) {
    return other.planned.test.category == item.planned.test.category;
  });
  cases.insert(last == cases.rend() ? cases.end() : last.base(), std::move(item));
}

/// True where some of them are new.
bool add_cases(std::vector<CaseRecord>& cases, JoinedRun& run) {
  bool any_new = false;
  for (CaseRecord& item : run.record.cases) {
    for (AttemptRecord& attempt : item.attempts) {
      attempt.directory = run.directory;
    }
    CaseRecord* const known = find_case(cases, item.planned.test.id);
    if (known == nullptr) {
      any_new = true;
      insert_case(cases, std::move(item));
      continue;
    }
    if (known->planned.not_run && !item.planned.not_run) {
      known->planned = std::move(item.planned);
    }
    std::move(item.attempts.begin(), item.attempts.end(), std::back_inserter(known->attempts));
    // A run that was resumed may have gone on after the other.
    std::stable_sort(
        known->attempts.begin(), known->attempts.end(),
        [](const AttemptRecord& left, const AttemptRecord& right) { return left.started.time < right.started.time; });
  }
  return any_new;
}

template <typename T, typename Same>
void add_missing(std::vector<T>& all, const std::vector<T>& more, const Same& same) {
  for (const T& item : more) {
    if (std::none_of(all.begin(), all.end(), [&](const T& known) { return same(known, item); })) {
      all.push_back(item);
    }
  }
}

void add_beginning(RunStarted& all, const RunStarted& more, bool has_new_cases) {
  add_missing(all.plan.suites, more.plan.suites,
              [](const SuiteIdentity& left, const SuiteIdentity& right) { return left.name == right.name; });
  add_missing(all.plan.notes, more.plan.notes, std::equal_to<>());
  add_missing(all.categories, more.categories, std::equal_to<>());
  add_missing(all.evidence_lacks, more.evidence_lacks, std::equal_to<>());
  all.labels.insert(more.labels.begin(), more.labels.end());
  all.whole_categories = all.whole_categories && (more.whole_categories || !has_new_cases);
  all.flaky_fails = all.flaky_fails || more.flaky_fails;
}

/// Cases of the plan that none of its shards performs, since they were not cut alike.
void require_every_case(std::vector<CaseRecord>& cases, const std::vector<JoinedRun>& runs) {
  for (const JoinedRun& run : runs) {
    for (const PlannedCase& planned : run.record.in_other_shards) {
      if (find_case(cases, planned.test.id) == nullptr) {
        throw base::environment_error(
            fmt::format("case {}, which '{}' leaves to another shard, is in none: these are shards of different plans",
                        planned.test.id, run.directory));
      }
    }
  }
}

bool is_done(const CaseRecord& item) {
  return item.planned.not_run || (!item.attempts.empty() && !was_interrupted(item.attempts.back()));
}

/// How long at least one of them was under way: shards run side by side.
milliseconds time_taken(const std::vector<JoinedRun>& runs) {
  milliseconds sum{};
  base::Timestamp until{};
  for (const JoinedRun& run : runs) {
    if (!run.record.finished) {
      continue;
    }
    const base::Timestamp end = run.record.finished->time;
    const base::Timestamp begin = std::max(until, end - run.record.finished->duration);
    sum += std::max(std::chrono::duration_cast<milliseconds>(end - begin), milliseconds{});
    until = std::max(until, end);
  }
  return sum;
}

/// One that was stopped is as good as finished where others did what it left.
void add_end(RunRecord& all, const std::vector<JoinedRun>& runs) {
  const bool complete = std::all_of(all.cases.begin(), all.cases.end(), is_done);
  for (const JoinedRun& run : runs) {
    const RunRecord& record = run.record;
    if (!record.finished && !complete) {
      all.finished.reset();
      return;
    }
    if (record.finished && (!all.finished || all.finished->time < record.finished->time)) {
      const std::optional<int> stopped_by = all.finished ? all.finished->stopped_by : std::nullopt;
      all.finished = record.finished;
      all.finished->stopped_by = record.finished->stopped_by ? record.finished->stopped_by : stopped_by;
    }
    if (record.stop) {
      all.stop = record.stop;
    }
  }
  if (complete) {
    all.stop.reset();
  }
  if (all.finished) {
    all.finished->duration = time_taken(runs);
    if (complete) {
      all.finished->stopped_by.reset();
    }
  }
}

}  // namespace

RunRecord join(std::vector<JoinedRun> runs) {
  require_one_cluster(runs);
  require_different_runs(runs);
  require_all_shards(runs);
  std::stable_sort(runs.begin(), runs.end(), [](const JoinedRun& left, const JoinedRun& right) {
    return left.record.started.time < right.record.started.time;
  });
  RunRecord all;
  all.started = runs.front().record.started;
  all.started.shard.reset();
  for (JoinedRun& run : runs) {
    all.joined.push_back(run.directory);
    const bool any_new = add_cases(all.cases, run);
    add_beginning(all.started, run.record.started, any_new);
    add_missing(all.evidence_lacks, run.record.evidence_lacks, std::equal_to<>());
  }
  require_every_case(all.cases, runs);
  add_end(all, runs);
  return all;
}

}  // namespace opready::model
