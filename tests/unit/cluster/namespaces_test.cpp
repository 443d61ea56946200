// SPDX-License-Identifier: Apache-2.0
// Namespaces that were left, as kubectl tells of them.
#include "opready/cluster/namespaces.hpp"

#include <gtest/gtest.h>

namespace opready::cluster {
namespace {

using std::chrono::seconds;

Target target() {
  Target result;
  result.kubeconfig = "/k";
  result.context = "practice";
  return result;
}

process::Capture answering(const std::string& out, std::vector<std::string>* asked = nullptr) {
  return [=](const std::vector<std::vector<std::string>>& commands, std::chrono::milliseconds) {
    if (asked != nullptr) {
      *asked = commands.front();
    }
    process::Captured captured;
    captured.out = out;
    captured.exit.code = out.empty() ? 1 : 0;
    return std::vector<process::Captured>{captured};
  };
}

constexpr const char* kList = R"({"items": [
  {"metadata": {"name": "services-1", "labels": {"e2e-run": "run-a"}}, "status": {"phase": "Active"}},
  {"metadata": {"name": "dns-2", "labels": {"e2e-run": "run-b"}}, "status": {"phase": "Terminating"}}]})";

TEST(Namespaces, AreThoseThatNobodyIsRemoving) {
  std::vector<std::string> asked;
  const auto found = namespaces_of({"run-a", "run-b"}, target(), answering(kList, &asked), seconds(3));
  EXPECT_EQ(found.namespaces, (std::vector<RunNamespace>{{"services-1", "run-a"}}));
  EXPECT_EQ(asked, (std::vector<std::string>{"kubectl", "get", "namespaces", "--selector", "e2e-run in (run-a,run-b)",
                                             "-o", "json", "--kubeconfig", "/k", "--context", "practice"}));
}

TEST(Namespaces, AreNotAskedForWithoutRuns) {
  const process::Capture never = [](const auto&, auto) -> std::vector<process::Captured> {
    ADD_FAILURE() << "kubectl was started";
    return {};
  };
  EXPECT_TRUE(namespaces_of({}, target(), never, seconds(3)).namespaces.empty());
}

TEST(Namespaces, AreUnknownWhereTheClusterDoesNotAnswer) {
  EXPECT_EQ(namespaces_of({"run-a"}, target(), answering(""), seconds(3)).unknown, "exit status 1");
  EXPECT_EQ(namespaces_of({"run-a"}, target(), answering("no JSON"), seconds(3)).unknown,
            "kubectl printed no list of namespaces");
  EXPECT_TRUE(namespaces_of({"run-a"}, target(), answering(R"({"items": [{}]})"), seconds(3)).namespaces.empty());
}

}  // namespace
}  // namespace opready::cluster
