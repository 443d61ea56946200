// SPDX-License-Identifier: Apache-2.0
// Reading and ordering of Kubernetes versions.
#include "opready/model/version.hpp"

#include <gtest/gtest.h>

namespace opready::model {
namespace {

TEST(Version, ReadsWhatPeopleAndProgramsWrite) {
  EXPECT_EQ(Version::parse("1.36")->text(), "v1.36.0");
  EXPECT_EQ(Version::parse("v1.36.3")->text(), "v1.36.3");
  EXPECT_EQ(Version::parse("v1.37.0-alpha.1+4711")->text(), "v1.37.0-alpha.1");
  EXPECT_EQ(Version::parse("1.30")->minor_text(), "1.30");
}

TEST(Version, RefusesWhatIsNone) {
  for (const char* text :
       {"", "v", "1", "1.", "1.x", "one.two", "1.36.", "1.36.3-", "1.36.3 ", "-1.2", "1.-2", "1.2.3.4"}) {
    EXPECT_FALSE(Version::parse(text)) << text;
  }
}

TEST(Version, OrdersAsSemanticVersionsAre) {
  const char* const ascending[] = {"1.9",
                                   "1.10",
                                   "1.36.0-alpha",
                                   "1.36.0-alpha.1",
                                   "1.36.0-alpha.2",
                                   "1.36.0-alpha.10",
                                   "1.36.0-beta",
                                   "1.36.0-rc.1",
                                   "1.36.0",
                                   "1.36.1",
                                   "2.0"};
  for (const char* const* lower = ascending; lower + 1 != std::end(ascending); ++lower) {
    EXPECT_LT(*Version::parse(lower[0]), *Version::parse(lower[1])) << lower[0] << " and " << lower[1];
    EXPECT_GT(*Version::parse(lower[1]), *Version::parse(lower[0])) << lower[0] << " and " << lower[1];
  }
}

TEST(Version, LeavesBuildMetadataOutOfTheOrder) {
  EXPECT_EQ(*Version::parse("1.36.3+a"), *Version::parse("v1.36.3+b"));
}

}  // namespace
}  // namespace opready::model
