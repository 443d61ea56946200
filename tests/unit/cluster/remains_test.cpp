// SPDX-License-Identifier: Apache-2.0
// What runs left, and what only looks so.
#include "opready/cluster/remains.hpp"

#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "fake_objects.hpp"

namespace opready::cluster {
namespace {

using Json = nlohmann::json;
using Strings = std::vector<std::string>;

Json binding_of(const Strings& namespaces) {
  Json subjects = Json::array();
  for (const std::string& name_space : namespaces) {
    subjects.push_back({{"kind", "ServiceAccount"}, {"name", "default"}, {"namespace", name_space}});
  }
  return {{"subjects", subjects}};
}

Json webhooks_of(const Strings& namespaces) {
  Json webhooks = Json::array();
  for (const std::string& name_space : namespaces) {
    webhooks.push_back({{"clientConfig", {{"service", {{"name", "s"}, {"namespace", name_space}}}}}});
  }
  return {{"webhooks", webhooks}};
}

Json api_of(const std::string& name_space) {
  return {{"spec", {{"service", {{"name", "s"}, {"namespace", name_space}}}}}};
}

class RemainsTest : public ::testing::Test {
 protected:
  RemainsTest() {
    target_.kubeconfig = "/k";
    target_.context = "c";
  }

  Remains find(const E2eTraces& traces) {
    Remains result;
    remover_.find(traces, [&](const Remains& remains) { result = remains; });
    loop_.run();
    return result;
  }

  Strings found(const E2eTraces& traces) {
    Strings whats;
    for (const Remnant& object : find(traces).objects) {
      whats.push_back(object.what);
    }
    return whats;
  }

  Removal remove(std::vector<Remnant> objects) {
    Removal result;
    remover_.remove(std::move(objects), [&](const Removal& removal) { result = removal; });
    loop_.run();
    return result;
  }

  process::EventLoop loop_;
  FakeObjects server_;
  FakeKubectl kubectl_{loop_, [this](const KubectlCall& call) { return server_.answer(call); }};
  Target target_;
  RemainsRemover remover_{{loop_, kubectl_, target_}};
};

TEST_F(RemainsTest, AreNamespacesWithTheLabelOfARun) {
  server_.add_namespace("dns-1", "run-a");
  server_.add_namespace("dns-2", "run-b");
  server_.add_namespace("dns-3", "run-c");
  server_.add_going("dns-4", "run-a");
  server_.add(kNamespaces, "dns-5");
  const Remains remains = find({.e2e_runs = {"run-a", "run-b"}, .namespaces = {}});
  EXPECT_EQ(remains.objects,
            (std::vector<Remnant>{
                {"namespace dns-1", "/api/v1/namespaces/dns-1",
                 R"({"apiVersion":"v1","kind":"DeleteOptions","preconditions":{"uid":"uid-dns-1"}})", "dns-1"},
                {"namespace dns-2", "/api/v1/namespaces/dns-2",
                 R"({"apiVersion":"v1","kind":"DeleteOptions","preconditions":{"uid":"uid-dns-2"}})", "dns-2"}}));
  EXPECT_EQ(remains.going, Strings{"dns-4"});
  EXPECT_EQ(remains.unread, Strings{});
}

TEST_F(RemainsTest, AreNothingOfRunsWithoutAnId) {
  server_.add(kNamespaces, "dns-1");
  server_.add(kBindings, "b", binding_of({""}));
  EXPECT_EQ(found({.e2e_runs = {""}, .namespaces = {}}), Strings{});
  EXPECT_EQ(kubectl_.commands(), Strings{"get --raw /api/v1/namespaces"});
}

struct Tie {
  std::string name;
  std::string collection;
  std::string object;
  Json rest;
  std::string what;  ///< Empty: it stays.
};

class TiesOfRemains : public RemainsTest, public ::testing::WithParamInterface<Tie> {};

TEST_P(TiesOfRemains, AreCertain) {
  server_.add_namespace("dns-1", "run-a");
  server_.add_namespace("theirs", "run-b");
  server_.add(GetParam().collection, GetParam().object, GetParam().rest);
  Strings expected{"namespace dns-1"};
  if (!GetParam().what.empty()) {
    expected.insert(expected.begin(), GetParam().what);
  }
  EXPECT_EQ(found({.e2e_runs = {"run-a"}, .namespaces = {"gmsa-full-test-windows-7", "gone-2"}}), expected);
}

INSTANTIATE_TEST_SUITE_P(
    Tables, TiesOfRemains,
    ::testing::Values(
        Tie{"binding", kBindings, "b", binding_of({"dns-1"}), "ClusterRoleBinding b"},
        Tie{"binding_of_what_is_gone", kBindings, "b", binding_of({"gone-2", "dns-1"}), "ClusterRoleBinding b"},
        Tie{"binding_for_others_too", kBindings, "b", binding_of({"dns-1", "kube-system"}), ""},
        Tie{"binding_of_another_run", kBindings, "b", binding_of({"theirs"}), ""},
        Tie{"binding_of_nobody", kBindings, "dns-1-b", binding_of({}), ""},
        Tie{"binding_without_subjects", kBindings, "dns-1-b", Json::object(), ""},
        Tie{"binding_of_a_user",
            kBindings,
            "b",
            {{"subjects", {{{"kind", "User"}, {"name", "u"}, {"namespace", "dns-1"}}}}},
            ""},
        Tie{"binding_with_a_name_that_is_a_path", kBindings, "?b", binding_of({"dns-1"}), ""},
        Tie{"binding_that_is_going",
            kBindings,
            "b",
            {{"metadata", {{"deletionTimestamp", "2026-01-31T08:15:30Z"}}},
             {"subjects", binding_of({"dns-1"})["subjects"]}},
            ""},
        Tie{"webhook", kMutating, "h", webhooks_of({"dns-1"}), "MutatingWebhookConfiguration h"},
        Tie{"webhook_for_others_too", kMutating, "h", webhooks_of({"dns-1", "theirs"}), ""},
        Tie{"webhook_elsewhere", kValidating, "h", {{"webhooks", {{{"clientConfig", {{"url", "https://x"}}}}}}}, ""},
        Tie{"webhook_of_gmsa", kValidating, "gmsa-webhook", webhooks_of({"gmsa-full-test-windows-7-webhook"}),
            "ValidatingWebhookConfiguration gmsa-webhook"},
        Tie{"webhook_of_another_gmsa", kValidating, "gmsa-webhook", webhooks_of({"gmsa-webhook"}), ""},
        Tie{"api", kApis, "v1.x", api_of("dns-1"), "APIService v1.x"},
        Tie{"api_of_the_server", kApis, "v1.apps", {{"spec", Json::object()}}, ""},
        Tie{"role", kRoles, "gmsa-full-test-windows-7-rbac-role", {}, "ClusterRole gmsa-full-test-windows-7-rbac-role"},
        Tie{"role_of_the_webhook",
            kRoles,
            "gmsa-full-test-windows-7-webhook-gmsa-webhook-rbac-role",
            {},
            "ClusterRole gmsa-full-test-windows-7-webhook-gmsa-webhook-rbac-role"},
        Tie{"role_that_begins_alike", kRoles, "gmsa-full-test-windows-77-rbac-role", {}, ""},
        Tie{"role_that_only_begins_with_a_namespace", kRoles, "dns-1-rbac-role", {}, ""},
        Tie{"request",
            kRequests,
            "gmsa-webhook.gmsa-full-test-windows-7-webhook",
            {},
            "CertificateSigningRequest gmsa-webhook.gmsa-full-test-windows-7-webhook"},
        Tie{"another_request", kRequests, "csr-1", {}, ""},
        Tie{"namespace_that_is_named_alike", kNamespaces, "dns-1-webhook", {}, ""}),
    [](const auto& test) { return test.param.name; });

TEST_F(RemainsTest, AreWebhookNamespacesThatOnlyTheNameTells) {
  const E2eTraces traces{.e2e_runs = {}, .namespaces = {"gmsa-full-test-windows-7", "gmsa-full-test-windows-8"}};
  server_.add(kNamespaces, "gmsa-full-test-windows-7-webhook",
              {{"metadata", {{"labels", {{"gmsa-webhook", "disabled"}}}}}});
  server_.add(kNamespaces, "gmsa-full-test-windows-8-webhook");  // The deploy script labels its own.
  EXPECT_EQ(found(traces), Strings{"namespace gmsa-full-test-windows-7-webhook"});
}

TEST_F(RemainsTest, AreNotWhatBelongsToANamespaceThatIsAnothersNow) {
  server_.add_namespace("dns-1", "run-b");
  server_.add(kBindings, "b", binding_of({"dns-1"}));
  EXPECT_EQ(found({.e2e_runs = {"run-a"}, .namespaces = {"dns-1"}}), Strings{});
}

TEST_F(RemainsTest, AreUnknownWhereTheyCannotBeRead) {
  server_.add_namespace("dns-1", "run-a");
  server_.forbidden = {kRoles};
  server_.unserved = {kMutating};
  const Remains remains = find({.e2e_runs = {"run-a"}, .namespaces = {}});
  EXPECT_EQ(remains.objects.size(), 1U);
  EXPECT_EQ(remains.unread, Strings{"cannot read the ClusterRoles: Error from server (Forbidden): not you"});
  server_.forbidden = {kNamespaces};
  EXPECT_EQ(find({.e2e_runs = {"run-a"}, .namespaces = {}}).unread,
            Strings{"cannot read the namespaces: Error from server (Forbidden): not you"});
}

TEST_F(RemainsTest, AreRemovedOneByOne) {
  for (int i = 10; i < 30; ++i) {
    server_.add_namespace("dns-" + std::to_string(i), "run-a");
  }
  const Remains remains = find({.e2e_runs = {"run-a"}, .namespaces = {}});
  server_.forbidden = {"/api/v1/namespaces/dns-12"};
  server_.remove("/api/v1/namespaces/dns-13");
  const Removal removal = remove(remains.objects);
  EXPECT_EQ(removal.failed, Strings{"cannot remove namespace dns-12: Error from server (Forbidden): not you"});
  ASSERT_EQ(removal.done.size(), 19U);
  EXPECT_EQ(removal.done.front(), "removed namespace dns-10");
  EXPECT_EQ(server_.deleted.front(), "/api/v1/namespaces/dns-10 uid-dns-10");
}

TEST_F(RemainsTest, AreRemovedAtOnceWhereThereIsNothing) {
  const Removal removal = remove({});
  EXPECT_EQ(removal.done, Strings{});
  EXPECT_EQ(kubectl_.commands(), Strings{});
}

}  // namespace
}  // namespace opready::cluster
