// SPDX-License-Identifier: Apache-2.0
// What is made of kubectl's answers about nodes.
#include "opready/cluster/nodes.hpp"

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "fake_capture.hpp"

namespace opready::cluster {
namespace {

using Kind = NodesUnknown::Kind;

Target target() {
  Target target;
  target.kubeconfig = "/k";
  target.context = "c";
  return target;
}

NodesAnswer ask(process::Captured nodes, process::Captured version, process::Captured system = failed(""),
                process::Captured daemon_sets = failed("")) {
  FakeCapture fake({std::move(nodes), std::move(version), std::move(system), std::move(daemon_sets)});
  return ask_nodes(target(), fake.capture());
}

std::string node(const std::string& os, const std::string& ready) {
  return R"({"metadata": {"labels": {"kubernetes.io/os": ")" + os + R"("}}, "status": {"conditions": [)" +
         R"({"type": "MemoryPressure", "status": "False"}, {"type": "Ready", "status": ")" + ready + R"("}]}})";
}

const process::Captured kVersion =
    printed(R"({"clientVersion": {"gitVersion": "v1.32.4"}, "serverVersion": {"gitVersion": "v1.36.3"}})");
const process::Captured kNoServerVersion = failed("", R"({"clientVersion": {"gitVersion": "v1.32.4"}})");

TEST(Nodes, AreAskedForSideBySideWithinAQuarterMinute) {
  FakeCapture fake({printed("{}"), kVersion, printed("{}"), printed("")});
  static_cast<void>(ask_nodes(target(), fake.capture()));
  EXPECT_EQ(fake.asked(),
            (std::vector<std::string>{"kubectl get nodes -o json --kubeconfig /k --context c",
                                      "kubectl version -o json --kubeconfig /k --context c",
                                      "kubectl get namespace kube-system -o json --kubeconfig /k --context c",
                                      "kubectl get daemonsets --all-namespaces -o name --kubeconfig /k --context c"}));
  EXPECT_EQ(fake.timeout(), std::chrono::seconds(15));
}

TEST(Nodes, AreCountedByTheirLabelWhereReady) {
  const std::string list = R"({"items": [)" + node("windows", "True") + "," + node("windows", "Unknown") + "," +
                           node("linux", "True") + "," + node("linux", "True") + "," + node("plan9", "True") +
                           R"(, {"metadata": {}}, {"metadata": {"labels": {"kubernetes.io/os": "linux"}}}]})";
  EXPECT_EQ(ask(printed(list), kVersion), NodesAnswer((NodeSummary{1, 2, "v1.36.3", {}, 2})));
}

TEST(Nodes, AreOpenWithoutATaintThatKeepsPodsAway) {
  const auto tainted = [](const std::string& effect, const std::string& key = "k") {
    return R"({"metadata": {"labels": {"kubernetes.io/os": "linux"}}, "spec": {"taints": [{"key": ")" + key +
           R"(", "effect": ")" + effect + R"("}]}, "status": {"conditions": [{"type": "Ready", "status": "True"}]}})";
  };
  const std::string list = R"({"items": [)" + tainted("NoSchedule") + "," + tainted("NoExecute") + "," +
                           tainted("PreferNoSchedule") + "," + tainted("NoSchedule", "op-readiness/placement") + "," +
                           node("linux", "True") + "]}";
  EXPECT_EQ(ask(printed(list), kVersion), NodesAnswer((NodeSummary{0, 5, "v1.36.3", {}, 3})));
}

TEST(Nodes, AreDescribedOneByOne) {
  const std::string windows = R"json({
    "metadata": {"name": "win-0", "labels": {"kubernetes.io/os": "windows"}},
    "spec": {"taints": [{"key": "os", "value": "windows", "effect": "NoSchedule"}, {"key": "x", "effect": "NoExecute"}]},
    "status": {"conditions": [{"type": "Ready", "status": "True"}],
               "nodeInfo": {"kernelVersion": "10.0.20348.4052", "osImage": "Windows Server 2022 Datacenter",
                            "containerRuntimeVersion": "containerd://1.7.27", "kubeletVersion": "v1.36.3"}}})json";
  const std::string linux_node = R"json({
    "metadata": {"name": "linux-0", "labels": {"kubernetes.io/os": "linux"}},
    "spec": {"unschedulable": true},
    "status": {"conditions": [{"type": "Ready", "status": "True"}],
               "nodeInfo": {"kernelVersion": "6.1.0-37-amd64", "osImage": "Debian GNU/Linux 12 (bookworm)"}}})json";
  const Node expected_windows{.name = "win-0",
                              .os = "windows",
                              .ready = true,
                              .schedulable = true,
                              .build = "10.0.20348",
                              .os_image = "Windows Server 2022 Datacenter",
                              .container_runtime = "containerd://1.7.27",
                              .kubelet = "v1.36.3",
                              .labels = {{"kubernetes.io/os", "windows"}},
                              .taints = {{"os", "windows", "NoSchedule"}, {"x", "", "NoExecute"}}};
  const Node expected_linux{.name = "linux-0",
                            .os = "linux",
                            .ready = true,
                            .schedulable = false,
                            .build = "",
                            .os_image = "Debian GNU/Linux 12 (bookworm)",
                            .labels = {{"kubernetes.io/os", "linux"}},
                            .taints = {}};
  EXPECT_EQ(ask(printed(R"({"items": [)" + windows + "," + linux_node + "]}"), kVersion),
            NodesAnswer((NodeSummary{1, 0, "v1.36.3", {expected_windows, expected_linux}})));
}

TEST(Nodes, HaveTheBuildThatTheirVersionBeginsWith) {
  const std::vector<std::pair<std::string, std::string>> table{
      {"10.0.26100.1", "10.0.26100"}, {"10.0.17763", "10.0.17763"}, {"10.0", "10.0"}, {"x", "x"}, {"", ""}};
  for (const auto& [version, build] : table) {
    const std::string item = R"({"metadata": {"name": "n", "labels": {"kubernetes.io/os": "windows"}}, "status": )"
                             R"({"nodeInfo": {"kernelVersion": ")" +
                             version + R"("}}})";
    const NodesAnswer answer = ask(printed(R"({"items": [)" + item + "]}"), kVersion);
    EXPECT_EQ(std::get<NodeSummary>(answer).nodes.at(0).build, build) << version;
  }
}

TEST(Nodes, AreThoseOfTheClusterThatItsOldestNamespaceTells) {
  const NodesAnswer answer =
      ask(printed(R"({"items": []})"), kVersion, printed(R"({"metadata": {"uid": "5f1c0a2e"}})"));
  EXPECT_EQ(std::get<NodeSummary>(answer).cluster_uid, "5f1c0a2e");
}

TEST(Nodes, AreOnTheNetworkThatDaemonSetsTell) {
  const NodesAnswer answer = ask(printed(R"({"items": []})"), kVersion, failed(""), printed("daemonset.apps/cilium\n"));
  EXPECT_EQ(std::get<NodeSummary>(answer).cni, "Cilium (by its DaemonSet cilium)");
}

TEST(Nodes, MayBeNone) {
  EXPECT_EQ(ask(printed(R"({"items": []})"), kNoServerVersion), NodesAnswer((NodeSummary{0, 0, "", {}})));
}

TEST(Nodes, AreUnknownWithoutKubectl) {
  EXPECT_EQ(ask(not_started(), not_started()),
            NodesAnswer(NodesUnknown{Kind::no_kubectl, "cannot start 'kubectl': no such file or directory"}));
}

TEST(Nodes, AreRefusedByAServerThatTellsItsVersion) {
  EXPECT_EQ(ask(failed("Error from server (Forbidden): nodes is forbidden\n"), kVersion),
            NodesAnswer(NodesUnknown{Kind::refused, "Error from server (Forbidden): nodes is forbidden"}));
}

TEST(Nodes, AreUnreachableWhereTheServerTellsNothing) {
  EXPECT_EQ(ask(failed("E1121 09:26:07 memcache.go:265] couldn't get current server API group list\n"
                       "The connection to the server 127.0.0.1:1111 was refused\n"),
                kNoServerVersion),
            NodesAnswer(NodesUnknown{Kind::unreachable, "The connection to the server 127.0.0.1:1111 was refused"}));
}

TEST(Nodes, AreUnreachableWhereNothingAnswersInTime) {
  process::Captured late;
  late.exit.signal = 9;
  late.timed_out = true;
  EXPECT_EQ(ask(late, late), NodesAnswer(NodesUnknown{Kind::unreachable, "no answer in time"}));
}

TEST(Nodes, AreUnknownWhereKubectlPrintsSomethingElse) {
  for (const char* out : {"", "no json", "[]", "{}", "5"}) {
    EXPECT_EQ(ask(printed(out), kVersion), NodesAnswer(NodesUnknown{Kind::refused, "kubectl printed no list of nodes"}))
        << out;
  }
}

TEST(Nodes, SurviveAListOfOtherShape) {
  const std::string list = R"({"items": [5, null, {"status": {"conditions": "x"}}, {"status": {"conditions": [1]}},
    {"metadata": {"name": "odd", "labels": []}, "spec": {"taints": [3, {"key": 4}]}, "status": {"nodeInfo": 1}}]})";
  Node odd;
  odd.name = "odd";
  EXPECT_EQ(ask(printed(list), kVersion), NodesAnswer((NodeSummary{0, 0, "v1.36.3", {odd}})));
}

TEST(Nodes, ReasonHoldsNoTokenAndNoEscapes) {
  const NodesAnswer answer = ask(failed("\x1b[31mbad Authorization: Bearer abcdef.secret.token\n"), kVersion);
  const std::string& reason = std::get<NodesUnknown>(answer).reason;
  EXPECT_EQ(reason.find("secret"), std::string::npos) << reason;
  EXPECT_EQ(reason.find('\x1b'), std::string::npos) << reason;
}

}  // namespace
}  // namespace opready::cluster
