// SPDX-License-Identifier: Apache-2.0
// Every enumerator's name is read back as itself.
#include <gtest/gtest.h>

#include "opready/model/outcome.hpp"
#include "opready/model/plan.hpp"
#include "opready/model/test_case.hpp"

namespace opready::model {
namespace {

template <typename Enum, typename Parse>
void expect_round_trip(Enum last, Parse parse) {
  for (int value = 0; value <= static_cast<int>(last); ++value) {
    const auto name = to_string(static_cast<Enum>(value));
    EXPECT_FALSE(name.empty()) << value;
    EXPECT_EQ(parse(name), static_cast<Enum>(value)) << name;
  }
  EXPECT_FALSE(parse("no such name"));
}

TEST(Names, RoundTrip) {
  expect_round_trip(Proves::none, parse_proves);
  expect_round_trip(Placement::none, parse_placement);
  expect_round_trip(Impact::reboots, parse_impact);
  expect_round_trip(NotRun::not_applicable, parse_not_run);
  expect_round_trip(SpecStatus::could_not_test, parse_spec_status);
  expect_round_trip(Outcome::could_not_test, parse_outcome);
}

TEST(Names, DescribeExits) {
  EXPECT_EQ(describe(ChildExit{.code = 1, .signal = {}}), "exit status 1");
  EXPECT_EQ(describe(ChildExit{.code = {}, .signal = 11}), "killed by SIGSEGV");
  EXPECT_EQ(describe(ChildExit{.code = {}, .signal = 40}), "killed by signal 40");
  EXPECT_EQ(describe(ChildExit{}), "not started");
}

}  // namespace
}  // namespace opready::model
