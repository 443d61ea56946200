// SPDX-License-Identifier: Apache-2.0
// Tests of errors and their texts.
#include "opready/base/error.hpp"

#include <cerrno>

#include <gtest/gtest.h>

namespace opready::base {
namespace {

TEST(Error, CarriesItsExitCode) {
  EXPECT_EQ(usage_error("x").code(), ExitCode::usage);
  EXPECT_EQ(environment_error("x").code(), ExitCode::cannot_run);
}

TEST(Error, TakesContextInFront) {
  const Error error = usage_error("no such category").within("a.yaml").within("reading specs");
  EXPECT_STREQ(error.what(), "reading specs: a.yaml: no such category");
  EXPECT_EQ(error.code(), ExitCode::usage);
}

TEST(ErrnoText, IsAFragment) {
  EXPECT_EQ(errno_text(ENOENT), "no such file or directory");
  EXPECT_EQ(errno_text(EACCES), "permission denied");
  EXPECT_EQ(errno_text(EIO), "input/output error");
}

TEST(ErrnoText, KeepsAbbreviations) {
  EXPECT_EQ(errno_text(EDOTDOT), "RFS specific error");
}

}  // namespace
}  // namespace opready::base
