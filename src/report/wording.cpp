// SPDX-License-Identifier: Apache-2.0
// Words and colours of outcomes, verdicts and reasons.
#include "opready/report/wording.hpp"

#include <algorithm>
#include <cstring>
#include <set>

#include <fmt/format.h>

#include "opready/base/sanitize.hpp"

namespace opready::report {

std::string_view word(model::Outcome outcome) {
  using model::Outcome;
  switch (outcome) {
    case Outcome::passed:
      return "PASSED";
    case Outcome::failed:
      return "FAILED";
    case Outcome::skipped:
      return "SKIPPED";
    case Outcome::timed_out:
      return "TIMED OUT";
    case Outcome::crashed:
      return "CRASHED";
    case Outcome::cancelled:
      return "CANCELLED";
    case Outcome::not_started:
      return "NOT STARTED";
    case Outcome::no_report:
      return "NO REPORT";
    case Outcome::broken_report:
      return "BROKEN REPORT";
    case Outcome::nothing_selected:
      return "NOTHING SELECTED";
    case Outcome::nothing_ran:
      return "NOTHING RAN";
    case Outcome::not_run:
      return "NOT RUN";
    case Outcome::unproven:
      return "UNPROVEN";
    case Outcome::could_not_test:
      return "COULD NOT TEST";
  }
  return "UNKNOWN";
}

std::string in_words(std::string_view name) {
  std::string words(name);
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

Tone tone(model::Outcome outcome) {
  if (outcome == model::Outcome::unproven || outcome == model::Outcome::could_not_test) {
    return Tone::doubtful;  // They fail the run, but show nothing bad of the cluster.
  }
  if (model::is_failure(outcome)) {
    return Tone::bad;
  }
  return outcome == model::Outcome::passed ? Tone::good : Tone::doubtful;
}

Tone tone(model::Readiness readiness) {
  switch (readiness) {
    case model::Readiness::ready:
      return Tone::good;
    case model::Readiness::ready_except:
    case model::Readiness::incomplete:
      return Tone::doubtful;
    case model::Readiness::not_ready:
      return Tone::bad;
  }
  return Tone::plain;
}

std::string_view heading(model::NotRun reason) {
  using model::NotRun;
  switch (reason) {
    case NotRun::disruptive:
      return "needs --allow-disruptive";
    case NotRun::provider:
      return "not for this provider";
    case NotRun::other_version:
      return "not for this Kubernetes version";
    case NotRun::no_upstream_spec:
      return "no upstream spec proves it";
    case NotRun::selects_nothing:
      return "selects no spec";
    case NotRun::without_need:
      return "left out for what the cluster lacks";
    case NotRun::not_applicable:
      return "doesn't apply to this cluster";
    case NotRun::other_shard:
      return "in another shard";
  }
  return "not run";
}

std::string signal_name(int signal) {
  const char* name = ::sigabbrev_np(signal);
  return name != nullptr ? fmt::format("SIG{}", name) : fmt::format("signal {}", signal);
}

std::string stop_text(const model::StopRequested& stop) {
  switch (stop.reason) {
    case model::StopReason::signal:
      return "stopped by " + signal_name(stop.signal);
    case model::StopReason::time_limit:
    case model::StopReason::write_failure:
      return "stopped: " + one_line(stop.detail);
    case model::StopReason::failures:
      return fmt::format("stopped: {} (--fail-fast)", one_line(stop.detail));
  }
  return "stopped";
}

std::string reason_text(const model::RunRecord& run, const model::CaseRecord& record, const model::CaseResult& result) {
  const bool was_its_turn = record.planned.not_run || result.outcome != model::Outcome::not_run;
  return run.stop && !was_its_turn ? stop_text(*run.stop) : result.reason;
}

std::string attempt_suffix(int attempt) {
  return attempt > 1 ? fmt::format(" (attempt {})", attempt) : "";
}

std::string one_line(std::string_view foreign) {
  std::string text = base::sanitized(foreign);
  text.erase(text.find_last_not_of('\n') + 1);
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

std::string place_text(const model::Spec& spec) {
  return spec.file.empty() ? "" : fmt::format("{}:{}", one_line(spec.file), spec.line);
}

std::vector<std::string> windows_builds(const model::ClusterFacts& cluster) {
  std::set<std::string> builds;
  for (const model::NodeFacts& node : cluster.nodes) {
    if (node.os == "windows" && !node.build.empty()) {
      builds.insert(node.build);
    }
  }
  return {builds.begin(), builds.end()};
}

}  // namespace opready::report
