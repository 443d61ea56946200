// SPDX-License-Identifier: Apache-2.0
// What is made of kubectl's answers about a cluster that is to place pods.
#include "opready/cluster/placement_survey.hpp"

#include <gtest/gtest.h>

#include "fake_capture.hpp"

namespace opready::cluster {
namespace {

using Strings = std::vector<std::string>;

Target target() {
  Target result;
  result.kubeconfig = "/k";
  result.context = "c";
  return result;
}

const process::Captured kPolicies = printed(R"({"resources": [{"name": "x"}, {"name": "mutatingadmissionpolicies"}]})");
const process::Captured kServers = printed("lease.coordination.k8s.io/a\nlease.coordination.k8s.io/b\n");

PlacementSurvey survey(const std::vector<process::Captured>& answers) {
  FakeCapture fake(answers);
  return survey_placement(target(), fake.capture());
}

TEST(PlacementSurvey, AsksForPoliciesAndApiServers) {
  FakeCapture fake({kPolicies, kServers});
  const PlacementSurvey found = survey_placement(target(), fake.capture());
  EXPECT_EQ(fake.asked(),
            (Strings{"kubectl get --raw /apis/admissionregistration.k8s.io/v1 --kubeconfig /k --context c",
                     "kubectl get leases --namespace kube-system --selector "
                     "apiserver.kubernetes.io/identity=kube-apiserver -o name --kubeconfig /k --context c"}));
  EXPECT_EQ(found.unknown, "");
  EXPECT_TRUE(found.serves_policies);
  EXPECT_EQ(found.api_servers, 2);
}

TEST(PlacementSurvey, KnowsAServerWithoutPolicies) {
  EXPECT_FALSE(
      survey({printed(R"({"resources": [{"name": "validatingadmissionpolicies"}]})"), kServers}).serves_policies);
  EXPECT_EQ(
      no_policies_text("v1.34.4"),
      "the API server (v1.34.4) doesn't serve MutatingAdmissionPolicy (admissionregistration.k8s.io/v1: Kubernetes "
      "1.36 or newer), by which --place sends pods to Windows nodes. Other ways: install what `op-readiness "
      "generate admission-policy --for kyverno|gatekeeper` prints and run without --place, or `--place=taint`, "
      "which keeps pods off all Linux nodes while the run lasts");
}

TEST(PlacementSurvey, CanDoWithoutTheNumberOfServers) {
  const PlacementSurvey found = survey({kPolicies, failed("Error from server (Forbidden): no leases\n")});
  EXPECT_EQ(found.unknown, "");
  EXPECT_EQ(found.api_servers, 0);
}

TEST(PlacementSurvey, SaysWhatItCouldNotAsk) {
  EXPECT_EQ(survey({failed("no resources\n"), kServers}).unknown, "no resources");
}

TEST(TaintSurvey, NamesPodsThatOthersRunOnLinuxNodes) {
  const std::vector<Node> nodes = {{.name = "linux-0", .os = "linux"}, {.name = "win-0", .os = "windows"}};
  FakeCapture fake(
      {printed("kube-system  coredns-1  1/1  Running  0            9d  10.0.0.1  linux-0  <none>  <none>\n"
               "shop         cart-0     1/1  Running  3 (5m ago)   9d  10.0.0.2  linux-0  <none>  <none>\n"
               "shop         front-0    1/1  Running  0            9d  10.0.0.3  win-0    <none>  <none>\n"
               "shop         waits-0    0/1  Pending  0            9d  <none>    <none>   <none>  <none>\n"
               "dns-7        client     1/1  Running  0            9s  10.0.0.4  linux-0  <none>  <none>\n"),
       printed("dns-7   Active   9s\n")});
  const TaintSurvey found = survey_taint_mode(target(), nodes, fake.capture());
  EXPECT_EQ(found.unknown, "");
  EXPECT_EQ(found.endangered, Strings{"shop/cart-0 on linux-0"});
}

TEST(TaintSurvey, SaysThatItCouldNotAsk) {
  FakeCapture fake({failed("pods is forbidden\n"), printed("")});
  EXPECT_EQ(survey_taint_mode(target(), {}, fake.capture()).unknown, "pods is forbidden");
}

}  // namespace
}  // namespace opready::cluster
