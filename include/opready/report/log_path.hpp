// SPDX-License-Identifier: Apache-2.0
// Which attempt something is from, and where its log lies.
#pragma once

#include <string>
#include <string_view>

#include "opready/model/run_record.hpp"

namespace opready::report {

/// "cases/core-network-dns/attempt-1/e2e.log", relative to the run's report directory unless it lies in another.
[[nodiscard]] std::string log_path(const model::AttemptRecord& attempt);
/// The same as the user should see it; `report_directory` is the run's own.
[[nodiscard]] std::string log_path(const model::AttemptRecord& attempt, std::string_view report_directory);

/// The attempt that the outcome of a case, `result`, is from. The case must have one.
[[nodiscard]] const model::AttemptRecord& attempt_of(const model::CaseRecord& record, const model::CaseResult& result);
/// The same for one of its specs.
[[nodiscard]] const model::AttemptRecord& attempt_of(const model::CaseRecord& record, const model::SpecResult& spec);

/// Null where none of its attempts failed.
[[nodiscard]] const model::AttemptRecord* first_failed(const model::CaseRecord& record);
/// The same for the spec called `spec`.
[[nodiscard]] const model::AttemptRecord* first_failed(const model::CaseRecord& record, std::string_view spec);

/// The case that ran in its stead; empty where it ran itself, or not at all.
[[nodiscard]] std::string ran_as(const model::CaseRecord& record);

}  // namespace opready::report
