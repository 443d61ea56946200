// SPDX-License-Identifier: Apache-2.0
// What a run says of each item of KEP-2578.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "opready/model/kep.hpp"
#include "opready/model/run_record.hpp"

namespace opready::report {

/// From the best to the worst, but for the last two, which say nothing against a cluster.
enum class ItemState {
  passed,          ///< A case that proves all of it passed, and nothing else about it failed.
  passed_in_part,  ///< Cases passed, but none that proves all of it.
  unprovable,      ///< No upstream spec proves it.
  unsettled,       ///< Something about it was skipped, not run, unproven, or could not be tested.
  failed,
  not_applicable,  ///< The KEP doesn't ask it of such a cluster.
  not_chosen,      ///< The run had no case about it.
};

struct ItemResult {
  model::KepItem item;
  ItemState state = ItemState::not_chosen;
  std::vector<const model::CaseRecord*> cases;  ///< About it, in the plan's order; they live as long as the record.
};

/// All items, in the KEP's order.
[[nodiscard]] std::vector<ItemResult> item_results(const model::RunRecord& record);

/// "passed in part"
[[nodiscard]] std::string_view to_string(ItemState state);

}  // namespace opready::report
