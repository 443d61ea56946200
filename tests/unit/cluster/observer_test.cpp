// SPDX-License-Identifier: Apache-2.0
// What a run is told of the watches, by what their children print.
#include "opready/cluster/observer.hpp"

#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "scripted_starter.hpp"

namespace opready::cluster {
namespace {

constexpr std::size_t kNamespaces = 0;
constexpr std::size_t kPods = 1;
constexpr std::size_t kEvents = 2;
constexpr const char* kWatching =
    "I1121 12:11:00.399142    5811 round_trippers.go:632] \"Response\" url=\"watch=true\" status=\"200 OK\"\n";
constexpr const char* kForbidden = "Error from server (Forbidden): events is forbidden: User \"u\" cannot list\n";

class ObserverTest : public testing::Test {
 protected:
  ObserverTest() : observer_(make_observer(loop_, starter_, target_)) {}

  /// Until it's ready.
  void start() {
    observer_->start([this] { loop_.stop(); });
  }
  void start_all() {
    start();
    for (const std::size_t stream : {kNamespaces, kPods, kEvents}) {
      starter_.prints_error(stream, kWatching);
    }
    loop_.run();
  }
  /// Where the server says of events that nobody may see them.
  void start_without_events() {
    start();
    starter_.prints_error(kNamespaces, kWatching);
    starter_.prints_error(kPods, kWatching);
    starter_.prints_error(kEvents, kForbidden);
    starter_.ends(kEvents, 1);
    loop_.run();
  }
  /// Runs the loop until `count` children were started in all.
  void run_until(std::size_t count) {
    while (starter_.count() < count) {
      loop_.after(std::chrono::milliseconds(5), [this] { loop_.stop(); });
      loop_.run();
    }
  }

  process::EventLoop loop_;
  ScriptedStarter starter_;
  Target target_;
  std::unique_ptr<Observer> observer_;
};

TEST_F(ObserverTest, IsReadyWhenEachWatchIsUpOrGivenUp) {
  start_without_events();
  EXPECT_TRUE(observer_->sees_pods());
  EXPECT_EQ(observer_->lacks(), (std::vector<std::string>{"events could not be watched: Error from server (Forbidden): "
                                                          "events is forbidden: User \"u\" cannot list"}));
}

TEST_F(ObserverTest, SeesNoPodsWithoutTheirWatch) {
  start();
  starter_.prints_error(kNamespaces, kWatching);
  starter_.prints_error(kEvents, kWatching);
  starter_.prints_error(kPods, kForbidden);
  starter_.ends(kPods, 1);
  loop_.run();
  EXPECT_FALSE(observer_->sees_pods());
  EXPECT_EQ(observer_->continuity(), std::nullopt);
}

TEST_F(ObserverTest, IsContinuousUntilAWatchBreaks) {
  start_all();
  const std::optional<int> before = observer_->continuity();
  ASSERT_TRUE(before);
  starter_.ends(kEvents, 0);
  EXPECT_EQ(observer_->continuity(), before) << "no pod is missed without events";
  starter_.ends(kPods, 0);
  EXPECT_EQ(observer_->continuity(), std::nullopt);
  run_until(5);
  starter_.prints_error(3, kWatching);
  starter_.prints_error(4, kWatching);
  EXPECT_TRUE(observer_->continuity());
  EXPECT_NE(observer_->continuity(), before);
}

TEST_F(ObserverTest, KnowsThatTheApiServerIsLostWhoeverWasRefused) {
  start_without_events();
  EXPECT_TRUE(observer_->api_answers());
  starter_.ends(kPods, 1);
  EXPECT_TRUE(observer_->api_answers()) << "another watch is up";
  starter_.ends(kNamespaces, 1);
  EXPECT_FALSE(observer_->api_answers());
}

TEST_F(ObserverTest, TakesAServerThatNeverAnsweredForNoLoss) {
  start();
  EXPECT_TRUE(observer_->api_answers());
}

}  // namespace
}  // namespace opready::cluster
