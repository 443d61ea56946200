// SPDX-License-Identifier: Apache-2.0
// Weighs exit status, signals, stops and report against each other.
#include "opready/run/classify.hpp"

#include <algorithm>
#include <csignal>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include <fmt/format.h>

#include "opready/base/counted.hpp"

namespace opready::run {
namespace {

using model::CaseResult;
using model::Outcome;
using model::SpecResult;
using model::SpecStatus;

struct Judgement {
  Outcome outcome = Outcome::passed;
  std::string reason;
  std::string detail;
};

std::size_t count_of(const std::vector<SpecResult>& specs, SpecStatus status) {
  return static_cast<std::size_t>(
      std::count_if(specs.begin(), specs.end(), [&](const SpecResult& spec) { return spec.status == status; }));
}

std::size_t count_failures(const std::vector<SpecResult>& specs) {
  return static_cast<std::size_t>(
      std::count_if(specs.begin(), specs.end(), [](const SpecResult& spec) { return model::is_failure(spec.status); }));
}

bool died_by_itself(const Evidence& evidence) {
  return evidence.end.exit.signal && !evidence.stopped;
}

bool cut_off_with_the_run(const Evidence& evidence) {
  return evidence.stopped && *evidence.stopped != StopCause::timeout;
}

/// Nobody here sends SIGKILL without having said so.
std::string hint(const Evidence& evidence) {
  return evidence.end.exit.signal == SIGKILL ? "; the kernel does that where memory runs out" : "";
}

/// Adds sources' places to reported specs, and the planned specs that the report doesn't show.
std::vector<SpecResult> complete_specs(const Evidence& evidence) {
  std::vector<SpecResult> specs = evidence.report ? evidence.report->specs : std::vector<SpecResult>();
  std::unordered_map<std::string, const model::Spec*> planned;
  for (const model::Spec& spec : evidence.planned) {
    planned.emplace(spec.name, &spec);
  }
  std::unordered_set<std::string> seen;
  for (SpecResult& result : specs) {
    seen.insert(result.spec.name);
    const auto known = planned.find(result.spec.name);
    if (known != planned.end()) {
      result.spec = *known->second;
    }
  }
  const bool ended_early = evidence.stopped || evidence.end.exit.signal || !evidence.report ||
                           !evidence.report->fault.empty() || evidence.report->timed_out ||
                           evidence.report->interrupted || !evidence.report->node_failures.empty();
  for (const model::Spec& spec : evidence.planned) {
    if (seen.insert(spec.name).second) {
      SpecResult& missing = specs.emplace_back();
      missing.spec = spec;
      missing.status = ended_early ? SpecStatus::cancelled : SpecStatus::skipped;
      missing.message = ended_early ? "not reached before the end" : "not run by e2e.test (pending, or renamed)";
    }
  }
  return specs;
}

Judgement judge_without_report(const Evidence& evidence) {
  const std::string how = model::describe(evidence.end.exit);
  if (cut_off_with_the_run(evidence)) {
    return {Outcome::cancelled, fmt::format("stopped before it wrote a report ({})", how), evidence.last_output};
  }
  if (evidence.stopped == StopCause::timeout) {
    return {Outcome::timed_out, fmt::format("its time was up and it wrote no report ({})", how), evidence.last_output};
  }
  if (died_by_itself(evidence)) {
    return {Outcome::crashed, fmt::format("e2e.test was {} and left no report{}", how, hint(evidence)),
            evidence.last_output};
  }
  return {Outcome::no_report, fmt::format("e2e.test left no report ({})", how), evidence.last_output};
}

/// What stands whatever the specs say: stops, crashes and broken reports.
std::optional<Judgement> judge_the_end(const Evidence& evidence, const std::vector<SpecResult>& specs) {
  const junit::GinkgoReport& report = *evidence.report;
  const bool cut_off = count_of(specs, SpecStatus::cancelled) > 0;
  if (evidence.stopped == StopCause::timeout) {
    return Judgement{Outcome::timed_out, "its time was up and it had to be ended", ""};
  }
  // A stop that came after the last spec changes nothing, and one that came after a failure doesn't undo it.
  if (cut_off_with_the_run(evidence) && cut_off && count_failures(specs) == 0) {
    return Judgement{Outcome::cancelled, "stopped in the middle", ""};
  }
  const bool ended_badly = evidence.end.exit.code != 0 || !report.node_failures.empty() || !report.fault.empty();
  if (cut_off_with_the_run(evidence) && ended_badly && count_failures(specs) == 0) {
    return Judgement{Outcome::cancelled, "stopped after its last spec", ""};
  }
  if (died_by_itself(evidence)) {
    return Judgement{Outcome::crashed,
                     fmt::format("e2e.test was {}{}", model::describe(evidence.end.exit), hint(evidence)),
                     evidence.last_output};
  }
  if (!report.fault.empty()) {
    return Judgement{Outcome::broken_report, report.fault, evidence.last_output};
  }
  return std::nullopt;
}

Judgement judge_failures(const Evidence& evidence, const std::vector<SpecResult>& specs) {
  if (!evidence.report->node_failures.empty()) {
    const junit::SuiteNodeFailure& node = evidence.report->node_failures.front();
    return {Outcome::failed, fmt::format("{} failed", node.name), node.failure};
  }
  const bool timed_out = evidence.report->timed_out || count_of(specs, SpecStatus::timed_out) > 0;
  const std::string how_many =
      specs.size() == 1 ? std::string("its spec")
                        : fmt::format("{} of {}", count_failures(specs), base::counted(specs.size(), "spec"));
  if (timed_out) {
    return {Outcome::timed_out, how_many + " ran out of time", ""};
  }
  return {Outcome::failed, how_many + " failed", ""};
}

Judgement judge_specs(const Evidence& evidence, const std::vector<SpecResult>& specs) {
  const std::string how = model::describe(evidence.end.exit);
  if (!evidence.report->node_failures.empty() || evidence.report->timed_out || count_failures(specs) > 0) {
    return judge_failures(evidence, specs);
  }
  if (count_of(specs, SpecStatus::cancelled) > 0) {
    return {Outcome::failed, "e2e.test was interrupted by somebody else", evidence.last_output};
  }
  if (evidence.end.exit.code != 0) {
    return {Outcome::failed, fmt::format("e2e.test ended with {} although its report names no failure", how),
            evidence.last_output};
  }
  if (count_of(specs, SpecStatus::passed) > 0) {
    return {};
  }
  if (evidence.report->specs.empty()) {
    return {Outcome::nothing_ran, "e2e.test ended well, but its report shows that no spec ran", evidence.last_output};
  }
  return {Outcome::skipped, evidence.report->specs.front().message, ""};
}

}  // namespace

CaseResult classify(const Evidence& evidence) {
  CaseResult result;
  result.exit = evidence.end.exit;
  result.leaked = evidence.end.leaked;
  result.specs = complete_specs(evidence);
  Judgement judgement;
  if (!evidence.report) {
    judgement = judge_without_report(evidence);
  } else if (auto early = judge_the_end(evidence, result.specs)) {
    judgement = std::move(*early);
  } else {
    judgement = judge_specs(evidence, result.specs);
  }
  result.outcome = judgement.outcome;
  result.reason = std::move(judgement.reason);
  result.detail = std::move(judgement.detail);
  return result;
}

}  // namespace opready::run
