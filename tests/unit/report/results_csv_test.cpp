// SPDX-License-Identifier: Apache-2.0
// Whole CSV files, and cells that look like something else.
#include "opready/report/results_csv.hpp"

#include <gtest/gtest.h>

#include "opready/testing/golden.hpp"

#include "sample_run.hpp"

namespace opready::report {
namespace {

TEST(ResultsCsv, ShowsAnEventfulRun) {
  opready::testing::expect_matches_golden("report/results.csv", results_csv(testing::sample_record()));
}

TEST(ResultsCsv, ShowsWherePodsRan) {
  opready::testing::expect_matches_golden("report/results_evidence.csv", results_csv(testing::evidence_record()));
}

/// The cell of a case's description.
std::string cell_of(const std::string& text) {
  model::RunRecord record;
  record.cases = {{testing::sample_case("c", "id", 0), {}}};
  record.cases[0].planned.test.description = text;
  const std::string csv = results_csv(record);
  const std::size_t begin = csv.find("\r\nc,id,") + 7;
  return csv.substr(begin, csv.find(",,,not_run", begin) - begin);
}

TEST(ResultsCsv, QuotesWhatWouldEndACell) {
  EXPECT_EQ(cell_of("plain"), "plain");
  EXPECT_EQ(cell_of("a,b"), "\"a,b\"");
  EXPECT_EQ(cell_of("say \"x\""), "\"say \"\"x\"\"\"");
  EXPECT_EQ(cell_of("two\nlines\r\n"), "two lines");
}

TEST(ResultsCsv, HasNoCellThatASpreadsheetTakesForAFormula) {
  EXPECT_EQ(cell_of("=1+1"), "'=1+1");
  EXPECT_EQ(cell_of("+1"), "'+1");
  EXPECT_EQ(cell_of("-1"), "'-1");
  EXPECT_EQ(cell_of("@SUM(A1)"), "'@SUM(A1)");
  EXPECT_EQ(cell_of("\t=1"), "\"'\t=1\"");
  EXPECT_EQ(cell_of("  =1"), "'  =1");
  EXPECT_EQ(cell_of("\r=1"), "' =1");
  EXPECT_EQ(cell_of("a=1"), "a=1");
  EXPECT_EQ(cell_of("＝1+1"), "'＝1+1");
  EXPECT_EQ(cell_of("＋1"), "'＋1");
  EXPECT_EQ(cell_of("－1"), "'－1");
  EXPECT_EQ(cell_of("＠SUM(A1)"), "'＠SUM(A1)");
  EXPECT_EQ(cell_of("\u00A0\u3000\uFEFF =1"), "'\u00A0\u3000\uFEFF =1");
  EXPECT_EQ(cell_of("\u00A0"), "\u00A0");
}

TEST(ResultsCsv, CutsWhatNoSpreadsheetTakes) {
  EXPECT_EQ(cell_of(std::string(100000, 'x')).size(), 8000U);
}

}  // namespace
}  // namespace opready::report
