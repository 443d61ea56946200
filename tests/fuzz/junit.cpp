// SPDX-License-Identifier: Apache-2.0
// A JUnit file of any origin is read as far as it goes, and what is written of it reads the same again.
#include <string>

#include "opready/junit/ginkgo_report.hpp"
#include "opready/junit/merge.hpp"
#include "opready/junit/reader.hpp"
#include "opready/junit/writer.hpp"
#include "opready/report/older_csv.hpp"

#include "target.hpp"

namespace opready::fuzz {
namespace {

std::size_t cases_of(const junit::Report& report) {
  std::size_t cases = 0;
  for (const junit::Suite& suite : report.suites) {
    cases += suite.cases.size();
  }
  return cases;
}

junit::Counters count_all(const junit::Report& report) {
  junit::Counters sum;
  for (const junit::Suite& suite : report.suites) {
    const junit::Counters counters = junit::count(suite.cases);
    sum.tests += counters.tests;
    sum.failures += counters.failures;
    sum.errors += counters.errors;
    sum.skipped += counters.skipped;
    sum.duration += counters.duration;
  }
  return sum;
}

void check_ginkgo(const junit::Report& report) {
  const junit::GinkgoReport ginkgo = junit::ginkgo_report(report);
  for (const model::SpecResult& spec : ginkgo.specs) {
    require_showable(spec.spec.name, "a spec's name");
    require_showable(spec.message, "a spec's message");
    require_showable(spec.failure, "a spec's failure");
    require(spec.failure.size() <= model::kMaxFailureText, "a failure's text is bounded");
    require(
        spec.failure.empty() == (spec.status == model::SpecStatus::passed || spec.status == model::SpecStatus::skipped),
        "what failed says why, and nothing else does");
  }
  for (const junit::SuiteNodeFailure& node : ginkgo.node_failures) {
    require_showable(node.name, "a suite node's name");
    require(!node.failure.empty(), "a suite node that failed says why");
  }
  require_showable(ginkgo.special_failure_reason, "the suite's reason");
}

void check_round_trip(const junit::Report& report) {
  const std::string written = junit::to_xml(report);
  require_showable(written, "a written report");
  const junit::Report again = junit::read_report(written, "again.xml");
  require(again.fault.empty(), "what we write is a JUnit file: " + again.fault);
  const junit::Counters before = count_all(report);
  const junit::Counters after = count_all(again);
  require(before.tests == after.tests && before.failures == after.failures && before.errors == after.errors &&
              before.skipped == after.skipped && before.duration == after.duration,
          "what is written counts as what was read");
}

}  // namespace

void junit(std::string_view input) {
  const junit::Report report = junit::read_report(std::string(input), "fuzz.xml");
  require(report.fault.empty() || report.fault.starts_with("fuzz.xml "), "a fault names the file");
  check_ginkgo(report);
  check_round_trip(report);

  require(cases_of(junit::reduced(report)) <= cases_of(report), "a reduced report holds no more than before");
  const junit::Report merged = junit::merged({{"fuzz.xml", report}, {"twin.xml", report}});
  require(cases_of(merged) == 2 * (cases_of(report) + (report.fault.empty() ? 0 : 1)),
          "a merged report holds every case, and a failing one for each broken file");
  check_round_trip(merged);

  const auto rows = report::older_rows({report});
  require(rows.size() >= cases_of(report), "the older tool's table has a row a case");
  require_showable(report::older_table(rows), "the older tool's table");
}

}  // namespace opready::fuzz
