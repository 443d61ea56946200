// SPDX-License-Identifier: Apache-2.0
// Arranges the rows of a run's cases by category, in one report or in one a case.
#include "opready/report/junit_report.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "opready/base/timestamp.hpp"

#include "junit_rows.hpp"

namespace opready::report {
namespace {

std::vector<junit::Property> run_properties(const model::RunRecord& record) {
  const model::RunStarted& started = record.started;
  std::vector<junit::Property> properties = {
      {"run_id", started.run_id},
      {"tool_version", started.tool_version},
      {"kubernetes_version", started.cluster.kubernetes_version},
      {"context", started.cluster.context},
      {"provider", started.provider},
      {"shard", started.shard ? model::to_string(*started.shard) : ""},
      {"placement", started.placement},
      {"evidence_lacks", fmt::format("{}", fmt::join(record.evidence_lacks, "; "))}};
  for (const model::SuiteIdentity& suite : started.plan.suites) {
    properties.push_back({suite.name + "_test_version", suite.version});
  }
  std::erase_if(properties, [](const junit::Property& property) { return property.value.empty(); });
  for (const auto& [name, value] : started.labels) {
    properties.push_back({"label." + name, value});
  }
  return properties;
}

junit::Suite empty_suite(const model::RunRecord& record, const std::string& category) {
  junit::Suite suite;
  suite.name = category;
  suite.timestamp = base::rfc3339(record.started.time);
  suite.properties = run_properties(record);
  return suite;
}

/// The place of each category among the chosen ones, from 0; one that the run's start doesn't name follows.
std::map<std::string, std::size_t> category_places(const model::RunRecord& record) {
  std::map<std::string, std::size_t> places;
  for (const std::string& category : record.started.categories) {
    places.try_emplace(category, places.size());
  }
  for (const model::CaseRecord& item : record.cases) {
    places.try_emplace(item.planned.test.category, places.size());
  }
  return places;
}

std::string file_name(std::size_t category, std::size_t number) {
  // Up to nine categories the first digit is the category's: what follows can be told from it.
  return fmt::format("junit_{}{}{}01.xml", category, category < 10 ? "" : "_", number);
}

}  // namespace

junit::Report junit_report(const model::RunRecord& record, JUnitAttempts attempts) {
  const std::map<std::string, std::size_t> places = category_places(record);
  junit::Report report;
  report.suites.resize(places.size());
  for (const auto& [category, place] : places) {
    report.suites[place] = empty_suite(record, category);
  }
  for (const model::CaseRecord& item : record.cases) {
    std::vector<junit::Case>& cases = report.suites[places.at(item.planned.test.category)].cases;
    std::vector<junit::Case> rows = case_rows(record, item, attempts);
    std::move(rows.begin(), rows.end(), std::back_inserter(cases));
  }
  std::erase_if(report.suites, [](const junit::Suite& suite) { return suite.cases.empty(); });
  return report;
}

std::vector<CaseReport> case_reports(const model::RunRecord& record, JUnitAttempts attempts) {
  const std::map<std::string, std::size_t> places = category_places(record);
  std::map<std::string, std::size_t> numbers;
  std::vector<CaseReport> files;
  for (const model::CaseRecord& item : record.cases) {
    const model::TestCase& test = item.planned.test;
    const std::size_t number = ++numbers[test.category];
    CaseReport file;
    file.file_name = file_name(places.at(test.category) + 1, number);
    file.report.category = test.category;
    file.report.name = test.description;
    junit::Suite& suite = file.report.suites.emplace_back(empty_suite(record, test.category));
    suite.index = std::to_string(number);
    suite.cases = case_rows(record, item, attempts);
    files.push_back(std::move(file));
  }
  return files;
}

}  // namespace opready::report
