// SPDX-License-Identifier: Apache-2.0
// Runs made of a few words, to be compared.
#pragma once

#include <chrono>
#include <initializer_list>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "opready/model/run_record.hpp"

namespace opready::publish::testing {

/// A spec as a case selects it, and what it came to.
struct ASpec {
  std::string name;
  std::optional<model::SpecStatus> status = model::SpecStatus::passed;
  std::chrono::milliseconds duration = std::chrono::seconds(1);
};

/// Cases are added in the plan's order; settings of a case are about the one added last.
class ARun {
 public:
  ARun& of_case(const std::string& id, model::Outcome outcome, const std::vector<ASpec>& specs = {{"a spec"}}) {
    model::PlannedCase& planned = record_.cases.emplace_back().planned;
    planned.test.id = id;
    planned.test.category = "Core.Network";
    for (const ASpec& spec : specs) {
      planned.specs.push_back({spec.name, "", 0});
    }
    if (outcome == model::Outcome::not_run) {
      planned.not_run = model::NotRun::disruptive;
      planned.not_run_detail = "it reboots nodes";
      return *this;
    }
    return attempt(outcome, specs);
  }
  ARun& attempt(model::Outcome outcome, const std::vector<ASpec>& specs) {
    model::CaseRecord& item = record_.cases.back();
    model::AttemptRecord& attempt = item.attempts.emplace_back();
    attempt.started.id = item.planned.test.id;
    attempt.started.attempt = static_cast<int>(item.attempts.size());
    attempt.finished = model::CaseFinished{.id = item.planned.test.id, .attempt = attempt.started.attempt};
    attempt.finished->result.outcome = outcome;
    attempt.finished->result.reason = outcome == model::Outcome::passed ? "" : "it has a reason";
    for (const ASpec& spec : specs) {
      attempt.finished->duration += spec.duration;
      if (spec.status) {
        attempt.finished->result.specs.push_back(
            {.spec = {spec.name, "", 0}, .status = *spec.status, .duration = spec.duration});
      }
    }
    return *this;
  }
  ARun& kep(const std::string& item, const std::string& description = "") {
    last().test.kep = item;
    last().test.description = description;
    return *this;
  }
  ARun& not_applicable() {
    last().not_run = model::NotRun::not_applicable;
    return *this;
  }
  ARun& part() {
    last().part = true;
    return *this;
  }
  ARun& flaky_fails() {
    record_.started.flaky_fails = true;
    return *this;
  }
  ARun& in_other_shard(const std::string& id) {
    record_.in_other_shards.emplace_back().test.id = id;
    return *this;
  }
  model::RunStarted& started() { return record_.started; }
  [[nodiscard]] const model::RunRecord& record() const { return record_; }

 private:
  [[nodiscard]] model::PlannedCase& last() { return record_.cases.back().planned; }

  model::RunRecord record_;
};

}  // namespace opready::publish::testing
