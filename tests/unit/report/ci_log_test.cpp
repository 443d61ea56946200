// SPDX-License-Identifier: Apache-2.0
// What is said to CI systems, and what they mustn't hear.
#include "opready/report/ci_log.hpp"

#include <gtest/gtest.h>

#include "recorded_output.hpp"
#include "sample_run.hpp"

namespace opready::report {
namespace {

const LogGroup kGroup{"dns_1", "[Core.Network] 1 / 3 - 100% of DNS"};

TEST(CiLog, SpeaksAsEachSystemWantsIt) {
  struct Row {
    CiLog log;
    std::string start;
    std::string end;
  };
  const Row table[] = {
      {CiLog::none, "[Core.Network] 1 / 3 - 100% of DNS\n", ""},
      {CiLog::github, "::group::[Core.Network] 1 / 3 - 100%25 of DNS\n", "::endgroup::\n"},
      {CiLog::gitlab,
       "\x1b[0Ksection_start:1769847330:dns_1[collapsed=true]\r\x1b[0K[Core.Network] 1 / 3 - 100% of DNS\n",
       "\x1b[0Ksection_end:1769847330:dns_1\r\x1b[0K\n"},
  };
  for (const Row& row : table) {
    EXPECT_EQ(group_start(row.log, kGroup, testing::sample_time()), row.start);
    EXPECT_EQ(group_end(row.log, kGroup, testing::sample_time()), row.end);
  }
}

TEST(WithoutCommands, PutsASpaceIntoWhatGitHubActsOn) {
  const std::pair<std::string, std::string> table[] = {
      {"", ""},
      {"a line\n", "a line\n"},
      {"::error::x", ": :error::x"},
      {"  \t::error::x\n::warning::y\n", "  \t: :error::x\n: :warning::y\n"},
      {"\xC2\xA0\xE3\x80\x80::error::x\n", "\xC2\xA0\xE3\x80\x80: :error::x\n"},
      {":::error::x\n", ": ::error::x\n"},
      {"time [case] ::error::x, fe80::1\n", "time [case] ::error::x, fe80::1\n"},
      {"time [case] ##[add-mask]x ##[error]y\n", "time [case] ## [add-mask]x ## [error]y\n"},
      {"::##[error]\n", ": :## [error]\n"},
      {"###[error]\n\n# [\n", "### [error]\n\n# [\n"},
  };
  for (const auto& [text, expected] : table) {
    EXPECT_EQ(without_commands(CiLog::github, text), expected);
  }
}

TEST(CiLogOutput, KeepsAllButCommandsFromGitHub) {
  testing::RecordedOutput log;
  CiLogOutput out(log, CiLog::github);
  out.write_command("::group::a\n");
  out.write("::group::b\n");
  EXPECT_EQ(log.take(), "::group::a\n: :group::b\n");
}

TEST(CiLogOutput, LeavesTextAloneElsewhere) {
  for (const CiLog system : {CiLog::none, CiLog::gitlab}) {
    testing::RecordedOutput log;
    CiLogOutput out(log, system);
    out.write_command("a\n");
    out.write("::group::b\n");
    EXPECT_EQ(log.take(), "a\n::group::b\n");
  }
}

}  // namespace
}  // namespace opready::report
