// SPDX-License-Identifier: Apache-2.0
// Turns the attempts at a case into rows that no dashboard reads wrongly.
//
// Dashboards show the text of <failure> and not its message, and of a long text its beginning and its end: the
// essential sentence stands first and the path of the log last.
#include "junit_rows.hpp"

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "opready/model/attempts.hpp"
#include "opready/report/log_path.hpp"
#include "opready/report/pods_wording.hpp"
#include "opready/report/wording.hpp"

namespace opready::report {
namespace {

using junit::Case;
using junit::CaseKind;
using model::CaseResult;
using model::Outcome;
using model::SpecResult;
using model::SpecStatus;

/// "timed_out" as "timed out".
std::string in_words(std::string_view name) {
  std::string words(name);
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

/// "<what>: <why>", without saying the same twice.
std::string because(std::string_view what, std::string_view why) {
  if (why.empty() || why.starts_with(what)) {
    return std::string(why.empty() ? what : why);
  }
  return fmt::format("{}: {}", what, why);
}

std::string paragraphs(std::initializer_list<std::string_view> texts) {
  std::string all;
  for (const std::string_view text : texts) {
    all.erase(all.find_last_not_of('\n') + 1);
    if (!text.empty()) {
      all += all.empty() ? "" : "\n\n";
      all += text;
    }
  }
  return all;
}

/// Ginkgo's word for it, which readers of its reports know.
std::string ginkgo_state(SpecStatus status) {
  switch (status) {
    case SpecStatus::passed:
    case SpecStatus::failed:
    case SpecStatus::panicked:
    case SpecStatus::skipped:
      return std::string(to_string(status));
    case SpecStatus::timed_out:
      return "timedout";
    case SpecStatus::cancelled:
      return "interrupted";
    case SpecStatus::unproven:
    case SpecStatus::could_not_test:
      return "failed";  // Ginkgo knows no such thing, and the row has a <failure>.
  }
  return "failed";
}

/// The same for a case.
std::string ginkgo_state(Outcome outcome) {
  if (outcome == Outcome::passed) {
    return "passed";
  }
  if (outcome == Outcome::skipped || outcome == Outcome::not_run) {
    return "skipped";
  }
  if (outcome == Outcome::cancelled) {
    return "interrupted";
  }
  return outcome == Outcome::timed_out ? "timedout" : "failed";
}

/// A spec that the run's end left out, as opposed to one that was cut off.
bool never_reached(const SpecResult& spec) {
  return spec.status == SpecStatus::cancelled && spec.failure.empty();
}

bool has_status(const CaseResult& result, SpecStatus status) {
  return std::any_of(result.specs.begin(), result.specs.end(),
                     [&](const SpecResult& spec) { return spec.status == status; });
}

/// Whether the specs' rows leave something out that the outcome says.
bool needs_own_row(const CaseResult& result) {
  if (result.specs.empty()) {
    return true;
  }
  switch (result.outcome) {
    case Outcome::passed:
    case Outcome::skipped:
      return false;
    case Outcome::failed:
      // Detail stands for more than specs: a suite node that failed.
      return !result.detail.empty() ||
             !(has_status(result, SpecStatus::failed) || has_status(result, SpecStatus::panicked));
    case Outcome::timed_out:
      return !result.detail.empty() || !has_status(result, SpecStatus::timed_out);
    case Outcome::unproven:
      return !has_status(result, SpecStatus::unproven);
    case Outcome::could_not_test:
      return !has_status(result, SpecStatus::could_not_test);
    case Outcome::cancelled:
      return std::all_of(result.specs.begin(), result.specs.end(), [](const SpecResult& spec) {
        return never_reached(spec) || spec.status == SpecStatus::passed || spec.status == SpecStatus::skipped;
      });
    case Outcome::crashed:
    case Outcome::not_started:
    case Outcome::no_report:
    case Outcome::broken_report:
    case Outcome::nothing_selected:
    case Outcome::nothing_ran:
    case Outcome::not_run:
      return true;
  }
  return true;
}

/// The rows of one case, its attempts in order.
class Rows {
 public:
  Rows(const model::RunRecord& run, const model::CaseRecord& record) : run_(run), record_(record) {}

  std::vector<Case> take(JUnitAttempts attempts) {
    if (record_.attempts.empty()) {
      rows_.push_back(not_started_row());
      return std::move(rows_);
    }
    std::vector<CaseResult> results;
    results.reserve(record_.attempts.size());
    for (const model::AttemptRecord& attempt : record_.attempts) {
      results.push_back(model::result_of(model::CaseRecord{{}, {attempt}}));
    }
    const std::size_t first = attempts == JUnitAttempts::all ? 0 : results.size() - 1;
    const bool own_rows =
        std::any_of(results.begin() + static_cast<std::ptrdiff_t>(first), results.end(), needs_own_row);
    for (std::size_t index = first; index < results.size(); ++index) {
      add_attempt(record_.attempts[index], results[index], own_rows);
    }
    return std::move(rows_);
  }

 private:
  void add_attempt(const model::AttemptRecord& attempt, const CaseResult& result, bool own_row) {
    const std::string log = "log: " + log_path(attempt.started);
    if (own_row) {
      Case row = own_row_of(result, log);
      if (result.specs.empty() && attempt.finished && record_.planned.same_as.empty()) {
        row.duration = attempt.finished->duration;
      }
      rows_.push_back(std::move(row));
    }
    for (const SpecResult& spec : result.specs) {
      rows_.push_back(spec_row(spec, result, log));
    }
  }

  [[nodiscard]] Case named(std::string name, bool leaked) const {
    const model::TestCase& test = record_.planned.test;
    Case row;
    row.name = std::move(name);
    row.classname = fmt::format("{}.{}", test.category, test.id);
    row.properties.push_back({"description", test.description});
    if (!test.kep.empty()) {
      row.properties.push_back({"kep", test.kep});
    }
    if (!record_.planned.same_as.empty()) {
      row.properties.push_back({"ran_as", record_.planned.same_as});
    }
    if (leaked) {
      row.properties.push_back({"left_processes_behind", "true"});
    }
    return row;
  }

  [[nodiscard]] Case not_started_row() const {
    const CaseResult result = model::result_of(record_);
    Case row = named(record_.planned.test.id, false);
    row.status = ginkgo_state(result.outcome);
    if (model::is_failure(result.outcome)) {
      row.kind = CaseKind::failed;
      row.type = to_string(result.outcome);
      row.body = because(in_words(to_string(result.outcome)), result.reason);
      return row;
    }
    row.kind = CaseKind::skipped;
    row.message = because("not run", why_not_run(result));
    return row;
  }

  [[nodiscard]] std::string why_not_run(const CaseResult& result) const {
    if (record_.planned.not_run) {
      return because(in_words(to_string(*record_.planned.not_run)), result.reason);
    }
    if (!run_.stop) {
      return result.reason;
    }
    return run_.stop->reason == model::StopReason::signal ? "stopped by " + signal_name(run_.stop->signal)
                                                          : "the run was ended: " + run_.stop->detail;
  }

  [[nodiscard]] Case own_row_of(const CaseResult& result, const std::string& log) const {
    Case row = named(record_.planned.test.id, result.leaked);
    row.status = ginkgo_state(result.outcome);
    const std::string sentence = because(in_words(to_string(result.outcome)), result.reason);
    if (result.outcome == Outcome::skipped || result.outcome == Outcome::not_run) {
      row.kind = CaseKind::skipped;
      row.message = sentence;
    } else if (result.outcome != Outcome::passed) {
      row.kind = CaseKind::failed;
      row.type = to_string(result.outcome);
      row.body = paragraphs({sentence, result.detail, log});
    }
    return row;
  }

  [[nodiscard]] Case spec_row(const SpecResult& spec, const CaseResult& result, const std::string& log) const {
    Case row = named(fmt::format("{}: {}", record_.planned.test.id, spec.spec.name), result.leaked);
    row.status = ginkgo_state(spec.status);
    if (record_.planned.same_as.empty()) {  // Else its time stands in the rows of the case that ran.
      row.duration = spec.duration;
    }
    if (spec.pods) {
      row.properties.push_back({"pods", pods_text(*spec.pods)});
    }
    const std::string waiting = fmt::format("{}", fmt::join(waiting_lines(spec), "\n"));
    if (spec.status == SpecStatus::skipped) {
      row.kind = CaseKind::skipped;
      row.message = spec.message.empty() ? "it skipped itself and gave no reason" : spec.message;
    } else if (never_reached(spec)) {
      row.status = "skipped";
      row.kind = CaseKind::skipped;
      row.message = because("not run", spec.message);
    } else if (spec.status == SpecStatus::cancelled) {
      row.kind = CaseKind::failed;
      row.type = to_string(spec.status);
      row.body = paragraphs({because("cancelled", result.reason), spec.failure, waiting, log});
    } else if (spec.status != SpecStatus::passed) {
      row.kind = CaseKind::failed;
      row.type = to_string(spec.status);
      const std::string failure = spec.failure.empty() ? because(in_words(row.type), spec.message) : spec.failure;
      row.body = paragraphs({failure, waiting, log});
    }
    return row;
  }

  const model::RunRecord& run_;
  const model::CaseRecord& record_;
  std::vector<Case> rows_;
};

}  // namespace

std::vector<Case> case_rows(const model::RunRecord& run, const model::CaseRecord& record, JUnitAttempts attempts) {
  return Rows(run, record).take(attempts);
}

}  // namespace opready::report
