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

/// No other attempt says more of `spec`.
bool counts_in(const CaseResult& sum, const SpecResult& spec) {
  const auto known = std::find_if(sum.specs.begin(), sum.specs.end(),
                                  [&](const SpecResult& candidate) { return candidate.spec.name == spec.spec.name; });
  return known == sum.specs.end() || *known == spec;
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
  Rows(const model::RunRecord& run, const model::CaseRecord& record) : run_(run), record_(record) {
    if (record.attempts.size() > 1) {
      flaky_ = model::is_flaky(record);
      flaky_specs_ = model::flaky_specs(record);
    }
  }

  std::vector<Case> take(JUnitAttempts attempts) {
    if (record_.attempts.empty()) {
      rows_.push_back(not_started_row());
    } else if (attempts == JUnitAttempts::all) {
      add_attempts();
    } else {
      add_last();
    }
    return std::move(rows_);
  }

 private:
  /// Where one attempt has a row of the case, each has: dashboards see a retry mend it. What tells nothing beside
  /// another attempt has none: dashboards would call the row skipped, or flaky.
  void add_attempts() {
    const CaseResult sum = model::result_of(record_);
    std::vector<CaseResult> results;
    results.reserve(record_.attempts.size());
    for (const model::AttemptRecord& attempt : record_.attempts) {
      results.push_back(model::result_of(attempt));
    }
    const auto tells = [&](const CaseResult& result) {
      return result.outcome != Outcome::cancelled || sum.outcome == Outcome::cancelled;
    };
    const bool own_rows = std::any_of(results.begin(), results.end(),
                                      [&](const CaseResult& result) { return tells(result) && needs_own_row(result); });
    for (std::size_t index = 0; index < results.size(); ++index) {
      const model::AttemptRecord& attempt = record_.attempts[index];
      if (own_rows && tells(results[index])) {
        rows_.push_back(own_row(results[index], attempt));
      }
      for (const SpecResult& spec : results[index].specs) {
        if (!model::tells_nothing(spec.status) || counts_in(sum, spec)) {
          rows_.push_back(spec_row(spec, results[index], attempt));
        }
      }
    }
  }

  /// A flake that is held against the run fails here, since no row of an earlier attempt does.
  void add_last() {
    const CaseResult result = model::result_of(record_);
    const bool hold_flakes = run_.started.flaky_fails;
    const bool case_fails = hold_flakes && flaky_ && flaky_specs_.empty();
    if (case_fails || needs_own_row(result)) {
      Case row = own_row(result, attempt_of(record_, result));
      rows_.push_back(case_fails ? failed_as_flaky(std::move(row), *first_failed(record_)) : std::move(row));
    }
    for (const SpecResult& spec : result.specs) {
      const model::AttemptRecord& attempt = attempt_of(record_, spec);
      Case row = spec_row(spec, attempt.finished ? attempt.finished->result : result, attempt);
      rows_.push_back(hold_flakes && is_flaky(spec)
                          ? failed_as_flaky(std::move(row), *first_failed(record_, spec.spec.name))
                          : std::move(row));
    }
  }

  [[nodiscard]] bool is_flaky(const SpecResult& spec) const {
    return std::find(flaky_specs_.begin(), flaky_specs_.end(), spec.spec.name) != flaky_specs_.end();
  }

  [[nodiscard]] static Case failed_as_flaky(Case row, const model::AttemptRecord& failed) {
    row.kind = CaseKind::failed;
    row.status = ginkgo_state(SpecStatus::failed);
    row.type = "flaky";
    row.body = paragraphs({fmt::format("flaky: it passed, but had failed in attempt {}: {}", failed.started.attempt,
                                       model::result_of(failed).reason),
                           "log: " + log_path(failed)});
    return row;
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
    if (const std::string stand_in = ran_as(record_); !stand_in.empty()) {
      row.properties.push_back({"ran_as", stand_in});
    }
    if (leaked) {
      row.properties.push_back({"left_processes_behind", "true"});
    }
    return row;
  }

  /// Time that another case took in this one's stead is counted there.
  [[nodiscard]] std::chrono::milliseconds own_time(std::chrono::milliseconds duration,
                                                   const model::AttemptRecord& attempt) const {
    return attempt.started.id == record_.planned.test.id ? duration : std::chrono::milliseconds{};
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
    const std::string reason = reason_text(run_, record_, result);
    row.message = because(
        "not run", record_.planned.not_run ? because(in_words(to_string(*record_.planned.not_run)), reason) : reason);
    return row;
  }

  [[nodiscard]] Case own_row(const CaseResult& result, const model::AttemptRecord& attempt) const {
    Case row = named(record_.planned.test.id, result.leaked);
    row.status = ginkgo_state(result.outcome);
    if (flaky_) {
      row.properties.push_back({"flaky", "true"});
    }
    if (result.specs.empty() && attempt.finished) {
      row.duration = own_time(attempt.finished->duration, attempt);
    }
    const std::string sentence = because(in_words(to_string(result.outcome)), result.reason);
    if (result.outcome == Outcome::skipped || result.outcome == Outcome::not_run) {
      row.kind = CaseKind::skipped;
      row.message = sentence;
    } else if (result.outcome != Outcome::passed) {
      row.kind = CaseKind::failed;
      row.type = to_string(result.outcome);
      row.body = paragraphs({sentence, result.detail, "log: " + log_path(attempt)});
    }
    return row;
  }

  [[nodiscard]] Case spec_row(const SpecResult& spec, const CaseResult& result,
                              const model::AttemptRecord& attempt) const {
    Case row = named(fmt::format("{}: {}", record_.planned.test.id, spec.spec.name), result.leaked);
    row.status = ginkgo_state(spec.status);
    row.duration = own_time(spec.duration, attempt);
    if (is_flaky(spec)) {
      row.properties.push_back({"flaky", "true"});
    }
    if (spec.pods) {
      row.properties.push_back({"pods", pods_text(*spec.pods)});
    }
    judge_spec(row, spec, result, "log: " + log_path(attempt));
    return row;
  }

  static void judge_spec(Case& row, const SpecResult& spec, const CaseResult& result, const std::string& log) {
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
  }

  const model::RunRecord& run_;
  const model::CaseRecord& record_;
  bool flaky_ = false;
  std::vector<std::string> flaky_specs_;
  std::vector<Case> rows_;
};

}  // namespace

std::vector<Case> case_rows(const model::RunRecord& run, const model::CaseRecord& record, JUnitAttempts attempts) {
  return Rows(run, record).take(attempts);
}

}  // namespace opready::report
