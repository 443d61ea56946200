// SPDX-License-Identifier: Apache-2.0
// Which cluster is chosen, and what people are told where none can be.
#include "opready/cluster/kubeconfig.hpp"

#include <filesystem>
#include <string>
#include <sys/stat.h>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "opready/base/error.hpp"
#include "opready/base/read_file.hpp"
#include "opready/cluster/kubectl.hpp"
#include "opready/testing/temp_dir.hpp"

#include "fake_capture.hpp"

namespace opready::cluster {
namespace {

using opready::testing::TempDir;
using Commands = std::vector<std::string>;

constexpr const char* kTwoContexts = R"(apiVersion: v1
kind: Config
current-context: kind-a
contexts:
- name: kind-a
  context: {cluster: a, user: admin}
- name: kind-b
  context: {cluster: b, user: admin}
clusters:
- name: a
  cluster: {server: "https://127.0.0.1:6443", certificate-authority-data: c2VjcmV0}
- name: b
  cluster: {server: "https://10.0.0.2:6443"}
users:
- name: admin
  user: {token: very-secret}
)";

/// What `resolve_target` throws; its exit code must be 3.
std::string failure(const TargetRequest& request, FakeCapture fake = FakeCapture()) {
  try {
    static_cast<void>(resolve_target(request, fake.capture()));
  } catch (const base::Error& error) {
    EXPECT_EQ(error.code(), base::ExitCode::cannot_run);
    return error.what();
  }
  return "resolved";
}

Target resolve(const TargetRequest& request) {
  return resolve_target(request, FakeCapture().capture());
}

class Kubeconfig : public ::testing::Test {
 protected:
  /// A file with `text`, chosen by --kubeconfig.
  TargetRequest option(const std::string& text, std::string context = "") {
    TargetRequest request;
    request.kubeconfig_option = dir_.write("config", text);
    request.context_option = std::move(context);
    return request;
  }
  /// `message` with CONFIG as the path of `option`'s file.
  std::string with_path(std::string message) const {
    return message.replace(message.find("CONFIG"), 6, (dir_.path() / "config").string());
  }

  TempDir dir_;
};

TEST_F(Kubeconfig, GivesItsCurrentContextAndServer) {
  const TargetRequest request = option(kTwoContexts);
  const Target target = resolve(request);
  EXPECT_EQ(target.kubeconfig, request.kubeconfig_option);
  EXPECT_EQ(target.context, "kind-a");
  EXPECT_EQ(target.server, "https://127.0.0.1:6443");
  EXPECT_FALSE(target.in_cluster);
  EXPECT_EQ(target.private_directory, nullptr);
}

TEST_F(Kubeconfig, GivesTheContextAskedFor) {
  const Target target = resolve(option(kTwoContexts, "kind-b"));
  EXPECT_EQ(target.context, "kind-b");
  EXPECT_EQ(target.server, "https://10.0.0.2:6443");
}

TEST_F(Kubeconfig, MayBeJson) {
  const Target target = resolve(option(R"({"current-context": "x", "contexts": [{"name": "x", "context":
      {"cluster": "c"}}], "clusters": [{"name": "c", "cluster": {"server": "https://h"}}]})"));
  EXPECT_EQ(target.context, "x");
  EXPECT_EQ(target.server, "https://h");
}

TEST_F(Kubeconfig, ServerIsShownWithoutCredentials) {
  const Target target =
      resolve(option("current-context: x\ncontexts: [{name: x, context: {cluster: c}}]\n"
                     "clusters: [{name: c, cluster: {server: 'https://me:pw@h'}}]\n"));
  EXPECT_EQ(target.server.find("pw"), std::string::npos);
}

TEST_F(Kubeconfig, ThatCannotBeUsedIsExplained) {
  struct Row {
    std::string text;
    std::string context;
    std::string message;
  };
  const std::string in_file = "kubeconfig 'CONFIG' (from --kubeconfig)";
  const std::vector<Row> table{
      {kTwoContexts, "kind-c",
       "no context 'kind-c' in " + in_file + ", did you mean 'kind-a'? (its contexts: kind-a, kind-b)"},
      {kTwoContexts, "production", "no context 'production' in " + in_file + " (its contexts: kind-a, kind-b)"},
      {"current-context: ''\ncontexts: [{name: a, context: {cluster: c}}]\n", "",
       in_file + " has no current-context: give --context (its contexts: a)"},
      {"apiVersion: v1\n", "", in_file + " has no current-context: give --context (it has no contexts)"},
      {"current-context: x\ncontexts: null\n", "", "no context 'x' in " + in_file + " (it has no contexts)"},
      {"current-context: x\ncontexts: [{name: x, context: {cluster: c}}]\n", "",
       "context 'x' in " + in_file + " means the cluster 'c', which isn't there"},
      {"current-context: x\ncontexts: [{name: x, context: {cluster: c}}]\nclusters: [{name: c, cluster: {a: b}}]\n", "",
       "context 'x' in " + in_file + " means the cluster 'c', which has no server"},
      {"a: [b\n", "", "cannot read " + in_file + ": line 2: end of sequence flow not found"},
      {"token: very-secret\n  x: y\n", "", "cannot read " + in_file + ": line 2: illegal map value"},
      {"", "", "cannot read " + in_file + ": it holds no kubeconfig"},
      {"very-secret", "", "cannot read " + in_file + ": it holds no kubeconfig"},
  };
  for (const Row& row : table) {
    EXPECT_EQ(failure(option(row.text, row.context)), with_path(row.message)) << row.text;
  }
}

TEST_F(Kubeconfig, NamesTwentyContextsAtMost) {
  std::string text = "contexts:\n";
  for (char name = 'a'; name <= 'z'; ++name) {
    text += std::string("- {name: ") + name + ", context: {cluster: c}}\n";
  }
  EXPECT_EQ(failure(option(text)),
            with_path("kubeconfig 'CONFIG' (from --kubeconfig) has no current-context: give --context (its contexts: "
                      "a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, ...)"));
}

TEST_F(Kubeconfig, ThatIsAbsentOrADirectoryIsNamedWithItsSource) {
  TargetRequest request;
  request.kubeconfig_option = dir_.path() / "absent";
  EXPECT_EQ(failure(request), "cannot read kubeconfig '" + request.kubeconfig_option +
                                  "' (from --kubeconfig): no such file or directory");
  request.kubeconfig_option.clear();
  request.kubeconfig_variable = dir_.path();
  EXPECT_EQ(failure(request),
            "cannot read kubeconfig '" + request.kubeconfig_variable + "' (from $KUBECONFIG): is a directory");
}

TEST_F(Kubeconfig, IsTakenFromOptionVariablePodAndHomeInThisOrder) {
  const auto file = [&](const char* name, const std::string& server) {
    return dir_.write(name,
                      "current-context: x\ncontexts: [{name: x, context: {cluster: c}}]\n"
                      "clusters: [{name: c, cluster: {server: '" +
                          server + "'}}]\n");
  };
  TargetRequest request;
  request.kubeconfig_option = file("option", "https://option");
  request.kubeconfig_variable = file("variable", "https://variable");
  request.pod_server = "https://pod";
  request.home = file("home/.kube/config", "https://home").parent_path().parent_path();
  EXPECT_EQ(resolve(request).server, "https://option");
  request.kubeconfig_option.clear();
  EXPECT_EQ(resolve(request).server, "https://variable");
  request.kubeconfig_variable.clear();
  const Target pod = resolve(request);
  EXPECT_EQ(pod.server, "https://pod");
  EXPECT_TRUE(pod.in_cluster);
  EXPECT_EQ(pod.kubeconfig, "");
  EXPECT_EQ(pod.context, "");
  request.pod_server.clear();
  EXPECT_EQ(resolve(request).server, "https://home");
}

TEST(PodAccount, HasNoContexts) {
  TargetRequest request;
  request.pod_server = "https://pod";
  request.context_option = "x";
  EXPECT_EQ(failure(request), "no context 'x': a pod's own account has no contexts, so name a file with --kubeconfig");
}

TEST_F(Kubeconfig, ListWithOneExistingFileIsThatFile) {
  TargetRequest request;
  const std::string existing = dir_.write("one", kTwoContexts);
  request.kubeconfig_variable = ":/absent:" + existing + ":";
  EXPECT_EQ(resolve(request).kubeconfig, existing);
}

TEST_F(Kubeconfig, ListWithoutAnyExistingFileIsAFault) {
  TargetRequest request;
  request.kubeconfig_variable = "/absent:/absent2";
  EXPECT_EQ(failure(request), "none of the files of $KUBECONFIG exists: '/absent:/absent2'");
}

TEST_F(Kubeconfig, ListIsJoinedByKubectlIntoAPrivateFileThatGoesWithTheTarget) {
  TargetRequest request;
  request.kubeconfig_variable = dir_.write("one", "").string() + ":" + dir_.write("two", "").string();
  request.context_option = "kind-b";
  FakeCapture fake({printed(kTwoContexts)});
  std::filesystem::path joined;
  {
    const Target target = resolve_target(request, fake.capture());
    joined = target.kubeconfig;
    EXPECT_EQ(fake.asked(), Commands{"kubectl config view --raw --flatten"});
    EXPECT_EQ(target.server, "https://10.0.0.2:6443");
    EXPECT_EQ(base::read_file(joined), kTwoContexts);
    struct stat status{};
    ASSERT_EQ(::stat(joined.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
    ASSERT_EQ(::stat(joined.parent_path().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0700U);
  }
  EXPECT_FALSE(std::filesystem::exists(joined.parent_path()));
}

TEST_F(Kubeconfig, ListThatKubectlCannotJoinIsAFault) {
  TargetRequest request;
  request.kubeconfig_variable = dir_.write("one", "").string() + ":" + dir_.write("two", "").string();
  const std::string begin = "cannot join the files of $KUBECONFIG '" + request.kubeconfig_variable + "' by kubectl: ";
  EXPECT_EQ(failure(request, FakeCapture({not_started()})),
            begin + "cannot start 'kubectl': no such file or directory");
  EXPECT_EQ(failure(request, FakeCapture({failed("W0101 warning\nerror: yaml: line 3: bad\n")})),
            begin + "error: yaml: line 3: bad");
  EXPECT_EQ(failure(request, FakeCapture({failed("")})), begin + "exit status 1");
}

TEST(NoCluster, IsAFaultForARunAndAValueForAListing) {
  const TempDir home;
  TargetRequest request;
  request.home = home.path();
  const std::string message =
      "no cluster to test: give --kubeconfig or set $KUBECONFIG, since there is no ~/.kube/config";
  EXPECT_EQ(failure(request), message);
  const TargetLookup lookup = find_target(request, FakeCapture().capture());
  EXPECT_FALSE(lookup.target.has_value());
  EXPECT_EQ(lookup.why_not, message);
}

TEST(NoCluster, IsAValueWhereTheDefaultFileIsUnusable) {
  const TempDir home;
  home.write(".kube/config", "contexts: []\n");
  TargetRequest request;
  request.home = home.path();
  EXPECT_EQ(find_target(request, FakeCapture().capture()).why_not,
            "kubeconfig '" + (home.path() / ".kube/config").string() +
                "' (from the default place) has no current-context: give --context (it has no contexts)");
}

TEST(NoCluster, IsAFaultWhereTheUserNamedOne) {
  const TempDir home;
  for (const auto named :
       {&TargetRequest::kubeconfig_option, &TargetRequest::kubeconfig_variable, &TargetRequest::context_option}) {
    TargetRequest request;
    request.home = home.path();
    request.*named = "/absent";
    EXPECT_THROW(static_cast<void>(find_target(request, FakeCapture().capture())), base::Error);
  }
}

TEST(FindTarget, GivesTheTarget) {
  TargetRequest request;
  request.pod_server = "https://pod";
  const TargetLookup lookup = find_target(request, FakeCapture().capture());
  ASSERT_TRUE(lookup.target.has_value());
  EXPECT_EQ(lookup.target->server, "https://pod");
  EXPECT_EQ(lookup.why_not, "");
}

TEST(Kubectl, GetsTheTarget) {
  Target target;
  target.kubeconfig = "/k";
  target.context = "c";
  EXPECT_EQ(base::shell_joined(kubectl(target, {"get", "nodes"})), "kubectl get nodes --kubeconfig /k --context c");
}

TEST(Kubectl, IsKeptFromHomeWhereThePodsAccountIsUsed) {
  Target target;
  target.in_cluster = true;
  EXPECT_EQ(base::shell_joined(kubectl(target, {"version"})), "kubectl version --kubeconfig /dev/null");
}

}  // namespace
}  // namespace opready::cluster
