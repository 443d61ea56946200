// SPDX-License-Identifier: Apache-2.0
// Runs of one plan that take turns: never one that must be alone beside another.
#include "opready/cluster/turns.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "opready/testing/fake_clock.hpp"

#include "fake_capture.hpp"
#include "fake_kubectl.hpp"

namespace opready::cluster {
namespace {

using Json = nlohmann::json;
using Strings = std::vector<std::string>;
using std::chrono::milliseconds;

const std::string kLeases = "/apis/coordination.k8s.io/v1/namespaces/kube-system/leases";
const std::string kMake = "create --raw " + kLeases;
const std::string kLook = "get --raw '" + kLeases + "?labelSelector=op-readiness%2Fplan%3Dp1'";

/// Keeps Leases as an API server does.
class FakeServer {
 public:
  KubectlReply answer(const KubectlCall& call) {
    if (failures[call.command] > 0) {
      --failures[call.command];
      return {"", refusal};
    }
    const KubectlReply reply = act(call);
    return lost == call.command ? (lost.clear(), KubectlReply{"", "Unable to connect to the server: EOF"}) : reply;
  }

  [[nodiscard]] Strings names() const {
    Strings result;
    for (const auto& [name, lease] : leases) {
      result.push_back(name);
    }
    return result;
  }

  /// As an API server that nobody has talked to for so long.
  void age_hearts(const std::string& name, std::chrono::seconds by, const testing::FakeClock& clock) {
    leases.at(name)["metadata"]["annotations"]["op-readiness/heartbeat"] = base::rfc3339(clock.wall() - by);
  }

  std::map<std::string, Json> leases;
  std::map<std::string, int> failures;
  std::string refusal = "Unable to connect to the server: EOF";
  std::string lost;  ///< A command whose next answer is lost.

 private:
  KubectlReply act(const KubectlCall& call) {
    if (call.command == kLook) {
      Json list = {{"items", Json::array()}};
      for (const auto& [name, lease] : leases) {
        list["items"].push_back(lease);
      }
      return {list.dump(), ""};
    }
    const Json body = Json::parse(call.body);
    if (call.command == kMake) {
      return make(body);
    }
    const bool deletes = call.command.starts_with("delete --raw ");
    const std::string name = deletes ? call.command.substr(13 + kLeases.size() + 1)
                                     : call.command.substr(12, call.command.find(' ', 12) - 12);
    const auto found = leases.find(name);
    if (found == leases.end()) {
      return {"", "Error from server (NotFound): none"};
    }
    if (body.at(deletes ? "preconditions" : "metadata").at("uid") != found->second["metadata"]["uid"]) {
      return {"", "Error from server (Conflict): uid"};
    }
    if (deletes) {
      leases.erase(found);
    } else {
      found->second.merge_patch(body);
    }
    return {"{}", ""};
  }

  KubectlReply make(const Json& body) {
    const std::string name = body.at("metadata").at("name");
    if (leases.contains(name)) {
      return {"", "Error from server (AlreadyExists): it exists"};
    }
    Json& lease = leases[name] = body;
    lease["metadata"]["uid"] = "u" + std::to_string(++made_);
    lease["metadata"]["resourceVersion"] = std::to_string(made_);
    return {lease.dump(), ""};
  }

  int made_ = 0;
};

class TurnsTest : public ::testing::Test {
 protected:
  TurnsTest() {
    target_.kubeconfig = "/k";
    target_.context = "c";
    times_.poll = milliseconds(1);
  }

  /// The run "r<number>" of shard `number` of 3, on a machine of its own.
  std::unique_ptr<Turns> run(int number) {
    return make_turns(
        {loop_, kubectl_, clock_, target_},
        {.owner = {fmt::format("r{}", number), {fmt::format("host-{}", number), "b", "p", 1, 2}},
         .plan = "p1",
         .shard = {number, 3}},
        [this](const std::string& sentence) { story_.push_back(sentence); }, times_);
  }

  Turns::Done tell(const std::string& what) {
    return [this, what](const std::string& failure) {
      story_.push_back(what + (failure.empty() ? "" : ": " + failure));
      loop_.stop();
    };
  }

  [[nodiscard]] bool is_told(const std::string& what) const {
    return std::any_of(story_.begin(), story_.end(), [&](const std::string& told) { return told.starts_with(what); });
  }

  void run_until(const std::string& what) {
    while (!is_told(what)) {
      loop_.run();
    }
  }

  void take(Turns& turns, Turn turn, const std::string& what) {
    turns.take(turn, tell(what));
    run_until(what);
  }

  void end(Turns& turns, const std::string& what) {
    turns.end(tell(what));
    run_until(what);
  }

  void let_pass(milliseconds time) {
    loop_.after(time, [this] { loop_.stop(); });
    loop_.run();
  }

  process::EventLoop loop_;
  FakeServer server_;
  FakeKubectl kubectl_{loop_, [this](const KubectlCall& call) { return server_.answer(call); }};
  testing::FakeClock clock_;
  Target target_;
  TurnTimes times_;
  Strings story_;
};

TEST_F(TurnsTest, AreLeasesWithTheRecordsOfTheirRuns) {
  const auto first = run(1);
  take(*first, Turn::shared, "shared");
  EXPECT_EQ(kubectl_.commands(), (Strings{kLook, kMake, kLook}));
  const Json metadata = server_.leases.at("op-readiness-turn-r1")["metadata"];
  EXPECT_EQ(metadata["labels"],
            Json::parse(R"({"app.kubernetes.io/managed-by": "op-readiness", "op-readiness/plan": "p1",
                            "op-readiness/run": "r1", "op-readiness/turn": "shared"})"));
  EXPECT_EQ(metadata["annotations"]["op-readiness/shard"], "1 of 3");
  EXPECT_EQ(metadata["annotations"]["op-readiness/heartbeat"], "2026-01-31T08:15:30.000Z");
  end(*first, "given back");
  EXPECT_EQ(server_.names(), Strings{});
  EXPECT_EQ(story_, (Strings{"shared", "given back"}));
}

TEST_F(TurnsTest, LetManyHaveASharedOneAtATime) {
  const auto first = run(1);
  const auto second = run(2);
  take(*first, Turn::shared, "first");
  take(*second, Turn::shared, "second");
  EXPECT_EQ(story_, (Strings{"first", "second"}));
}

TEST_F(TurnsTest, GiveTheExclusiveOneWhenTheLastSharedOneIsGivenBack) {
  const auto first = run(1);
  const auto second = run(2);
  take(*first, Turn::shared, "first");
  take(*second, Turn::shared, "second");
  second->take(Turn::exclusive, tell("alone"));
  let_pass(milliseconds(10));
  EXPECT_EQ(server_.names(), (Strings{"op-readiness-turn-p1", "op-readiness-turn-r1"})) << "its own was given back";
  EXPECT_EQ(story_,
            (Strings{"first", "second",
                     "cases that must run alone wait for the end of all others: shard 1 of 3, run r1 (process 1 on "
                     "host-1)"}));
  end(*first, "ended");
  run_until("alone");
}

TEST_F(TurnsTest, KeepALaterRunWaitingForTheExclusiveOneThatIsAwaited) {
  const auto first = run(1);
  const auto second = run(2);
  const auto third = run(3);
  take(*first, Turn::shared, "first");
  second->take(Turn::exclusive, tell("second alone"));
  let_pass(milliseconds(10));
  third->take(Turn::shared, tell("third"));
  let_pass(milliseconds(10));
  EXPECT_EQ(story_.back(),
            "waiting for the end of cases that must run alone: shard 2 of 3, run r2 (process 1 on host-2)");
  end(*first, "first ended");
  run_until("second alone");
  let_pass(milliseconds(10));
  EXPECT_FALSE(is_told("third"));
  end(*second, "second ended");
  run_until("third");
}

/// Between its first look and its Lease another run may make the exclusive one.
TEST_F(TurnsTest, StepBackWhereTheExclusiveOneCameMeanwhile) {
  const auto first = run(1);
  const auto second = run(2);
  take(*second, Turn::exclusive, "second alone");
  const Json exclusive = server_.leases.at("op-readiness-turn-p1");
  server_.leases.clear();
  server_.lost = kMake;  // The moment in which it comes.
  first->take(Turn::shared, tell("first"));
  while (server_.leases.empty()) {
    let_pass(milliseconds(0));
  }
  server_.leases["op-readiness-turn-p1"] = exclusive;
  let_pass(milliseconds(20));
  EXPECT_EQ(server_.names(), Strings{"op-readiness-turn-p1"});
  EXPECT_EQ(story_.back(),
            "waiting for the end of cases that must run alone: shard 2 of 3, run r2 (process 1 on host-2)");
}

TEST_F(TurnsTest, GiveTheExclusiveOneToOneOnly) {
  const auto first = run(1);
  const auto second = run(2);
  take(*first, Turn::exclusive, "first alone");
  second->take(Turn::exclusive, tell("second alone"));
  let_pass(milliseconds(10));
  EXPECT_FALSE(is_told("second alone"));
  end(*first, "first ended");
  run_until("second alone");
}

TEST_F(TurnsTest, CountNoDeadRun) {
  const auto first = run(1);
  const auto second = run(2);
  take(*first, Turn::shared, "first");
  server_.age_hearts("op-readiness-turn-r1", std::chrono::minutes(3), clock_);
  take(*second, Turn::exclusive, "second alone");
  server_.age_hearts("op-readiness-turn-p1", std::chrono::minutes(3), clock_);
  const auto third = run(3);
  take(*third, Turn::exclusive, "third alone");
  EXPECT_EQ(story_, (Strings{"first", "second alone", "third alone"}));
  EXPECT_EQ(server_.leases.at("op-readiness-turn-p1")["metadata"]["labels"]["op-readiness/run"], "r3");
}

TEST_F(TurnsTest, StayAliveWhileTheyAreHadOrAwaited) {
  times_.heartbeat = milliseconds(1);
  const auto first = run(1);
  take(*first, Turn::shared, "first");
  clock_.advance(std::chrono::minutes(1));
  let_pass(milliseconds(20));
  EXPECT_EQ(server_.leases.at("op-readiness-turn-r1")["metadata"]["annotations"]["op-readiness/heartbeat"],
            "2026-01-31T08:16:30.000Z");
}

TEST_F(TurnsTest, KnowTheirLeaseThoughTheAnswerWasLost) {
  server_.lost = kMake;
  const auto first = run(1);
  take(*first, Turn::exclusive, "first alone");
  end(*first, "ended");
  EXPECT_EQ(story_, (Strings{"first alone", "ended"}));
  EXPECT_EQ(server_.names(), Strings{});
}

TEST_F(TurnsTest, AreHadOnceTheServerIsBack) {
  server_.failures = {{kLook, 3}, {kMake, 3}};
  const auto first = run(1);
  take(*first, Turn::shared, "first");
  EXPECT_EQ(story_, Strings{"first"});
}

TEST_F(TurnsTest, FailWhereTheServerStaysAway) {
  times_.patience = milliseconds(0);
  server_.failures = {{kLook, 1}};
  const auto first = run(1);
  take(*first, Turn::shared, "first");
  EXPECT_EQ(story_,
            Strings{"first: cannot read the Leases of the plan's shards: Unable to connect to the server: EOF"});
}

TEST_F(TurnsTest, FailAtOnceWhereTheyAreForbidden) {
  server_.failures = {{kMake, 1}};
  server_.refusal = "Error from server (Forbidden): no";
  const auto first = run(1);
  take(*first, Turn::shared, "first");
  EXPECT_EQ(story_, Strings{"first: cannot take a turn among the plan's shards: Error from server (Forbidden): no"});
}

TEST_F(TurnsTest, EndInTheMiddleOfTheWait) {
  const auto first = run(1);
  const auto second = run(2);
  take(*first, Turn::shared, "first");
  second->take(Turn::exclusive, tell("second alone"));
  let_pass(milliseconds(10));
  end(*second, "second ended");
  EXPECT_EQ(server_.names(), Strings{"op-readiness-turn-r1"});
  EXPECT_EQ(story_.back(), "second ended");
}

TEST_F(TurnsTest, EndAtOnceWhereNoneWasEverTaken) {
  const auto first = run(1);
  end(*first, "ended");
  EXPECT_EQ(story_, Strings{"ended"});
  EXPECT_EQ(kubectl_.commands(), Strings{});
}

TEST_F(TurnsTest, SayWhoGivesBackWhatTheyCannot) {
  times_.ending = milliseconds(0);
  const auto first = run(1);
  take(*first, Turn::shared, "first");
  server_.failures = {{kLook, 100}};
  end(*first, "ended");
  EXPECT_EQ(story_.back(),
            "ended: cannot read the Leases of the plan's shards: Unable to connect to the server: EOF; `op-readiness "
            "doctor --repair` gives it back later");
}

TEST(TurnsObstacle, AsksForEachRight) {
  Target target;
  target.kubeconfig = "/k";
  target.context = "c";
  FakeCapture allowed({printed("yes\n"), printed("yes\n"), printed("yes\n"), printed("yes\n")});
  EXPECT_EQ(turns_obstacle(target, allowed.capture()), "");
  EXPECT_EQ(allowed.asked().at(0),
            "kubectl auth can-i create leases.coordination.k8s.io --namespace kube-system --kubeconfig /k --context c");
  FakeCapture forbidden({printed("yes\n"), failed("", "no\n"), printed("yes\n"), printed("yes\n")});
  EXPECT_EQ(turns_obstacle(target, forbidden.capture()), "the account may not delete Leases in kube-system");
  FakeCapture mute({failed("Unable to connect"), printed(""), printed(""), printed("")});
  EXPECT_EQ(turns_obstacle(target, mute.capture()), "Unable to connect");
}

}  // namespace
}  // namespace opready::cluster
