// SPDX-License-Identifier: Apache-2.0
// Tests of counted nouns.
#include "opready/base/counted.hpp"

#include <gtest/gtest.h>

namespace opready::base {
namespace {

TEST(Counted, OnlyOneIsSingular) {
  EXPECT_EQ(counted(0, "case"), "0 cases");
  EXPECT_EQ(counted(1, "case"), "1 case");
  EXPECT_EQ(counted(17, "case"), "17 cases");
}

TEST(Counted, TakesAnIrregularPlural) {
  EXPECT_EQ(counted(0, "category", "categories"), "0 categories");
  EXPECT_EQ(counted(1, "category", "categories"), "1 category");
  EXPECT_EQ(counted(2, "category", "categories"), "2 categories");
}

}  // namespace
}  // namespace opready::base
