// SPDX-License-Identifier: Apache-2.0
// Placement by policy, against an API server that takes its time.
#include "opready/cluster/policy_placer.hpp"

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "opready/testing/fake_clock.hpp"

#include "slow_server.hpp"

namespace opready::cluster {
namespace {

using Json = nlohmann::json;
using Strings = std::vector<std::string>;
using std::chrono::milliseconds;

class PolicyPlacerTest : public ::testing::Test {
 protected:
  PolicyPlacerTest() {
    target_.kubeconfig = "/k";
    target_.context = "c";
    times_.first_pause = milliseconds(0);
    times_.longest_pause = milliseconds(1);
    times_.settling = milliseconds(1);
    times_.retry = milliseconds(1);
  }

  Placer& placer() {
    if (!placer_) {
      placer_ = make_policy_placer({loop_, kubectl_, clock_, target_}, {"r1", {"build-7", "b", "p", 4711, 99}}, ground_,
                                   times_);
    }
    return *placer_;
  }

  Placer::Done tell(const std::string& what, std::function<void()> then = nullptr) {
    return [this, what, then = std::move(then)](const std::string& failure) {
      story_.push_back(what + (failure.empty() ? "" : ": " + failure));
      if (then) {
        then();
      }
    };
  }

  /// Begins, and leaves the loop there.
  void begin(model::Placement placement = model::Placement::windows) {
    placer().begin(placement, tell("begun", [this] { loop_.stop(); }));
    loop_.run();
  }

  void end() {
    placer().end(tell("ended"));
    loop_.run();
  }

  [[nodiscard]] Json last_body(const std::string& command) const {
    Json body;
    for (const KubectlCall& call : kubectl_.calls()) {
      body = call.command == command ? Json::parse(call.body) : body;
    }
    return body;
  }

  [[nodiscard]] static Json scope_of(const Json& policy) {
    return policy.at(Json::json_pointer("/spec/matchConstraints/namespaceSelector/matchExpressions/0/values"));
  }

  process::EventLoop loop_;
  SlowServer server_;
  FakeKubectl kubectl_{loop_, [this](const KubectlCall& call) { return server_.answer(call); }};
  testing::FakeClock clock_;
  Target target_;
  PolicyGround ground_;
  PlacerTimes times_;
  std::unique_ptr<Placer> placer_;
  Strings story_;
};

TEST_F(PolicyPlacerTest, RecordsTheRunBeforeItMakesThePolicy) {
  begin();
  EXPECT_EQ(story_, Strings{"begun"});
  EXPECT_EQ(kubectl_.commands(), (Strings{kMakeNamespace, kWriteRecord, kMakePolicy, kMakeBinding}));
  EXPECT_EQ(scope_of(last_body(kMakePolicy)), Json::array({"op-readiness-r1"}));
}

TEST_F(PolicyPlacerTest, AdmitsWhenTheServerIsSeenToAct) {
  server_.lag = 3;
  begin();
  kubectl_.forget();
  placer().admit("e2e-1", tell("admitted", [this] { loop_.stop(); }));
  loop_.run();
  EXPECT_EQ(kubectl_.commands(), (Strings{kWriteRecord, kWritePolicy, kProbe, kProbe, kProbe}));
  EXPECT_EQ(scope_of(last_body(kWritePolicy)), (Json::array({"op-readiness-r1", "e2e-1"})));
  const Json annotations = last_body(kWriteRecord).at("metadata").at("annotations");
  EXPECT_EQ(annotations.at("op-readiness/e2e-runs"), "e2e-1");
  EXPECT_EQ(annotations.at("op-readiness/heartbeat"), "2026-01-31T08:15:30.000Z");
}

TEST_F(PolicyPlacerTest, WritesWhatComesMeanwhileTogether) {
  begin();
  kubectl_.forget();
  placer().admit("a", tell("a"));
  placer().admit("b", tell("b"));
  placer().admit("c", tell("c", [this] { loop_.stop(); }));
  loop_.run();
  EXPECT_EQ(story_, (Strings{"begun", "a", "b", "c"}));
  const Strings commands = kubectl_.commands();
  EXPECT_EQ(std::count(commands.begin(), commands.end(), kWritePolicy), 2);
  EXPECT_EQ(scope_of(last_body(kWritePolicy)), (Json::array({"op-readiness-r1", "a", "b", "c"})));
}

TEST_F(PolicyPlacerTest, DropsReleasedRunsFromThePolicyButNotFromTheRecord) {
  begin();
  placer().admit("a", tell("a", [this] {
                   placer().release("a");
                   placer().admit("b", tell("b", [this] { loop_.stop(); }));
                 }));
  loop_.run();
  EXPECT_EQ(scope_of(last_body(kWritePolicy)), (Json::array({"op-readiness-r1", "b"})));
  EXPECT_EQ(last_body(kWriteRecord).at("metadata").at("annotations").at("op-readiness/e2e-runs"), "a b");
}

TEST_F(PolicyPlacerTest, NeverAdmitsWhatWasReleased) {
  begin();
  placer().admit("a", tell("a"));
  placer().release("a");
  placer().admit("b", tell("b", [this] { loop_.stop(); }));
  loop_.run();
  end();
  EXPECT_EQ(story_, (Strings{"begun", "b", "ended"}));
}

TEST_F(PolicyPlacerTest, WaitsForTheOtherServersOfSeveral) {
  ground_.api_servers = 3;
  times_.settling = milliseconds(20);
  begin();
  kubectl_.forget();
  placer().admit("a", tell("a", [this] { loop_.stop(); }));
  loop_.after(milliseconds(5), [this] { story_.push_back("later"); });
  loop_.run();
  EXPECT_EQ(story_, (Strings{"begun", "later", "a"}));
  EXPECT_EQ(kubectl_.commands(), (Strings{kWriteRecord, kWritePolicy, kProbe}));
}

TEST_F(PolicyPlacerTest, SaysWhyItCouldNotAdmit) {
  times_.admission = milliseconds(20);
  server_.os = "linux";
  begin();
  placer().admit("a", tell("a", [this] { loop_.stop(); }));
  loop_.run();
  server_.os = "windows";
  server_.lag = 1'000'000;
  placer().admit("b", tell("b", [this] { loop_.stop(); }));
  loop_.run();
  server_.outage = "create --raw '/api/v1/namespaces/op-readiness-r1/pods";
  placer().admit("c", tell("c", [this] { loop_.stop(); }));
  loop_.run();
  EXPECT_EQ(story_, (Strings{"begun",
                             "a: the cluster was not ready for e2e run a within 0.0s: the admission policy acts, but "
                             "something else keeps pods from being sent to Windows",
                             "b: the cluster was not ready for e2e run b within 0.0s: the API server doesn't act by "
                             "the admission policy yet",
                             "c: the cluster was not ready for e2e run c within 0.0s: cannot try the admission policy: "
                             "Error from server (Forbidden): not you"}));
}

TEST_F(PolicyPlacerTest, OutlastsAServerThatIsAwayForAMoment) {
  begin();
  server_.outage = "patch";
  placer().admit("a", tell("a", [this] { loop_.stop(); }));
  loop_.after(milliseconds(5), [this] { server_.outage = ""; });
  loop_.run();
  EXPECT_EQ(story_, (Strings{"begun", "a"}));
}

TEST_F(PolicyPlacerTest, TellsThatItMayNotMakeThePolicy) {
  server_.outage = kMakePolicy;
  begin();
  end();
  EXPECT_EQ(story_,
            (Strings{"begun: cannot set up the admission policy: Error from server (Forbidden): not you", "ended"}));
  EXPECT_EQ(kubectl_.commands().back(), kRemoveNamespace);
  const Strings commands = kubectl_.commands();
  EXPECT_EQ(std::count(commands.begin(), commands.end(), kRemovePolicy), 0)
      << "there is none, and who may not make it may not remove it";
}

TEST_F(PolicyPlacerTest, UndoesOnceTheServerKnowsItsRolesAgain) {
  begin();
  server_.outage = "delete";
  loop_.after(milliseconds(5), [this] { server_.outage.clear(); });
  end();
  EXPECT_EQ(story_, (Strings{"begun", "ended"}));
}

TEST_F(PolicyPlacerTest, BeginsOnceTheServerIsBack) {
  server_.down = true;
  loop_.after(milliseconds(10), [this] { server_.down = false; });
  begin();
  EXPECT_EQ(story_, Strings{"begun"});
}

TEST_F(PolicyPlacerTest, BeginsThoughAnyAnswerWasLost) {
  for (const std::string& lost : {std::string(kMakeNamespace), std::string(kWriteRecord), kMakePolicy, kMakeBinding}) {
    placer_.reset();
    story_.clear();
    server_ = SlowServer();
    server_.lost = lost;
    begin();
    placer().admit("a", tell("a", [this] { loop_.stop(); }));
    loop_.run();
    end();
    EXPECT_EQ(story_, (Strings{"begun", "a", "ended"})) << lost;
    EXPECT_EQ(server_.there, std::set<std::string>{}) << lost;
  }
}

TEST_F(PolicyPlacerTest, GivesUpAServerThatStaysAway) {
  times_.beginning = milliseconds(10);
  server_.down = true;
  begin();
  EXPECT_EQ(story_, Strings{"begun: cannot make the namespace 'op-readiness-r1': The connection to the server was "
                            "refused - did you specify the right host or port?"});
  server_.down = false;
  begin();
  EXPECT_EQ(story_.back(), "begun");
}

TEST_F(PolicyPlacerTest, MakesThePolicyForLaterCasesThatItCouldNotMakeForEarlierOnes) {
  server_.outage = kMakePolicy;
  begin();
  server_.outage = "";
  begin();
  placer().admit("a", tell("a", [this] { loop_.stop(); }));
  loop_.run();
  EXPECT_EQ(story_, (Strings{"begun: cannot set up the admission policy: Error from server (Forbidden): not you",
                             "begun", "a"}));
}

TEST_F(PolicyPlacerTest, MakesAgainWhatSomebodyRemoved) {
  begin();
  server_.there.clear();
  placer().admit("a", tell("a", [this] { loop_.stop(); }));
  loop_.run();
  EXPECT_EQ(story_, (Strings{"begun", "a"}));
  EXPECT_EQ(server_.there.size(), 3U);
}

TEST_F(PolicyPlacerTest, TakesARefusalForPassingOnceItWasAllowed) {
  begin();
  server_.outage = "patch";
  loop_.after(milliseconds(10), [this] { server_.outage = ""; });
  begin(model::Placement::mixed);
  EXPECT_EQ(story_, (Strings{"begun", "begun"}));
}

TEST_F(PolicyPlacerTest, HasNoPolicyWhereItWouldDoNothing) {
  begin(model::Placement::mixed);
  placer().admit("a", tell("a", [this] { loop_.stop(); }));
  loop_.run();
  EXPECT_EQ(kubectl_.commands(), (Strings{kMakeNamespace, kWriteRecord, kWriteRecord}));
  end();
  EXPECT_EQ(kubectl_.commands().back(), kRemoveNamespace);
}

TEST_F(PolicyPlacerTest, TakesThePolicyAwayForMixedCasesAndMakesItAgain) {
  begin();
  kubectl_.forget();
  begin(model::Placement::mixed);
  begin(model::Placement::windows);
  EXPECT_EQ(kubectl_.commands(), (Strings{kWriteRecord, kRemovePolicy, kWriteRecord, kMakePolicy, kMakeBinding}));
}

TEST_F(PolicyPlacerTest, OnlyAddsTolerationsForCasesThatPinTheirPods) {
  ground_.nodes = {{.name = "win-0", .os = "windows", .taints = {{"os", "windows", "NoSchedule"}}}};
  begin(model::Placement::own);
  const std::string policy = last_body(kMakePolicy).dump();
  EXPECT_EQ(policy.find("/spec/nodeSelector'"), std::string::npos);
  EXPECT_NE(policy.find("/spec/tolerations'"), std::string::npos);
}

TEST_F(PolicyPlacerTest, BeatsUntilItEnds) {
  times_.heartbeat = milliseconds(1);
  begin();
  kubectl_.forget();
  clock_.advance(std::chrono::seconds(20));
  loop_.after(milliseconds(10), [this] { loop_.stop(); });
  loop_.run();
  ASSERT_FALSE(kubectl_.calls().empty());
  EXPECT_EQ(kubectl_.commands().front(), kWriteRecord);
  EXPECT_EQ(last_body(kWriteRecord).at("metadata").at("annotations").at("op-readiness/heartbeat"),
            "2026-01-31T08:15:50.000Z");
  end();
}

TEST_F(PolicyPlacerTest, EndsAtAnyTimeAndAgain) {
  placer().begin(model::Placement::windows, tell("begun"));
  end();
  EXPECT_EQ(story_, Strings{"ended"});
  EXPECT_EQ(kubectl_.commands(), (Strings{kMakeNamespace, kRemoveNamespace}));
  end();
  EXPECT_EQ(story_, (Strings{"ended", "ended"}));
  EXPECT_EQ(kubectl_.calls().size(), 2U);
}

TEST_F(PolicyPlacerTest, EndsWithoutABeginning) {
  end();
  EXPECT_EQ(story_, Strings{"ended"});
  EXPECT_TRUE(kubectl_.calls().empty());
}

TEST_F(PolicyPlacerTest, KeepsTheRecordAsLongAsThePolicyMayStand) {
  times_.ending = milliseconds(10);
  begin();
  server_.outage = "delete mutatingadmissionpolicy";
  end();
  EXPECT_TRUE(server_.there.contains("namespace"));
}

TEST_F(PolicyPlacerTest, SaysWhoUndoesWhatItCouldNot) {
  times_.ending = milliseconds(10);
  begin();
  server_.outage = "delete";
  end();
  EXPECT_EQ(story_, (Strings{"begun",
                             "ended: cannot remove the admission policy: Error from server (Forbidden): not you; "
                             "`op-readiness doctor --repair` undoes it later"}));
}

}  // namespace
}  // namespace opready::cluster
