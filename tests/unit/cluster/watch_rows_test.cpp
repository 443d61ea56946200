// SPDX-License-Identifier: Apache-2.0
// Rows as kubectl 1.36.3 printed them, and lines that are none.
#include "opready/cluster/watch_rows.hpp"

#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace opready::cluster {
namespace {

TEST(NamespaceRow, IsReadAsKubectlPrintsIt) {
  const std::vector<std::pair<const char*, NamespaceRow>> table{
      {"ADDED      default           Active   27s   ", {"default", ""}},
      {"ADDED      e2e-a             Active   0s    ", {"e2e-a", ""}},
      {"MODIFIED   e2e-a             Active   0s    11111111-2222", {"e2e-a", "11111111-2222"}},
      {"MODIFIED   e2e-b             Terminating   9s      abc-1", {"e2e-b", "abc-1"}},
      {"DELETED    e2e-b             Terminating   9s      abc-1", {"e2e-b", "abc-1"}},
      {"ADDED      pods-1            Active   7m33s   5f0a.b_c   more", {"pods-1", "5f0a.b_c"}}};
  for (const auto& [line, row] : table) {
    EXPECT_EQ(parse_namespace_row(line), row) << line;
  }
}

TEST(NamespaceRow, IsNoOtherLine) {
  for (const char* line :
       {"", " ", "ADDED", "ADDED      default", "ADDED      default           Active", "default   Active   27s   x",
        "BOOKMARK   default           Active   27s   ", "ERROR      default           Active   27s   ",
        "ADDED      a b           Active   27s   ", "ADDED      default           Active   27s   run=1",
        "ADDED      \x1b[31m   Active   27s   ", "\xff\xfe"}) {
    EXPECT_EQ(parse_namespace_row(line), std::nullopt) << line;
  }
  EXPECT_EQ(parse_namespace_row("ADDED   " + std::string(254, 'a') + "   Active   1s   "), std::nullopt);
  EXPECT_EQ(parse_namespace_row("ADDED   a   Active   1s   " + std::string(64, 'a')), std::nullopt);
}

TEST(PodRow, IsReadAsKubectlPrintsIt) {
  const std::vector<std::pair<const char*, PodRow>> table{
      {"ADDED      e2e-a   p1    0/1   Pending   0     0s    <none>   <none>   <none>   <none>",
       {"e2e-a", "p1", "Pending", ""}},
      {"MODIFIED   e2e-a   p1    0/1   Pending   0     0s    <none>   linux-0   <none>   <none>",
       {"e2e-a", "p1", "Pending", "linux-0"}},
      {"MODIFIED   e2e-a   p3    1/1   Running   0     0s    10.0.0.2   win-0     <none>   1/1",
       {"e2e-a", "p3", "Running", "win-0"}},
      {"MODIFIED   e2e-b   p9    0/1   ErrImagePull   2 (0s ago)   1s    <none>     no-such-node   <none>   <none>",
       {"e2e-b", "p9", "ErrImagePull", "no-such-node"}},
      {"DELETED    e2e-b   p1    1/1   Terminating    0            2s    10.0.0.4   win-0          <none>   <none>",
       {"e2e-b", "p1", "Terminating", "win-0"}},
      {"ADDED      e2e-a   p1    0/1   Init:0/1   0     0s    <none>   node.example.com",
       {"e2e-a", "p1", "Init:0/1", "node.example.com"}}};
  for (const auto& [line, row] : table) {
    EXPECT_EQ(parse_pod_row(line), row) << line;
  }
}

TEST(PodRow, IsNoOtherLine) {
  for (const char* line :
       {"", "ADDED", "MODIFIED   e2e-a   p3    1/1   Running   0     0s    10.0.0.2",
        "BOOKMARK   e2e-a   p1    0/1   Pending   0     0s    <none>   linux-0   <none>   <none>",
        "ADDED      e2e-a   p1    one   Pending   0     0s    <none>   linux-0   <none>   <none>",
        "ADDED      e2e-a   p1    0/1   A   strange   reason   0     0s    <none>   linux-0   <none>   <none>",
        "ADDED      e2e-a   p1    0/1   A   reason   0     0s    <none>   linux-0   <none>   <none>",
        "ADDED      e2e-a   p1    0/1   Pending   0     0s    <none>   <unknown>   <none>   <none>",
        "ADDED      e2e-a   p1    0/1   Pending   0     0s    <none>   win\x1b[0m   <none>   <none>",
        "ADDED      e2e/a   p1    0/1   Pending   0     0s    <none>   win-0   <none>   <none>",
        "Error from server (Forbidden): pods is forbidden: User \"x\" cannot list resource \"pods\""}) {
    EXPECT_EQ(parse_pod_row(line), std::nullopt) << line;
  }
}

TEST(PodRow, HasAStatusThatCanBeShown) {
  const auto row = parse_pod_row("ADDED   a   p   0/1   \x1b[31mBad\x01   0   0s   <none>   win-0   <none>   <none>");
  ASSERT_TRUE(row);
  EXPECT_EQ(row->status, "Bad\uFFFD");
  const std::string status(1000, 's');
  const auto long_row = parse_pod_row("ADDED   a   p   0/1   " + status + "   0   0s   <none>   win-0");
  ASSERT_TRUE(long_row);
  EXPECT_EQ(long_row->status, std::string(64, 's'));
}

TEST(WarningRow, IsReadAsKubectlPrintsIt) {
  const std::vector<std::pair<const char*, WarningRow>> table{
      {"ADDED      e2e-a   0s    Warning   FailedScheduling   pod/p2   0/4 nodes are available: 4 node(s) didn't match "
       "Pod's node affinity/selector. no new claims to deallocate",
       {"e2e-a", "FailedScheduling", "pod/p2",
        "0/4 nodes are available: 4 node(s) didn't match Pod's node affinity/selector. no new claims to deallocate"}},
      {"ADDED      e2e-b   2m28s   Warning   FailedMount   pod/p9   MountVolume.SetUp failed   for volume \"x\"   and "
       "a "
       "tab...",
       {"e2e-b", "FailedMount", "pod/p9", "MountVolume.SetUp failed   for volume \"x\"   and a tab..."}},
      {"MODIFIED   e2e-b   5s (x3 over 10s)   Warning   BackOff   pod/p9   again",
       {"e2e-b", "BackOff", "pod/p9", "again"}},
      {"ADDED      e2e-b   <unknown>   Warning   FailedKillPod   pod/p9   ", {"e2e-b", "FailedKillPod", "pod/p9", ""}},
      {"DELETED    e2e-b   <unknown>   Warning   Failed          pod/p9   Failed to pull image \"x\": rpc error: code "
       "= "
       "Unknown desc = pull",
       {"e2e-b", "Failed", "pod/p9", "Failed to pull image \"x\": rpc error: code = Unknown desc = pull"}}};
  for (const auto& [line, row] : table) {
    EXPECT_EQ(parse_warning_row(line), row) << line;
  }
}

TEST(WarningRow, IsNoOtherLine) {
  for (const char* line : {"", "ADDED", "ADDED      e2e-b   0s   Normal   Scheduled   pod/p9   assigned",
                           "ADDED      e2e-b   <unknown>   Warning                 pod/p9   no reason",
                           "ADDED      e2e-b   <unknown>   Warning   NoObject                 xy",
                           "BOOKMARK   e2e-b   0s   Warning   Failed   pod/p9   x", "second line of a message"}) {
    EXPECT_EQ(parse_warning_row(line), std::nullopt) << line;
  }
}

TEST(WarningRow, HasAShortMessageWithoutSecretsAndEscapes) {
  const auto row =
      parse_warning_row("ADDED   a   0s   Warning   Failed   pod/p   \x1b[31mAuthorization: Bearer abcdef.secret");
  ASSERT_TRUE(row);
  EXPECT_EQ(row->message, "Authorization: Bearer [redacted]");
  const auto long_row = parse_warning_row("ADDED   a   0s   Warning   Failed   pod/p   " + std::string(5000, 'x'));
  ASSERT_TRUE(long_row);
  EXPECT_EQ(long_row->message, std::string(512, 'x'));
}

TEST(Rows, AreOneLineWhateverReturnsTheyHold) {
  const auto warning = parse_warning_row("ADDED   a   0s   Warning   Failed   pod/p   one\rtwo\r");
  ASSERT_TRUE(warning);
  EXPECT_EQ(warning->message, "one two ");
  const auto pod = parse_pod_row("ADDED   a   p   0/1   Pen\rding   0     0s    <none>   <none>   <none>   <none>");
  ASSERT_TRUE(pod);
  EXPECT_EQ(pod->status, "Pen ding");
}

}  // namespace
}  // namespace opready::cluster
