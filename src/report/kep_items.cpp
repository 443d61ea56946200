// SPDX-License-Identifier: Apache-2.0
// Sums up cases by the KEP item that they bear on.
#include "opready/report/kep_items.hpp"

#include <algorithm>
#include <utility>

#include "opready/model/attempts.hpp"
#include "opready/model/names.hpp"

namespace opready::report {
namespace {

constexpr model::Names<7> kStates = {"passed", "passed in part", "not provable", "not settled",
                                     "failed", "not applicable", "not chosen"};

ItemState state_of_passed(const model::TestCase& test, const model::CaseResult& result) {
  const bool whole = std::all_of(result.specs.begin(), result.specs.end(), [](const model::SpecResult& spec) {
    return spec.status == model::SpecStatus::passed;
  });
  if (!whole) {
    return ItemState::unsettled;
  }
  return test.proves == model::Proves::all ? ItemState::passed : ItemState::passed_in_part;
}

ItemState state_of(const model::CaseRecord& record, bool flaky_fails) {
  using model::Outcome;
  const model::CaseResult result = model::result_of(record);
  if (flaky_fails && model::is_flaky(record)) {
    return ItemState::failed;
  }
  if (result.outcome == Outcome::passed) {
    return state_of_passed(record.planned.test, result);
  }
  if (record.planned.not_run == model::NotRun::not_applicable) {
    return ItemState::not_applicable;
  }
  if (record.planned.not_run == model::NotRun::no_upstream_spec) {
    return ItemState::unprovable;
  }
  return result.outcome == Outcome::failed || result.outcome == Outcome::timed_out ? ItemState::failed
                                                                                   : ItemState::unsettled;
}

/// A case that proves all makes up for others that can prove less, not for those that went wrong.
ItemState sum_of(const std::vector<ItemState>& states) {
  const auto has = [&](ItemState state) { return std::find(states.begin(), states.end(), state) != states.end(); };
  for (const ItemState state : {ItemState::failed, ItemState::unsettled, ItemState::passed, ItemState::passed_in_part,
                                ItemState::unprovable, ItemState::not_applicable}) {
    if (has(state)) {
      return state;
    }
  }
  return ItemState::not_chosen;
}

}  // namespace

std::vector<ItemResult> item_results(const model::RunRecord& record) {
  std::vector<ItemResult> results;
  for (const model::KepItem& item : model::kep_items()) {
    ItemResult result{.item = item, .state = ItemState::not_chosen, .cases = {}};
    std::vector<ItemState> states;
    for (const model::CaseRecord& candidate : record.cases) {
      if (candidate.planned.test.kep == item.id) {
        result.cases.push_back(&candidate);
        states.push_back(state_of(candidate, record.started.flaky_fails));
      }
    }
    result.state = sum_of(states);
    results.push_back(std::move(result));
  }
  return results;
}

std::string_view to_string(ItemState state) {
  return model::name_of(kStates, state);
}

}  // namespace opready::report
