// SPDX-License-Identifier: Apache-2.0
// Whether a run that ended may go on, and as what.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "opready/model/event.hpp"
#include "opready/model/run_record.hpp"

namespace opready::run {

/// In what a run prepared `now` isn't the one begun `then`, one fragment each ("e2e.test is v1.36.4, was v1.36.3"):
/// cluster, binaries, chosen cases, their specs, how they're started and placed. Time limits, jobs, labels and where
/// the kubeconfig lies don't count.
[[nodiscard]] std::vector<std::string> differences(const model::RunStarted& then, const model::RunStarted& now);

/// The run begun `then` as it goes on: its cases and specs, with what `now` knows of the binaries, the cluster, and how
/// each case is started; a case that `now` doesn't hold is started as before.
[[nodiscard]] model::RunStarted continued(model::RunStarted then, const model::RunStarted& now);

/// Cases of a plan by their ids, with the names of the specs that are meant; none: the whole case.
using PlanPart = std::map<std::string, std::vector<std::string>>;

/// What failed in the end, and can be run again without the rest.
[[nodiscard]] PlanPart failed_part(const model::RunRecord& record);

/// What `plan` holds itself, where that is no whole plan already.
[[nodiscard]] PlanPart part_of(const model::Plan& plan);

/// `plan` without the rest. Specs that it doesn't hold are left out; a case with none of them selects nothing.
void keep_only(const PlanPart& part, model::Plan& plan);

}  // namespace opready::run
