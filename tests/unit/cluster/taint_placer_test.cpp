// SPDX-License-Identifier: Apache-2.0
// Placement by taints: one run a cluster, and nothing changed that isn't written down.
#include "opready/cluster/taint_placer.hpp"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "opready/testing/fake_clock.hpp"

#include "fake_kubectl.hpp"

namespace opready::cluster {
namespace {

using Json = nlohmann::json;
using Strings = std::vector<std::string>;
using std::chrono::milliseconds;

constexpr const char* kLeases = "/apis/coordination.k8s.io/v1/namespaces/kube-system/leases";
const std::string kMakeLease = std::string("create --raw ") + kLeases;
const std::string kWriteLease = "patch lease op-readiness-placement --namespace kube-system --type merge -o name";
const std::string kGetLease = "get lease op-readiness-placement --namespace kube-system --ignore-not-found -o json";
const std::string kRemoveLease = std::string("delete --raw ") + kLeases + "/op-readiness-placement";
const std::string kGetNodes = "get nodes -o json";

std::string patch_of(const std::string& node) {
  return "patch node " + node + " --type merge -o name";
}

/// Keeps nodes and the Lease as an API server does, versions included.
class FakeServer {
 public:
  FakeServer() {
    for (const char* name : {"linux-0", "linux-1", "win-0"}) {
      const std::string os = std::string(name).starts_with("win") ? "windows" : "linux";
      nodes[name] = {{"metadata", {{"name", name}, {"labels", {{"kubernetes.io/os", os}}}, {"resourceVersion", "1"}}},
                     {"spec", Json::object()}};
    }
  }

  KubectlReply answer(const KubectlCall& call) {
    if (failures[call.command] > 0) {
      --failures[call.command];
      return {"", "Unable to connect to the server: EOF"};
    }
    if (call.command == slow_patch) {
      slow_patch.clear();
      deaf_ = true;
      KubectlReply late = act(call);
      late.after = milliseconds(30);
      return late;
    }
    if (deaf_ && call.command == kWriteLease) {
      deaf_ = ++missed_beats < 3;
      return {"", "Unable to connect to the server: EOF"};
    }
    const KubectlReply reply = act(call);
    return lost.erase(call.command) > 0 ? KubectlReply{"", "Unable to connect to the server: EOF"} : reply;
  }

  [[nodiscard]] std::string taints_of(const std::string& node) {
    return nodes[node]["spec"].value("taints", Json()).dump();
  }

  std::map<std::string, Json> nodes;
  Json lease;
  std::string removed_uid;
  int conflicts = 0;                    ///< So many patches of nodes come too late.
  std::map<std::string, int> failures;  ///< So often a command reaches nobody.
  std::set<std::string> lost;           ///< Commands whose next answer is lost.
  std::string slow_patch;               ///< A patch that takes so long that three heartbeats fail meanwhile.
  int missed_beats = 0;

 private:
  KubectlReply act(const KubectlCall& call) {
    if (call.command == kGetNodes) {
      Json list = {{"items", Json::array()}};
      for (const auto& [name, node] : nodes) {
        list["items"].push_back(node);
      }
      return {list.dump(), ""};
    }
    if (call.command == kGetLease) {
      return {lease.is_null() ? "" : lease.dump(), ""};
    }
    if (call.command == kMakeLease) {
      if (!lease.is_null()) {
        return {"", "Error from server (AlreadyExists): it exists"};
      }
      lease = Json::parse(call.body);
      lease["metadata"]["uid"] = "u1";
      return {lease.dump(), ""};
    }
    if (call.command == kWriteLease || call.command == kRemoveLease) {
      return lease.is_null() ? KubectlReply{"", "Error from server (NotFound): none"} : change_lease(call);
    }
    return patch(call);
  }

  KubectlReply change_lease(const KubectlCall& call) {
    const bool removes = call.command == kRemoveLease;
    const Json body = Json::parse(call.body);
    if (body.at(removes ? "preconditions" : "metadata").at("uid") != lease["metadata"]["uid"]) {
      return {"", "Error from server (Conflict): Precondition failed: UID in precondition"};
    }
    if (removes) {
      removed_uid = lease["metadata"]["uid"];
      lease = nullptr;
    } else {
      lease.merge_patch(body);
    }
    return {"{}", ""};
  }

  KubectlReply patch(const KubectlCall& call) {
    Json& node = nodes.at(call.command.substr(11, call.command.find(' ', 11) - 11));
    const Json patch = Json::parse(call.body);
    if (conflicts-- > 0 || patch.at("metadata").at("resourceVersion") != node["metadata"]["resourceVersion"]) {
      return {"", "Error from server (Conflict): the object has been modified"};
    }
    node["spec"]["taints"] = patch.at("spec").at("taints");
    node["metadata"]["resourceVersion"] =
        std::to_string(std::stoi(std::string(node["metadata"]["resourceVersion"])) + 1);
    return {"{}", ""};
  }

  bool deaf_ = false;
};

class TaintPlacerTest : public ::testing::Test {
 protected:
  TaintPlacerTest() {
    target_.kubeconfig = "/k";
    target_.context = "c";
    times_.first_pause = milliseconds(0);
    times_.longest_pause = milliseconds(1);
    times_.retry = milliseconds(1);
  }

  Placer::Done tell(const std::string& what) {
    return [this, what](const std::string& failure) {
      story_.push_back(what + (failure.empty() ? "" : ": " + failure));
      loop_.stop();
    };
  }

  Placer& placer() {
    if (!placer_) {
      placer_ = make_taint_placer({loop_, kubectl_, clock_, target_}, {"r1", {"build-7", "b", "p", 4711, 99}}, times_);
    }
    return *placer_;
  }

  void begin(model::Placement placement = model::Placement::windows) {
    placer().begin(placement, tell("begun"));
    loop_.run();
  }

  void end() {
    placer().end(tell("ended"));
    loop_.run();
  }

  static constexpr const char* kOurTaint = R"([{"effect":"NoSchedule","key":"op-readiness/placement","value":"r1"}])";

  process::EventLoop loop_;
  FakeServer server_;
  FakeKubectl kubectl_{loop_, [this](const KubectlCall& call) { return server_.answer(call); }};
  testing::FakeClock clock_;
  Target target_;
  PlacerTimes times_;
  std::unique_ptr<Placer> placer_;
  Strings story_;
};

TEST_F(TaintPlacerTest, WritesDownWhichNodesBeforeItTaintsThem) {
  begin();
  EXPECT_EQ(story_, Strings{"begun"});
  EXPECT_EQ(kubectl_.commands(), (Strings{kMakeLease, kWriteLease, kGetNodes, kWriteLease, patch_of("linux-0"),
                                          patch_of("linux-1"), kGetNodes}));
  EXPECT_EQ(server_.lease["metadata"]["annotations"]["op-readiness/nodes"], "linux-0 linux-1");
  EXPECT_EQ(server_.lease["spec"]["holderIdentity"], "run r1 (process 4711 on build-7)");
  EXPECT_EQ(server_.taints_of("linux-0"), kOurTaint);
  EXPECT_EQ(server_.taints_of("linux-1"), kOurTaint);
  EXPECT_EQ(server_.taints_of("win-0"), "null");
}

TEST_F(TaintPlacerTest, UndoesExactlyWhatItDid) {
  server_.nodes["linux-0"]["spec"]["taints"] = {
      {{"key", "op-readiness/placement"}, {"value", "by-hand"}, {"effect", "NoExecute"}}};
  const std::string by_hand = server_.taints_of("linux-0");
  begin();
  EXPECT_EQ(server_.taints_of("linux-0"), by_hand);
  EXPECT_EQ(server_.taints_of("linux-1"), kOurTaint);
  server_.nodes["linux-1"]["spec"]["taints"].push_back({{"key", "new"}, {"effect", "NoSchedule"}});
  end();
  EXPECT_EQ(server_.taints_of("linux-0"), by_hand);
  EXPECT_EQ(server_.taints_of("linux-1"), R"([{"effect":"NoSchedule","key":"new"}])");
  EXPECT_TRUE(server_.lease.is_null());
  EXPECT_EQ(server_.removed_uid, "u1");
}

TEST_F(TaintPlacerTest, OpensLinuxNodesForMixedCases) {
  begin();
  begin(model::Placement::mixed);
  EXPECT_EQ(server_.taints_of("linux-0"), "[]");
  EXPECT_EQ(server_.taints_of("linux-1"), "[]");
  EXPECT_FALSE(server_.lease.is_null());
  begin(model::Placement::windows);
  EXPECT_EQ(server_.taints_of("linux-1"), kOurTaint);
  EXPECT_EQ(story_, (Strings{"begun", "begun", "begun"}));
}

TEST_F(TaintPlacerTest, TriesAgainWhereANodeHasChangedMeanwhile) {
  server_.conflicts = 3;
  begin();
  EXPECT_EQ(story_, Strings{"begun"});
  EXPECT_EQ(server_.taints_of("linux-0"), kOurTaint);
  EXPECT_EQ(server_.taints_of("linux-1"), kOurTaint);
}

TEST_F(TaintPlacerTest, GivesUpOnANodeThatRefuses) {
  times_.beginning = milliseconds(10);
  server_.conflicts = 100'000;
  begin();
  EXPECT_EQ(story_, Strings{"begun: cannot change the taints of node 'linux-0': Error from server (Conflict): the "
                            "object has been modified"});
}

TEST_F(TaintPlacerTest, BeginsOnceTheServerIsBack) {
  server_.failures = {{kMakeLease, 3}, {kWriteLease, 3}, {kGetNodes, 3}, {patch_of("linux-0"), 20}};
  begin();
  EXPECT_EQ(story_, Strings{"begun"});
  EXPECT_EQ(server_.taints_of("linux-0"), kOurTaint);
  EXPECT_EQ(server_.taints_of("linux-1"), kOurTaint);
}

TEST_F(TaintPlacerTest, KnowsItsLeaseThoughTheAnswerWasLost) {
  server_.lost = {kMakeLease, kWriteLease, kGetNodes, patch_of("linux-0"), patch_of("linux-1")};
  begin();
  end();
  EXPECT_EQ(story_, (Strings{"begun", "ended"}));
  EXPECT_TRUE(server_.lease.is_null());
  EXPECT_EQ(server_.taints_of("linux-0"), "[]");
}

TEST_F(TaintPlacerTest, GoesOnWhereItsHeartMissesBeats) {
  times_.heartbeat = milliseconds(1);
  server_.slow_patch = patch_of("linux-0");
  begin();
  EXPECT_EQ(server_.missed_beats, 3);
  EXPECT_EQ(story_, Strings{"begun"});
  EXPECT_EQ(server_.taints_of("linux-0"), kOurTaint);
  EXPECT_EQ(server_.taints_of("linux-1"), kOurTaint);
}

TEST_F(TaintPlacerTest, LeavesTheClusterToTheRunThatHasTheLease) {
  begin();
  const auto second = make_taint_placer({loop_, kubectl_, clock_, target_}, {"r2", {"other", "b", "p", 1, 2}}, times_);
  second->begin(model::Placement::windows, tell("second"));
  loop_.run();
  second->end(tell("second ended"));
  loop_.run();
  EXPECT_EQ(story_, (Strings{"begun",
                             "second: another run of op-readiness has tainted this cluster's Linux nodes: run r1 "
                             "(process 4711 on build-7), last heard of at 2026-01-31T08:15:30.000Z",
                             "second ended"}));
  EXPECT_EQ(server_.taints_of("linux-0"), kOurTaint);
  EXPECT_FALSE(server_.lease.is_null());
}

TEST_F(TaintPlacerTest, AdmitsOnceTheRunIsWrittenDown) {
  begin();
  placer().admit("e2e-1", tell("admitted"));
  loop_.run();
  EXPECT_EQ(story_, (Strings{"begun", "admitted"}));
  EXPECT_EQ(server_.lease["metadata"]["annotations"]["op-readiness/e2e-runs"], "e2e-1");
}

TEST_F(TaintPlacerTest, EndsInTheMiddleOfTainting) {
  placer().begin(model::Placement::windows, tell("begun"));
  loop_.after(milliseconds(0), [this] { loop_.stop(); });
  loop_.run();
  end();
  EXPECT_EQ(story_, Strings{"ended"});
  EXPECT_TRUE(server_.lease.is_null());
}

}  // namespace
}  // namespace opready::cluster
