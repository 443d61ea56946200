// SPDX-License-Identifier: Apache-2.0
// The command that runs a failure again.
#include "opready/report/rerun_command.hpp"

#include <gtest/gtest.h>

namespace opready::report {
namespace {

TEST(RerunCommand, NamesTheRunAndTheCase) {
  EXPECT_EQ(rerun_command({}, "out", "core-network-dns"), "op-readiness --rerun-failed out --case core-network-dns");
}

TEST(RerunCommand, NamesTheRunOfTheAttemptWhereSeveralWereJoined) {
  model::AttemptRecord attempt;
  attempt.directory = "first";
  EXPECT_EQ(rerun_command(attempt, "joined", "dns"), "op-readiness --rerun-failed first --case dns");
}

TEST(RerunCommand, CanBePasted) {
  EXPECT_EQ(rerun_command({}, "my reports", "dns"), "op-readiness --rerun-failed 'my reports' --case dns");
}

}  // namespace
}  // namespace opready::report
