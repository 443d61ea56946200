// SPDX-License-Identifier: Apache-2.0
// Whose run is dead, and what of it goes.
#include "opready/cluster/repair.hpp"

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "opready/base/read_file.hpp"

#include "fake_capture.hpp"

namespace opready::cluster {
namespace {

using Json = nlohmann::json;
using Strings = std::vector<std::string>;

constexpr const char* kNow = "2026-01-31T08:15:30.000Z";
constexpr const char* kFresh = "2026-01-31T08:14:00.000Z";
constexpr const char* kStale = "2026-01-31T08:13:00.000Z";

/// An object of the run `run`. Its process has the number 1 where it has certainly ended, 2 where it certainly lives.
Json own(const std::string& name, const std::string& run, const char* heartbeat, int pid = 4711) {
  return {{"metadata",
           {{"name", name},
            {"uid", "uid-" + name},
            {"resourceVersion", "7"},
            {"labels", {{"app.kubernetes.io/managed-by", "op-readiness"}, {"op-readiness/run", run}}},
            {"annotations",
             {{"op-readiness/owner-host", "build-7"},
              {"op-readiness/owner-pid", std::to_string(pid)},
              {"op-readiness/heartbeat", heartbeat}}}}}};
}

Json with(Json object, const char* annotation, const std::string& value) {
  object["metadata"]["annotations"][annotation] = value;
  return object;
}

Json test_namespace(const std::string& name, const std::string& e2e_run) {
  return {{"metadata", {{"name", name}, {"uid", "uid-" + name}, {"labels", {{"e2e-run", e2e_run}}}}}};
}

Json node(const std::string& name, std::vector<std::pair<const char*, const char*>> taints) {
  Json list = Json::array();
  for (const auto& [key, value] : taints) {
    list.push_back({{"key", key}, {"value", value}, {"effect", "NoSchedule"}});
  }
  return {{"metadata", {{"name", name}, {"resourceVersion", "5"}}}, {"spec", {{"taints", list}}}};
}

std::string list(const std::vector<Json>& items) {
  return Json{{"items", items}}.dump();
}

Liveness liveness() {
  return {.now = *base::parse_rfc3339(kNow), .life_of = [](const process::Identity& process) {
            return process.pid == 1   ? process::Life::ended
                   : process.pid == 2 ? process::Life::alive
                                      : process::Life::unknown;
          }};
}

Strings whats(const RepairPlan& plan) {
  Strings result;
  for (const RepairAction& action : plan.actions) {
    result.push_back(action.what);
  }
  return result;
}

TEST(Repair, LeavesALivingRunAlone) {
  const ClusterObjects objects = {
      .policies = list({own("op-readiness-a", "a", kStale)}),  // The record beats, not the policy.
      .namespaces = list(
          {with(own("op-readiness-a", "a", kFresh), "op-readiness/e2e-runs", "e1"), test_namespace("dns-1", "e1")})};
  const RepairPlan plan = plan_repair(objects, liveness(), {});
  EXPECT_EQ(whats(plan), Strings{});
  EXPECT_EQ(plan.left, (Strings{"admission policy op-readiness-a: run a (process 4711 on build-7) is alive",
                                "namespace op-readiness-a: run a (process 4711 on build-7) is alive"}));
}

TEST(Repair, UndoesARunThatIsSilentAndItsRecordLast) {
  const ClusterObjects objects = {
      .policies = list({own("op-readiness-a", "a", kStale)}),
      .bindings = list({own("op-readiness-a", "a", kStale)}),
      .namespaces =
          list({with(own("op-readiness-a", "a", kStale), "op-readiness/e2e-runs", "e1 e2"),
                test_namespace("dns-1", "e1"), test_namespace("dns-2", "e2"), test_namespace("foreign", "e3")})};
  const RepairPlan plan = plan_repair(objects, liveness(), {});
  EXPECT_EQ(whats(plan), (Strings{"admission policy op-readiness-a", "admission policy binding op-readiness-a",
                                  "namespace dns-1", "namespace dns-2", "namespace op-readiness-a"}));
  EXPECT_EQ(plan.left, Strings{});
  EXPECT_EQ(plan.actions.front(),
            (RepairAction{.what = "admission policy op-readiness-a",
                          .run = "a",
                          .path = "/apis/admissionregistration.k8s.io/v1/mutatingadmissionpolicies/op-readiness-a",
                          .node = "",
                          .body = R"({"apiVersion":"v1","kind":"DeleteOptions","preconditions":{)"
                                  R"("resourceVersion":"7","uid":"uid-op-readiness-a"}})"}));
  EXPECT_EQ(plan.actions[2].path, "/api/v1/namespaces/dns-1");
  EXPECT_EQ(plan.actions[2].body, R"({"apiVersion":"v1","kind":"DeleteOptions","preconditions":{"uid":"uid-dns-1"}})");
  EXPECT_TRUE(plan.actions.back().is_record);
}

TEST(Repair, KnowsAtOnceThatAProcessHasEnded) {
  const ClusterObjects objects = {.namespaces = list({own("op-readiness-a", "a", kFresh, 1)})};
  EXPECT_EQ(whats(plan_repair(objects, liveness(), {})), Strings{"namespace op-readiness-a"});
}

TEST(Repair, SparesALivingProcessHoweverLongItWasSilent) {
  const ClusterObjects objects = {.namespaces = list({own("op-readiness-a", "a", "2026-01-01T00:00:00Z", 2)})};
  const RepairPlan plan = plan_repair(objects, liveness(), {});
  EXPECT_EQ(whats(plan), Strings{});
  EXPECT_EQ(plan.left, Strings{"namespace op-readiness-a: run a (process 2 on build-7) is alive"});
}

TEST(Repair, TakesAClockThatIsAheadForLife) {
  const ClusterObjects objects = {.namespaces = list({own("op-readiness-a", "a", "2026-01-31T09:00:00Z")})};
  EXPECT_EQ(whats(plan_repair(objects, liveness(), {})), Strings{});
}

TEST(Repair, TakesNoSilenceForDeathWhereItCannotHearTheHeart) {
  const ClusterObjects objects = {
      .policies = list({own("op-readiness-a", "a", kStale), own("op-readiness-b", "b", kStale, 1)})};
  const RepairPlan plan = plan_repair(objects, liveness(), {});
  EXPECT_EQ(whats(plan), Strings{"admission policy op-readiness-b"});  // Its process has ended.
  EXPECT_EQ(plan.left, Strings{"admission policy op-readiness-a: run a (process 4711 on build-7) may be alive"});
}

TEST(Repair, UndoesASilentRunWhoseRecordIsGone) {
  const ClusterObjects objects = {.policies = list({own("op-readiness-a", "a", kStale)}), .namespaces = list({})};
  EXPECT_EQ(whats(plan_repair(objects, liveness(), {})), Strings{"admission policy op-readiness-a"});
}

TEST(Repair, HearsTheHeartOfARunThatIsEnding) {
  Json going = with(own("op-readiness-a", "a", kFresh), "op-readiness/e2e-runs", "e1");
  going["metadata"]["deletionTimestamp"] = kNow;
  const std::string policies = list({own("op-readiness-a", "a", kStale)});
  EXPECT_EQ(whats(plan_repair({.policies = policies, .namespaces = list({going})}, liveness(), {})), Strings{});
}

TEST(Repair, LeavesNamespacesThatAnOrderlyEndLeft) {
  Json going = with(own("op-readiness-a", "a", kFresh, 1), "op-readiness/e2e-runs", "e1");
  going["metadata"]["deletionTimestamp"] = kNow;
  const ClusterObjects objects = {.namespaces = list({going, test_namespace("failed-1", "e1")})};
  EXPECT_EQ(whats(plan_repair(objects, liveness(), {})), Strings{});
}

TEST(Repair, TriesWhetherASilentRunIsStillSilentButNotWhetherAnEndedOneIs) {
  const auto trial = [](int pid) {
    const ClusterObjects objects = {.namespaces = list({own("op-readiness-a", "a", kStale, pid)})};
    return plan_repair(objects, liveness(), {}).actions.at(0).trial;
  };
  EXPECT_EQ(trial(4711), R"({"apiVersion":"v1","dryRun":["All"],"kind":"DeleteOptions","preconditions":{)"
                         R"("resourceVersion":"7","uid":"uid-op-readiness-a"}})");
  EXPECT_EQ(trial(1), "");
}

TEST(Repair, ShowsNothingOfOthersThatATerminalWouldObey) {
  Json object = with(own("op-readiness-a", "a", kFresh), "op-readiness/owner-host",
                     "x\x1b]0;owned\x07\nroot\xC2\x9B"
                     "1m");
  const RepairPlan plan = plan_repair({.namespaces = list({object})}, liveness(), {});
  EXPECT_EQ(plan.left, Strings{"namespace op-readiness-a: run a (process 4711 on x root\xEF\xBF\xBD"
                               "1m) is alive"});
}

TEST(Repair, TakesAwayRecordedTaintsOnly) {
  constexpr const char* kKey = "op-readiness/placement";
  const ClusterObjects objects = {
      .leases = list({with(own("op-readiness-placement", "a", kStale), "op-readiness/nodes", "linux-0 linux-1")}),
      .nodes = list({node("linux-0", {{"hand", "made"}, {kKey, "a"}, {kKey, "by-hand"}}), node("linux-1", {}),
                     node("linux-2", {{kKey, "a"}})})};
  const RepairPlan plan = plan_repair(objects, liveness(), {});
  EXPECT_EQ(whats(plan), (Strings{"taint op-readiness/placement=a of node linux-0", "Lease op-readiness-placement"}));
  EXPECT_EQ(plan.actions.front().node, "linux-0");
  EXPECT_EQ(Json::parse(plan.actions.front().body),
            (Json{{"metadata", {{"resourceVersion", "5"}}},
                  {"spec",
                   {{"taints", Json::array({{{"key", "hand"}, {"value", "made"}, {"effect", "NoSchedule"}},
                                            {{"key", kKey}, {"value", "by-hand"}, {"effect", "NoSchedule"}}})}}}}));
  EXPECT_EQ(plan.left, (Strings{"taint op-readiness/placement=by-hand of node linux-0: no run says that it set it",
                                "taint op-readiness/placement=a of node linux-2: no run says that it set it"}));
}

TEST(Repair, KeepsALivingRunsTaints) {
  const ClusterObjects objects = {
      .leases = list({with(own("op-readiness-placement", "a", kFresh), "op-readiness/nodes", "linux-0")}),
      .nodes = list({node("linux-0", {{"op-readiness/placement", "a"}})})};
  const RepairPlan plan = plan_repair(objects, liveness(), {});
  EXPECT_EQ(whats(plan), Strings{});
  EXPECT_EQ(plan.left, Strings{"Lease op-readiness-placement: run a (process 4711 on build-7) is alive"});
}

TEST(Repair, LeavesWhatDoesNotSayWhoseItIs) {
  Json nameless = own("op-readiness-a", "a", "long ago");
  Json foreign = own("op-readiness-b", "b", kStale);
  foreign["metadata"]["labels"].erase("app.kubernetes.io/managed-by");
  const ClusterObjects objects = {.policies = list({nameless, foreign})};
  const RepairPlan plan = plan_repair(objects, liveness(), {});
  EXPECT_EQ(whats(plan), Strings{});
  EXPECT_EQ(plan.left, Strings{"admission policy op-readiness-a: it doesn't say whose it is"});
}

TEST(Repair, LeavesWhatIsBeingRemovedAlready) {
  Json going = own("op-readiness-a", "a", kStale);
  going["metadata"]["deletionTimestamp"] = kNow;
  EXPECT_EQ(whats(plan_repair({.namespaces = list({going})}, liveness(), {})), Strings{});
}

TEST(Repair, CanBeOfOneRun) {
  const ClusterObjects objects = {.namespaces =
                                      list({own("op-readiness-a", "a", kStale), own("op-readiness-b", "b", kStale)})};
  EXPECT_EQ(whats(plan_repair(objects, liveness(), OwnerRecord{.owner = {"b", {}}})),
            Strings{"namespace op-readiness-b"});
}

TEST(Repair, SurvivesListsOfOtherShape) {
  for (const char* text :
       {"", "no json", "5", R"({"items": [5, null, {"metadata": 5}, {"metadata": {"labels": 5}}]})"}) {
    const RepairPlan plan = plan_repair({text, text, text, text, text}, liveness(), {});
    EXPECT_TRUE(plan.actions.empty() && plan.left.empty()) << text;
  }
}

/// A cluster with a dead run's policy and record. `refusals` deletions of the policy fail.
class FakeCluster {
 public:
  [[nodiscard]] process::Capture capture() {
    return [this](const std::vector<std::vector<std::string>>& commands, std::chrono::milliseconds) {
      std::vector<process::Captured> answers;
      for (const std::vector<std::string>& command : commands) {
        answers.push_back(answer(base::shell_joined(command)));
      }
      return answers;
    };
  }

  int refusals = 0;
  bool beats_meanwhile = false;  ///< Once the lists have been read.
  bool serves_policies = true;
  bool shows_nodes = true;
  bool has_policy = true;
  bool has_record = true;

 private:
  static bool is_trial(const std::string& command) {
    return base::read_file(
               command.substr(command.find("-f ") + 3, command.find(" --kubeconfig") - command.find("-f ") - 3))
               .find("dryRun") != std::string::npos;
  }

  process::Captured answer(const std::string& command) {
    const auto mentions = [&](const char* part) { return command.find(part) != std::string::npos; };
    if (mentions("delete --raw")) {
      if (is_trial(command)) {
        const bool beats = std::exchange(beats_meanwhile, false);
        record_heartbeat_ = beats ? kFresh : record_heartbeat_;
        return beats ? failed("Error from server (Conflict): it has changed") : printed("{}");
      }
      bool& there = mentions("/namespaces/") ? has_record : has_policy;
      if (mentions("mutatingadmissionpolicies/") && refusals-- > 0) {
        return failed("Error from server (Conflict): it has changed");
      }
      there = false;
      return printed("{}");
    }
    if (mentions("mutatingadmissionpolic")) {
      const bool policies = mentions("mutatingadmissionpolicies") && has_policy;
      return serves_policies ? printed(policies ? list({own("op-readiness-a", "a", kStale)}) : list({}))
                             : failed("Error from server (NotFound): no such resource");
    }
    if (mentions("/admissionregistration")) {
      return printed(serves_policies ? R"({"resources":[{"name":"mutatingadmissionpolicies"}]})" : "{}");
    }
    if (mentions("/nodes")) {
      return shows_nodes ? printed(list({})) : failed("Error from server (Forbidden): no nodes for you");
    }
    return printed(mentions("/api/v1/namespaces") && has_record ? list({own("op-readiness-a", "a", record_heartbeat_)})
                                                                : list({}));
  }

  const char* record_heartbeat_ = kStale;
};

Target target() {
  Target result;
  result.kubeconfig = "/k";
  result.context = "c";
  return result;
}

TEST(Repair, ReportsWhatItDid) {
  FakeCluster cluster;
  const RepairReport report = repair(target(), cluster.capture(), liveness());
  EXPECT_EQ(report.done, (Strings{"removed admission policy op-readiness-a", "removed namespace op-readiness-a"}));
  EXPECT_EQ(report.failed, Strings{});
  EXPECT_FALSE(cluster.has_policy || cluster.has_record);
}

TEST(Repair, TriesAgainAndKeepsTheRecordUntilAllElseIsUndone) {
  FakeCluster cluster;
  cluster.refusals = 2;
  EXPECT_EQ(repair(target(), cluster.capture(), liveness()).failed, Strings{});
  EXPECT_FALSE(cluster.has_policy || cluster.has_record);

  FakeCluster stubborn;
  stubborn.refusals = 1000;
  const RepairReport report = repair(target(), stubborn.capture(), liveness());
  EXPECT_EQ(report.done, Strings{});
  EXPECT_EQ(report.failed,
            Strings{"cannot remove admission policy op-readiness-a: Error from server (Conflict): it has changed"});
  EXPECT_TRUE(stubborn.has_record);
}

TEST(Repair, TouchesNothingOfARunWhoseHeartBeatsAfterAll) {
  FakeCluster cluster;
  cluster.beats_meanwhile = true;
  const RepairReport report = repair(target(), cluster.capture(), liveness());
  EXPECT_EQ(report.done, Strings{});
  EXPECT_EQ(report.failed, Strings{});
  EXPECT_EQ(report.left, (Strings{"admission policy op-readiness-a: run a (process 4711 on build-7) is alive",
                                  "namespace op-readiness-a: run a (process 4711 on build-7) is alive"}));
  EXPECT_TRUE(cluster.has_policy && cluster.has_record);
}

TEST(Repair, KeepsTheRecordWhereItCouldNotSeeEverything) {
  FakeCluster cluster;
  cluster.shows_nodes = false;
  const RepairReport report = repair(target(), cluster.capture(), liveness());
  EXPECT_EQ(report.unread, Strings{"cannot read the nodes: Error from server (Forbidden): no nodes for you"});
  EXPECT_TRUE(cluster.has_record);
  EXPECT_FALSE(cluster.has_policy);
}

TEST(Repair, ExpectsNoPoliciesOfAnOlderServer) {
  FakeCluster cluster;
  cluster.serves_policies = false;
  const RepairReport report = repair(target(), cluster.capture(), liveness());
  EXPECT_EQ(report.failed, Strings{});
  EXPECT_EQ(report.done, Strings{"removed namespace op-readiness-a"});
}

}  // namespace
}  // namespace opready::cluster
