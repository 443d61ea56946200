// SPDX-License-Identifier: Apache-2.0
// A run as the sections of its page look at it: what each case came to, worked out once.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "opready/model/outcome.hpp"
#include "opready/model/run_record.hpp"
#include "opready/model/verdict.hpp"

namespace opready::report {

/// What a case or spec counts as: the groups of model::Counts, by which readers filter.
enum class State { passed, flaky, failed, unproven, untested, skipped, not_run };

/// Its class in the style sheet, such as "passed".
[[nodiscard]] std::string_view class_of(State state);
/// As readers call it, such as "could not test".
[[nodiscard]] std::string_view name_of(State state);

[[nodiscard]] State state_of(model::SpecStatus status);
[[nodiscard]] State state_of(model::Outcome outcome);

struct CaseView {
  const model::CaseRecord* record = nullptr;
  model::CaseResult result;
  State state = State::passed;
  bool flaky = false;
  std::string word;    ///< What became of it: more exact than the state, such as "timed out".
  std::string reason;  ///< One line; empty where it passed.
  std::chrono::milliseconds duration{};
  bool told = false;  ///< Its failure stands on the page, where links may lead; set when that is written.
};

struct RunView {
  const model::RunRecord* record = nullptr;
  std::string directory;  ///< The run's, as the user should see it.
  /// Of several joined runs their directories, the earliest begun first; else empty.
  std::vector<std::string> joined;
  model::Verdict verdict;
  std::vector<CaseView> cases;  ///< In the record's order.
};

/// `record` must outlive it.
[[nodiscard]] RunView view_of(const model::RunRecord& record, std::string_view directory);

/// Failed, unproven or untested: what the page shows one by one.
[[nodiscard]] bool is_failure(const CaseView& item);

}  // namespace opready::report
