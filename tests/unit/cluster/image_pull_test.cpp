// SPDX-License-Identifier: Apache-2.0
// The pulling of images, against an API server and kubelets that tests direct.
#include "opready/cluster/image_pull.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <memory>
#include <optional>
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

constexpr const char* kMakeNamespace = "create --raw /api/v1/namespaces";
constexpr const char* kMakePod = "create --raw /api/v1/namespaces/op-readiness-r1-images/pods";
constexpr const char* kGetPods = "get --raw /api/v1/namespaces/op-readiness-r1-images/pods";
constexpr const char* kBeat = "patch namespace op-readiness-r1-images --type merge -o name";
constexpr const char* kRemove = "delete namespace/op-readiness-r1-images --ignore-not-found --wait=false -o name";

/// Lets a test refuse requests, and say how the image of each pod stands.
class PullServer {
 public:
  KubectlReply answer(const KubectlCall& call) {
    if (const auto refusal = refusals.find(call.command); refusal != refusals.end() && refusal->second.second > 0) {
      --refusal->second.second;
      return {"", refusal->second.first};
    }
    if (call.command == kMakePod) {
      pods.push_back(Json::parse(call.body));
    }
    return {call.command == kGetPods ? list().dump() : "{}", ""};
  }

  /// By command: what it's refused with, and how many times.
  std::map<std::string, std::pair<std::string, int>> refusals;
  std::vector<Json> pods;
  std::vector<Json> states;  ///< One a poll; each by "node/image", and by "" for the others. The last one stays.

 private:
  Json list() {
    const Json state = states.empty() ? Json::object() : states.at(std::min(polls_, states.size() - 1));
    ++polls_;
    Json items = Json::array();
    for (const Json& pod : pods) {
      const std::string node = pod.at("spec").at("nodeName");
      const std::string image = pod.at("spec").at("containers").at(0).at("image");
      const std::string key = state.contains(node + "/" + image) ? node + "/" + image : "";
      const Json statuses = state.contains(key) ? Json::array({{{"state", state.at(key)}}}) : Json::array();
      items.push_back({{"metadata", pod.at("metadata")}, {"status", {{"containerStatuses", statuses}}}});
    }
    return {{"items", items}};
  }

  std::size_t polls_ = 0;
};

const Json kRunning = {{"running", Json::object()}};
const Json kRefused = {{"waiting", {{"reason", "ErrImagePull"}, {"message", "not found"}}}};
const Json kCreating = {{"waiting", {{"reason", "ContainerCreating"}}}};

class ImagePullTest : public ::testing::Test {
 protected:
  ImagePullTest() {
    target_.kubeconfig = "/k";
    target_.context = "c";
    times_.poll = milliseconds(1);
    times_.retry = milliseconds(1);
  }

  /// Starts and runs it to its end; `on_poll` may do something at each poll.
  void pull(const Strings& nodes, const Strings& images, const std::function<void(ImagePull&)>& on_poll = nullptr) {
    pull_ = std::make_unique<ImagePull>(PlacerContext{loop_, kubectl_, clock_, target_},
                                        Owner{"r1", {"build-7", "b", "p", 4711, 99}}, nodes, images, times_);
    pull_->start(
        [this, on_poll](const std::vector<ImageOnNode>& seen) {
          polls_.push_back(progress_text(seen, milliseconds(0)));
          if (on_poll) {
            on_poll(*pull_);
          }
        },
        [this](const std::vector<ImageOnNode>& seen, const Strings& trouble) {
          ++ends_;
          result_ = seen;
          trouble_ = trouble;
        });
    loop_.run();
    EXPECT_EQ(ends_, 1);
  }

  [[nodiscard]] std::ptrdiff_t times_asked(const std::string& command) const {
    const Strings commands = kubectl_.commands();
    return std::count(commands.begin(), commands.end(), command);
  }

  process::EventLoop loop_;
  PullServer server_;
  FakeKubectl kubectl_{loop_, [this](const KubectlCall& call) { return server_.answer(call); }};
  testing::FakeClock clock_;
  Target target_;
  ImagePullTimes times_;
  std::unique_ptr<ImagePull> pull_;
  Strings polls_;
  std::vector<ImageOnNode> result_;
  Strings trouble_;
  int ends_ = 0;
};

TEST_F(ImagePullTest, MakesAPodForEachImageOnEachNodeAndRemovesThem) {
  server_.states = {{{"", kRunning}}};
  pull({"win-0", "win-1"}, {"a", "b"});
  Strings made;
  for (const Json& pod : server_.pods) {
    const Json& spec = pod.at("spec");
    made.push_back(pod.at("metadata").at("name").get<std::string>() + " " + spec.at("nodeName").get<std::string>() +
                   " " + spec.at("containers").at(0).at("image").get<std::string>());
  }
  EXPECT_EQ(made, (Strings{"image-0 win-0 a", "image-1 win-1 a", "image-2 win-0 b", "image-3 win-1 b"}));
  EXPECT_EQ(polls_.back(), "4 of 4 pulled on 2 Windows nodes, 0.0s");
  EXPECT_EQ(trouble_, Strings{});
  EXPECT_EQ(kubectl_.commands().front(), kMakeNamespace);
  EXPECT_EQ(kubectl_.commands().back(), kRemove);
}

TEST_F(ImagePullTest, MarksItsNamespaceSoThatRepairFindsIt) {
  server_.states = {{{"", kRunning}}};
  pull({"win-0"}, {"a"});
  const Json metadata = Json::parse(kubectl_.calls().front().body).at("metadata");
  EXPECT_EQ(metadata.at("name"), "op-readiness-r1-images");
  EXPECT_EQ(metadata.at("labels"), (Json{{"app.kubernetes.io/managed-by", "op-readiness"},
                                         {"op-readiness/run", "r1"},
                                         {"e2e-run", "op-readiness-r1-images"},
                                         {"pod-security.kubernetes.io/enforce", "privileged"}}));
  EXPECT_EQ(metadata.at("annotations").at("op-readiness/owner-pid"), "4711");
  EXPECT_EQ(metadata.at("annotations").at("op-readiness/heartbeat"), "2026-01-31T08:15:30.000Z");
}

TEST_F(ImagePullTest, TellsOfEachPoll) {
  server_.states = {Json::object(), {{"win-0/a", kRunning}, {"", kCreating}}, {{"", kRunning}}};
  pull({"win-0"}, {"a", "b"});
  EXPECT_EQ(polls_, (Strings{"0 of 2 pulled on 1 Windows node, 0.0s", "1 of 2 pulled on 1 Windows node, 0.0s",
                             "2 of 2 pulled on 1 Windows node, 0.0s"}));
}

TEST_F(ImagePullTest, GoesOnWhereTheKubeletMayStillSucceed) {
  server_.states = {{{"", kRefused}}, {{"", kRefused}}, {{"", kRunning}}};
  pull({"win-0"}, {"a"});
  EXPECT_EQ(result_, (std::vector<ImageOnNode>{{"win-0", "a", PullState::pulled, ""}}));
}

TEST_F(ImagePullTest, StopsWaitingWhereNothingButFailuresIsLeftForLong) {
  server_.states = {{{"win-0/a", kCreating}, {"", kRefused}}, {{"win-0/a", kRunning}, {"", kRefused}}};
  pull({"win-0"}, {"a", "b"}, [this](ImagePull&) { clock_.advance(std::chrono::minutes(2)); });
  EXPECT_EQ(result_, (std::vector<ImageOnNode>{{"win-0", "a", PullState::pulled, ""},
                                               {"win-0", "b", PullState::failing, "ErrImagePull: not found"}}));
  EXPECT_EQ(polls_.size(), 5U);  // 5 minutes from the second on.
  EXPECT_EQ(kubectl_.commands().back(), kRemove);
}

TEST_F(ImagePullTest, EndsAtItsLimit) {
  times_.limit = milliseconds(20);
  server_.states = {{{"", kCreating}}};
  pull({"win-0"}, {"a"});
  EXPECT_EQ(result_, (std::vector<ImageOnNode>{{"win-0", "a", PullState::waiting, ""}}));
  EXPECT_EQ(trouble_, Strings{});
  EXPECT_EQ(kubectl_.commands().back(), kRemove);
}

TEST_F(ImagePullTest, RemovesWhatItMadeWhenItIsStopped) {
  server_.states = {{{"", kCreating}}};
  pull({"win-0"}, {"a"}, [](ImagePull& pull) {
    pull.stop();
    pull.stop();
  });
  EXPECT_EQ(polls_.size(), 1U);
  EXPECT_EQ(times_asked(kRemove), 1);
}

TEST_F(ImagePullTest, RemovesANamespaceThatItHasOnlyAskedFor) {
  loop_.after(milliseconds(0), [this] { pull_->stop(); });
  pull({"win-0"}, {"a"});
  EXPECT_EQ(kubectl_.commands(), (Strings{kMakeNamespace, kRemove}));
}

TEST_F(ImagePullTest, TriesAgainUntilThePodsAreAllowed) {
  server_.refusals[kMakePod] = {"Error from server (Forbidden): serviceaccount \"default\" not found", 3};
  server_.states = {{{"", kRunning}}};
  pull({"win-0"}, {"a"});
  EXPECT_EQ(times_asked(kMakePod), 4);
  EXPECT_EQ(result_.at(0).state, PullState::pulled);
}

TEST_F(ImagePullTest, SaysWhyAPodCouldNotBeMade) {
  times_.beginning = milliseconds(10);
  server_.refusals[kMakePod] = {"Error from server (Forbidden): exceeded quota", 1'000'000};
  pull({"win-0"}, {"a", "b"});
  const std::string why = "Error from server (Forbidden): exceeded quota";
  EXPECT_EQ(result_, (std::vector<ImageOnNode>{{"win-0", "a", PullState::hopeless, why},
                                               {"win-0", "b", PullState::hopeless, why}}));
}

TEST_F(ImagePullTest, EndsAtOnceWhereItMayNotMakeANamespace) {
  server_.refusals[kMakeNamespace] = {"Error from server (Forbidden): not you", 1};
  pull({"win-0"}, {"a"});
  EXPECT_EQ(trouble_,
            Strings{"cannot make the namespace 'op-readiness-r1-images': Error from server (Forbidden): not you"});
  EXPECT_EQ(kubectl_.commands(), Strings{kMakeNamespace});
}

TEST_F(ImagePullTest, TakesALostAnswerForWhatItMayBe) {
  server_.refusals[kMakeNamespace] = {"Unable to connect to the server: EOF", 1};
  server_.refusals[kGetPods] = {"Unable to connect to the server: EOF", 1};
  server_.refusals[kRemove] = {"Unable to connect to the server: EOF", 1};
  server_.states = {{{"", kRunning}}};
  pull({"win-0"}, {"a"});
  EXPECT_EQ(result_.at(0).state, PullState::pulled);
  EXPECT_EQ(trouble_, Strings{});
  EXPECT_EQ(times_asked(kMakeNamespace), 2);
  EXPECT_EQ(times_asked(kRemove), 2);
}

TEST_F(ImagePullTest, SaysWhatStays) {
  times_.ending = milliseconds(10);
  server_.refusals[kRemove] = {"The connection was refused", 1'000'000};
  server_.states = {{{"", kRunning}}};
  pull({"win-0"}, {"a"});
  EXPECT_EQ(trouble_, Strings{"cannot remove the namespace 'op-readiness-r1-images': The connection was refused; "
                              "`op-readiness doctor --repair` does it later"});
}

TEST_F(ImagePullTest, LetsItsHeartBeatMeanwhile) {
  times_.heartbeat = milliseconds(1);
  server_.states = {{{"", kCreating}}};
  pull({"win-0"}, {"a"}, [this](ImagePull& pull) {
    clock_.advance(milliseconds(10));
    if (times_asked(kBeat) > 1) {
      pull.stop();
    }
  });
  const auto& calls = kubectl_.calls();
  const auto beat =
      std::find_if(calls.rbegin(), calls.rend(), [](const KubectlCall& call) { return call.command == kBeat; });
  ASSERT_NE(beat, calls.rend());
  EXPECT_NE(Json::parse(beat->body).at("metadata").at("annotations").at("op-readiness/heartbeat"),
            "2026-01-31T08:15:30.000Z");
}

TEST_F(ImagePullTest, CallsNothingBackOnceItIsGone) {
  loop_.after(milliseconds(0), [this] { pull_.reset(); });
  pull_ = std::make_unique<ImagePull>(PlacerContext{loop_, kubectl_, clock_, target_}, Owner{"r1", {}},
                                      Strings{"win-0"}, Strings{"a"}, times_);
  pull_->start([](const auto&) { FAIL(); }, [](const auto&, const auto&) { FAIL(); });
  loop_.run();
}

}  // namespace
}  // namespace opready::cluster
