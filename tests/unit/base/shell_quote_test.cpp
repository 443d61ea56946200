// SPDX-License-Identifier: Apache-2.0
// Tests of shell quoting, against a table and against a shell.
#include "opready/base/shell_quote.hpp"

#include <array>
#include <cstdio>

#include <gtest/gtest.h>

namespace opready::base {
namespace {

TEST(ShellQuoted, QuotesWhereItMust) {
  const struct {
    std::string_view argument;
    std::string_view expected;
  } rows[] = {
      {"", "''"},
      {"plain", "plain"},
      {"--ginkgo.timeout=1h30m", "--ginkgo.timeout=1h30m"},
      {"os,node-role.kubernetes.io/master", "os,node-role.kubernetes.io/master"},
      {"a@b%c+d:e_f", "a@b%c+d:e_f"},
      {"two words", "'two words'"},
      {"it's", R"('it'\''s')"},
      {"'", R"(''\''')"},
      {"line\nbreak", "'line\nbreak'"},
      {"tab\t", "'tab\t'"},
      {R"(\[sig-network\] .*)", R"('\[sig-network\] .*')"},
      {"$HOME", "'$HOME'"},
      {"`id`", "'`id`'"},
      {"~", "'~'"},
      {"a*b?", "'a*b?'"},
      {"#comment", "'#comment'"},
      {"!history", "'!history'"},
      {"a;b|c&d", "'a;b|c&d'"},
      {"{a,b}", "'{a,b}'"},
      {"grün", "'grün'"},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(shell_quoted(row.argument), row.expected);
  }
}

TEST(ShellJoined, SeparatesByBlanks) {
  EXPECT_EQ(shell_joined({}), "");
  EXPECT_EQ(shell_joined({"e2e.test"}), "e2e.test");
  EXPECT_EQ(shell_joined({"e2e.test", "", "--ginkgo.focus=a b"}), "e2e.test '' '--ginkgo.focus=a b'");
}

TEST(ShellJoined, IsReadBackByAShell) {
  std::string every_byte;
  for (int c = 1; c < 256; ++c) {
    every_byte += static_cast<char>(c);
  }
  const std::string command = shell_joined({"printf", "%s|", every_byte, "", "it's", "line\n"});
  FILE* const shell = popen(command.c_str(), "r");
  ASSERT_NE(shell, nullptr);
  std::array<char, 1024> buffer{};
  const std::size_t length = std::fread(buffer.data(), 1, buffer.size(), shell);
  ASSERT_EQ(pclose(shell), 0);
  EXPECT_EQ(std::string_view(buffer.data(), length), every_byte + "||it's|line\n|");
}

}  // namespace
}  // namespace opready::base
