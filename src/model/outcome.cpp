// SPDX-License-Identifier: Apache-2.0
// Names and judgements of outcomes.
#include "opready/model/outcome.hpp"

#include <algorithm>
#include <cstring>

#include <fmt/format.h>

#include "opready/model/names.hpp"

namespace opready::model {
namespace {

constexpr Names<8> kSpecStatuses = {"passed",    "failed",  "panicked", "timed_out",
                                    "cancelled", "skipped", "unproven", "could_not_test"};
constexpr Names<14> kOutcomes = {"passed",      "failed",      "skipped",   "timed_out",     "crashed",
                                 "cancelled",   "not_started", "no_report", "broken_report", "nothing_selected",
                                 "nothing_ran", "not_run",     "unproven",  "could_not_test"};

}  // namespace

std::string_view to_string(SpecStatus status) {
  return name_of(kSpecStatuses, status);
}
std::string_view to_string(Outcome outcome) {
  return name_of(kOutcomes, outcome);
}

std::optional<SpecStatus> parse_spec_status(std::string_view text) {
  return value_named<SpecStatus>(kSpecStatuses, text);
}

std::optional<Outcome> parse_outcome(std::string_view text) {
  return value_named<Outcome>(kOutcomes, text);
}

bool is_failure(SpecStatus status) {
  switch (status) {
    case SpecStatus::failed:
    case SpecStatus::panicked:
    case SpecStatus::timed_out:
    case SpecStatus::unproven:
    case SpecStatus::could_not_test:
      return true;
    case SpecStatus::passed:
    case SpecStatus::cancelled:
    case SpecStatus::skipped:
      return false;
  }
  return true;
}

bool tells_nothing(SpecStatus status) {
  return status == SpecStatus::skipped || status == SpecStatus::cancelled;
}

bool is_failure(Outcome outcome) {
  switch (outcome) {
    case Outcome::failed:
    case Outcome::timed_out:
    case Outcome::crashed:
    case Outcome::not_started:
    case Outcome::no_report:
    case Outcome::broken_report:
    case Outcome::nothing_selected:
    case Outcome::nothing_ran:
    case Outcome::unproven:
    case Outcome::could_not_test:
      return true;
    case Outcome::passed:
    case Outcome::skipped:
    case Outcome::cancelled:
    case Outcome::not_run:
      return false;
  }
  return true;
}

bool was_cut_off(const CaseResult& result) {
  return !result.exit.code || result.outcome == Outcome::cancelled || result.outcome == Outcome::timed_out ||
         std::any_of(result.specs.begin(), result.specs.end(), [](const SpecResult& spec) {
           return spec.status == SpecStatus::cancelled || spec.status == SpecStatus::timed_out;
         });
}

std::string describe(const ChildExit& exit) {
  if (exit.signal) {
    const char* name = ::sigabbrev_np(*exit.signal);
    return name != nullptr ? fmt::format("killed by SIG{}", name) : fmt::format("killed by signal {}", *exit.signal);
  }
  return exit.code ? fmt::format("exit status {}", *exit.code) : "not started";
}

}  // namespace opready::model
