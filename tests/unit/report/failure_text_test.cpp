// SPDX-License-Identifier: Apache-2.0
// Pictures of failures.
#include "opready/report/failure_text.hpp"

#include <gtest/gtest.h>

namespace opready::report {
namespace {

model::SpecResult failed(const std::string& name, const std::string& message, const std::string& failure) {
  model::SpecResult result;
  result.spec.name = name;
  result.status = model::SpecStatus::failed;
  result.message = message;
  result.failure = failure;
  return result;
}

TEST(FailureText, NamesFailedSpecsOnlyAndFallsBackToTheMessage) {
  model::CaseResult result;
  result.detail = "not shown, since a spec failed";
  result.specs = {failed("one", "in short", ""), failed("two", "", "at length"), failed("three", "", "")};
  result.specs.back().status = model::SpecStatus::passed;
  EXPECT_EQ(failure_text(result, Terminal{}),
            "  one\n"
            "    in short\n"
            "  two\n"
            "    at length\n");
}

TEST(FailureText, ShowsSixLinesWithoutBlankOnesAndCountsTheRest) {
  model::CaseResult result;
  result.specs = {failed("one", "", "1\n\n2\n \t\n3\n4\n5\n  6\n7\n8\n")};
  EXPECT_EQ(failure_text(result, Terminal{}),
            "  one\n    1\n    2\n    3\n    4\n    5\n      6\n    ... (2 more lines)\n");
}

TEST(FailureText, ShowsWhatKeptPodsWaitingBelowEachFailure) {
  model::CaseResult result;
  result.specs = {failed("one", "", "no luck"), failed("two", "", "")};
  result.specs[0].pods = model::SpecPods{.warnings = {{"FailedScheduling", "pod/x", std::string(500, 'x')}}};
  result.specs[1].pods = model::SpecPods{.warnings = std::vector<model::WarningEvidence>(8, {"Failed", "pod/y", "no"})};
  std::string expected =
      "  one\n    no luck\n    kept waiting: FailedScheduling pod/x: " + std::string(361, 'x') + "…\n";
  expected += "  two\n";
  for (int number = 0; number < 6; ++number) {
    expected += "    kept waiting: Failed pod/y: no\n";
  }
  EXPECT_EQ(failure_text(result, Terminal{}), expected + "    ... (2 more warnings)\n");
}

TEST(FailureText, CutsOverlongLinesAndForeignControls) {
  model::CaseResult result;
  result.specs = {failed("o\x1b[1mne\n", "", std::string(500, 'x'))};
  EXPECT_EQ(failure_text(result, Terminal{}), "  one\n    " + std::string(399, 'x') + "…\n");
}

TEST(FailureText, ShowsTwentySpecsAndCountsTheRest) {
  model::CaseResult result;
  std::string expected;
  for (int number = 1; number <= 22; ++number) {
    result.specs.push_back(failed("spec " + std::to_string(number), "", ""));
    expected += number <= 20 ? "  spec " + std::to_string(number) + "\n" : "";
  }
  EXPECT_EQ(failure_text(result, Terminal{}), expected + "  ... and 2 more failed specs\n");
}

TEST(FailureText, ShowsTheEndOfWhatACrashedChildSaid) {
  model::CaseResult result;
  result.detail = "1\n2\n3\n4\n5\n6\n7\n8";
  EXPECT_EQ(failure_text(result, Terminal{}), "    3\n    4\n    5\n    6\n    7\n    8\n");
  result.detail = "only";
  EXPECT_EQ(failure_text(result, Terminal{}), "    only\n");
  result.detail = "";
  EXPECT_EQ(failure_text(result, Terminal{}), "");
}

}  // namespace
}  // namespace opready::report
