// SPDX-License-Identifier: Apache-2.0
// Works out what each case came to.
#include "html/run_view.hpp"

#include <algorithm>

#include "opready/model/attempts.hpp"
#include "opready/report/wording.hpp"

namespace opready::report {
namespace {

CaseView view_of(const model::RunRecord& run, const model::CaseRecord& record) {
  CaseView view;
  view.record = &record;
  view.result = model::result_of(record);
  const bool flaky = model::is_flaky(record);
  view.state = state_of(view.result.outcome);
  if (flaky) {
    view.state = run.started.flaky_fails ? State::failed : State::flaky;
  }
  view.flaky = flaky;
  view.word = flaky ? "flaky" : in_words(model::to_string(view.result.outcome));
  view.reason = flaky && run.started.flaky_fails ? "it passed after failing, which counts as failed here"
                                                 : one_line(reason_text(run, record, view.result));
  view.duration = model::duration_of(record);
  return view;
}

}  // namespace

std::string_view class_of(State state) {
  switch (state) {
    case State::untested:
      return "untested";
    case State::not_run:
      return "notrun";
    case State::passed:
    case State::flaky:
    case State::failed:
    case State::unproven:
    case State::skipped:
      return name_of(state);
  }
  return "";
}

std::string_view name_of(State state) {
  switch (state) {
    case State::passed:
      return "passed";
    case State::flaky:
      return "flaky";
    case State::failed:
      return "failed";
    case State::unproven:
      return "unproven";
    case State::untested:
      return "could not test";
    case State::skipped:
      return "skipped";
    case State::not_run:
      return "not run";
  }
  return "";
}

State state_of(model::SpecStatus status) {
  switch (status) {
    case model::SpecStatus::passed:
      return State::passed;
    case model::SpecStatus::unproven:
      return State::unproven;
    case model::SpecStatus::could_not_test:
      return State::untested;
    case model::SpecStatus::skipped:
      return State::skipped;
    case model::SpecStatus::cancelled:
      return State::not_run;
    case model::SpecStatus::failed:
    case model::SpecStatus::panicked:
    case model::SpecStatus::timed_out:
      return State::failed;
  }
  return State::failed;
}

State state_of(model::Outcome outcome) {
  switch (outcome) {
    case model::Outcome::passed:
      return State::passed;
    case model::Outcome::unproven:
      return State::unproven;
    case model::Outcome::could_not_test:
      return State::untested;
    case model::Outcome::skipped:
      return State::skipped;
    case model::Outcome::cancelled:
    case model::Outcome::not_run:
      return State::not_run;
    case model::Outcome::failed:
    case model::Outcome::timed_out:
    case model::Outcome::crashed:
    case model::Outcome::not_started:
    case model::Outcome::no_report:
    case model::Outcome::broken_report:
    case model::Outcome::nothing_selected:
    case model::Outcome::nothing_ran:
      return State::failed;
  }
  return State::failed;
}

RunView view_of(const model::RunRecord& record, std::string_view directory) {
  RunView view{.record = &record,
               .directory = std::string(directory),
               .joined = record.joined.size() > 1 ? record.joined : std::vector<std::string>{},
               .verdict = model::judge(record),
               .cases = {}};
  view.cases.reserve(record.cases.size());
  for (const model::CaseRecord& item : record.cases) {
    view.cases.push_back(view_of(record, item));
  }
  return view;
}

bool is_failure(const CaseView& item) {
  return item.state == State::failed || item.state == State::unproven || item.state == State::untested;
}

}  // namespace opready::report
