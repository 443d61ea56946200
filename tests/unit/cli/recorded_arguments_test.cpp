// SPDX-License-Identifier: Apache-2.0
// Command lines of earlier runs, and what is said in addition.
#include "opready/cli/recorded_arguments.hpp"

#include <gtest/gtest.h>

#include "opready/base/error.hpp"

namespace opready::cli {
namespace {

using Arguments = std::vector<std::string>;

std::string refusal(const Arguments& recorded, const Arguments& given) {
  try {
    (void)completed_arguments(recorded, given);
    return "(nothing was thrown)";
  } catch (const base::Error& error) {
    EXPECT_EQ(error.code(), base::ExitCode::usage);
    return error.what();
  }
}

TEST(RecordedArguments, StandInFrontOfThoseGiven) {
  EXPECT_EQ(completed_arguments({"run", "--category", "Core.*", "--jobs", "2"}, {"--resume", "out", "--jobs", "1"}),
            (Arguments{"--category", "Core.*", "--jobs", "2", "--resume", "out", "--jobs", "1"}));
  EXPECT_EQ(completed_arguments({"--strict"}, {"run", "--resume", "out"}), (Arguments{"--strict", "--resume", "out"}));
}

TEST(RecordedArguments, AreJoinedBehindTheDashesToo) {
  EXPECT_EQ(completed_arguments({"--strict", "--", "--a=1"}, {"--resume", "out", "--", "--b=2"}),
            (Arguments{"--strict", "--resume", "out", "--", "--a=1", "--b=2"}));
  EXPECT_EQ(completed_arguments({"--", "--a=1"}, {"--resume", "out"}), (Arguments{"--resume", "out", "--", "--a=1"}));
}

TEST(RecordedArguments, LeaveOutWhereTheReportsWent) {
  EXPECT_EQ(completed_arguments({"--report-dir", "out", "--strict", "--overwrite", "--report-dir=out"}, {}),
            Arguments{"--strict"});
}

TEST(RecordedArguments, LeaveOutWhatTheyTookUpThemselves) {
  EXPECT_EQ(completed_arguments({"--resume=a", "--resume-anyway", "--rerun-failed", "b", "--strict"}, {}),
            Arguments{"--strict"});
}

TEST(RecordedArguments, GiveWayToAnotherAnswer) {
  EXPECT_EQ(completed_arguments({"--case", "a", "--case=b", "--category", "Core.*"}, {"--case", "c"}),
            (Arguments{"--category", "Core.*", "--case", "c"}));
  EXPECT_EQ(completed_arguments({"--test-dir", "old", "--category=A"}, {"--test-directory=new", "--category", "B"}),
            (Arguments{"--test-directory=new", "--category", "B"}));
  EXPECT_EQ(completed_arguments({"--prepull", "--strict"}, {"--no-prepull"}), (Arguments{"--strict", "--no-prepull"}));
}

TEST(RecordedArguments, KeepWhatOnlyLooksLikeThat) {
  EXPECT_EQ(completed_arguments({"--filter", "--", "--report-dir=x"}, {}),
            (Arguments{"--filter", "--", "--report-dir=x"}));
}

TEST(RecordedArguments, HoldNoSecretThatIsNotSaidAgain) {
  const std::string expected =
      "the earlier run was given a secret as '{}', which its record doesn't hold: give it again";
  const auto of = [&](const std::string& option) {
    return std::string(expected).replace(expected.find("{}"), 2, option);
  };
  EXPECT_EQ(refusal({"--label", "pool=[redacted]"}, {"--resume", "out"}), of("--label"));
  EXPECT_EQ(refusal({"--label=pool=[redacted]"}, {"--resume", "out"}), of("--label"));
  EXPECT_EQ(refusal({"--", "--password=[redacted]"}, {"--resume", "out"}), of("--password"));
  EXPECT_EQ(refusal({"--", "--password=[redacted]"}, {"--password=x"}), of("--password"));
}

TEST(RecordedArguments, TakeSecretsThatAreSaidAgain) {
  EXPECT_EQ(completed_arguments({"--label", "pool=[redacted]", "--strict"}, {"--label=pool=x"}),
            (Arguments{"--strict", "--label=pool=x"}));
  EXPECT_EQ(completed_arguments({"--strict", "--", "--password=[redacted]"}, {"--", "--password=x"}),
            (Arguments{"--strict", "--", "--password=x"}));
}

TEST(RecordedArguments, TellWhetherTheyHoldAnOption) {
  EXPECT_TRUE(holds_option({"--rerun-failed", "out"}, "--rerun-failed"));
  EXPECT_TRUE(holds_option({"run", "--rerun-failed=out"}, "--rerun-failed"));
  EXPECT_FALSE(holds_option({"--strict", "--", "--rerun-failed"}, "--rerun-failed"));
}

}  // namespace
}  // namespace opready::cli
