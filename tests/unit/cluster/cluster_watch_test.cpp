// SPDX-License-Identifier: Apache-2.0
// Three watches, their health, and what happens when they end.
#include "opready/cluster/cluster_watch.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "opready/base/shell_quote.hpp"

#include "scripted_starter.hpp"

namespace opready::cluster {
namespace {

using std::chrono::milliseconds;

// Children in the order of their start.
constexpr std::size_t kNamespaces = 0;
constexpr std::size_t kPods = 1;
constexpr std::size_t kEvents = 2;

constexpr const char* kWatching =
    "I1121 12:11:00.393997    5811 round_trippers.go:632] \"Response\" verb=\"GET\" "
    "url=\"https://127.0.0.1:32764/api/v1/pods?limit=500\" status=\"200 OK\" milliseconds=7\n"
    "I1121 12:11:00.399142    5811 round_trippers.go:632] \"Response\" verb=\"GET\" "
    "url=\"https://127.0.0.1:32764/api/v1/pods?resourceVersion=767&watch=true\" status=\"200 OK\" milliseconds=3\n";
constexpr const char* kNamespaceRow = "ADDED      web-1   Active   0s    run-a\n";
constexpr const char* kPodRow =
    "ADDED      web-1   p    1/1   Running   0     0s    10.0.0.2   win-0   <none>   <none>\n";
constexpr const char* kForbidden =
    "I1121 12:11:15.356141    7047 round_trippers.go:632] \"Response\" verb=\"GET\" "
    "url=\"https://127.0.0.1:32764/api/v1/pods?limit=500\" status=\"403 Forbidden\" milliseconds=5\n"
    "I1121 12:11:15.356392    7047 helpers.go:246] server response object: %s[{\n  \"kind\": \"Status\",\n}]\n"
    "Error from server (Forbidden): pods is forbidden: User \"u\" cannot list resource \"pods\"\n";
constexpr const char* kForbiddenText =
    "Error from server (Forbidden): pods is forbidden: User \"u\" cannot list resource \"pods\"";

class ClusterWatchTest : public testing::Test {
 protected:
  void make(WatchDelays delays = {milliseconds(0), milliseconds(0)}) {
    watch_ = std::make_unique<ClusterWatch>(loop_, starter_, target(), evidence_, delays);
  }
  void start() {
    make();
    watch_->start([this] { ++synced_; });
  }
  void start_synced() {
    start();
    for (const std::size_t stream : {kNamespaces, kPods, kEvents}) {
      starter_.prints_error(stream, kWatching);
    }
    loop_.run();
  }
  [[nodiscard]] StreamHealth health(std::size_t stream) const { return watch_->health().at(stream); }

  static Target target() {
    Target target;
    target.kubeconfig = "/k";
    target.context = "c";
    return target;
  }

  process::EventLoop loop_;
  ScriptedStarter starter_;
  Evidence evidence_;
  std::unique_ptr<ClusterWatch> watch_;
  int synced_ = 0;
};

TEST_F(ClusterWatchTest, StartsAKubectlForEachKind) {
  start();
  std::vector<std::string> commands;
  for (std::size_t i = 0; i < starter_.count(); ++i) {
    commands.push_back(base::shell_joined(starter_.child(i).argv));
  }
  const std::string options =
      " --watch --no-headers --output-watch-events --request-timeout=0 -v=6 --kubeconfig /k --context c";
  EXPECT_EQ(commands, (std::vector<std::string>{"kubectl get namespaces -L e2e-run" + options,
                                                "kubectl get pods -A -o wide" + options,
                                                "kubectl get events -A --field-selector type=Warning" + options}));
}

TEST_F(ClusterWatchTest, MakesEvidenceOfRows) {
  start();
  starter_.prints(kNamespaces, kNamespaceRow);
  const std::string row = kPodRow;
  starter_.prints(kPods, row.substr(0, 30));
  starter_.prints(kPods, row.substr(30) + "garbage\n");
  starter_.prints(kEvents, "ADDED   web-1   0s   Warning   FailedMount   pod/p   why\n");
  const std::vector<model::NamespaceEvidence> expected{{.name = "web-1",
                                                        .e2e_run = "run-a",
                                                        .pods = {{"p", {"win-0"}, "Running"}},
                                                        .more_pods = false,
                                                        .warnings = {{"FailedMount", "pod/p", "why"}}}};
  EXPECT_EQ(evidence_.take("run-a"), expected);
}

TEST_F(ClusterWatchTest, DropsLinesThatAreTooLongOrCutOff) {
  start();
  starter_.prints(kNamespaces, kNamespaceRow);
  starter_.prints(kPods, std::string(100'000, 'x') + "   " + kPodRow);
  starter_.prints(kPods, "ADDED      web-1   p    1/1   Running   0     0s    10.0.0.2   win");
  starter_.ends(kPods, 0);
  EXPECT_TRUE(evidence_.take("run-a").at(0).pods.empty());
}

TEST_F(ClusterWatchTest, IsSyncedOnceTheServerHasAnsweredEveryWatch) {
  start();
  starter_.prints_error(kNamespaces, kWatching);
  starter_.prints_error(kPods, kWatching);
  loop_.run();
  EXPECT_FALSE(watch_->synced());
  EXPECT_EQ(synced_, 0);
  starter_.prints_error(kEvents, kWatching);
  EXPECT_TRUE(watch_->synced());
  EXPECT_EQ(synced_, 0) << "told from within a child's callback";
  loop_.run();
  EXPECT_EQ(synced_, 1);
  EXPECT_EQ(health(kPods), (StreamHealth{"pods", true, true, false, 1, ""}));
}

TEST_F(ClusterWatchTest, UnderstandsTheLogOfOlderKubectls) {
  start();
  starter_.prints_error(
      kPods,
      "I1121 12:11:00.399142    5811 round_trippers.go:553] GET "
      "https://127.0.0.1:32764/api/v1/pods?resourceVersion=767&watch=true 200 OK in 3 milliseconds\n");
  EXPECT_TRUE(health(kPods).up);
}

TEST_F(ClusterWatchTest, TakesARowForAnAnswerButNoListAndNoOtherLine) {
  start();
  starter_.prints(kPods, "garbage\n");
  starter_.prints_error(kPods,
                        "I1121 12:11:00.393997    5811 round_trippers.go:632] \"Response\" verb=\"GET\" "
                        "url=\"https://127.0.0.1:32764/api/v1/pods?limit=500\" status=\"200 OK\"\n"
                        "a warning with watch=true and 200 OK\n");
  EXPECT_FALSE(health(kPods).up);
  starter_.prints(kPods, kPodRow);
  EXPECT_TRUE(health(kPods).up);
}

TEST_F(ClusterWatchTest, GivesUpAWatchThatIsRefused) {
  start();
  starter_.prints_error(kNamespaces, kWatching);
  starter_.prints_error(kEvents, kWatching);
  starter_.prints_error(kPods, kForbidden);
  starter_.ends(kPods, 1);
  loop_.run();
  EXPECT_EQ(health(kPods), (StreamHealth{"pods", false, false, true, 1, kForbiddenText}));
  EXPECT_EQ(starter_.count(), 3U);
  EXPECT_EQ(synced_, 1);
}

TEST_F(ClusterWatchTest, GivesUpAWatchWhoseListAloneIsAllowed) {
  start();
  starter_.prints(kPods, kPodRow);
  starter_.prints_error(kPods, kForbidden);
  starter_.ends(kPods, 1);
  EXPECT_EQ(health(kPods), (StreamHealth{"pods", true, false, true, 1, kForbiddenText}));
}

TEST_F(ClusterWatchTest, GivesUpAllWithoutKubectl) {
  starter_.refuse("cannot start 'kubectl': not found in PATH");
  start();
  EXPECT_EQ(synced_, 0);
  loop_.run();
  EXPECT_EQ(synced_, 1);
  EXPECT_EQ(health(kNamespaces),
            (StreamHealth{"namespaces", false, false, true, 1, "cannot start 'kubectl': not found in PATH"}));
}

TEST_F(ClusterWatchTest, StartsAWatchAgainThatTheServerEnded) {
  start_synced();
  starter_.ends(kPods, 0);
  EXPECT_FALSE(watch_->synced());
  loop_.run();
  ASSERT_EQ(starter_.count(), 4U);
  EXPECT_EQ(starter_.child(3).argv, starter_.child(kPods).argv);
  EXPECT_EQ(health(kPods), (StreamHealth{"pods", true, false, false, 2, "the server ended the watch"}));
  starter_.prints_error(3, kWatching);
  loop_.run();
  EXPECT_TRUE(watch_->synced());
  EXPECT_EQ(synced_, 1) << "told more than once";
}

TEST_F(ClusterWatchTest, StartsAWatchAgainThatAServerRefusesOnlyNow) {
  start_synced();
  starter_.ends(kPods, 0);
  loop_.run();
  starter_.prints_error(3, kForbidden);
  starter_.ends(3, 1);
  loop_.run();
  EXPECT_EQ(starter_.count(), 5U);
  EXPECT_EQ(health(kPods), (StreamHealth{"pods", true, false, false, 3, kForbiddenText}));
}

TEST_F(ClusterWatchTest, SaysInKubectlsWordsWhyAWatchEnded) {
  start();
  starter_.prints_error(kPods, "E1121 09:26:07.000000 1 memcache.go:265] couldn't get\nThe connection was refused\n\n");
  starter_.ends(kPods, 1);
  EXPECT_EQ(health(kPods).failure, "The connection was refused");
  starter_.ends(kEvents, 3);
  EXPECT_EQ(health(kEvents).failure, "exit status 3");
  starter_.prints_error(kNamespaces, "error: \x1b[31mAuthorization: Bearer abcdefghijkl");
  starter_.ends(kNamespaces, 1);
  EXPECT_EQ(health(kNamespaces).failure, "error: Authorization: Bearer [redacted]");
}

TEST_F(ClusterWatchTest, WaitsLongerFromFailureToFailure) {
  // By the order in which two streams come back: one has failed thrice, the other once and later.
  make({milliseconds(10), milliseconds(1000)});
  watch_->start({});
  for (const std::size_t child : {kPods, std::size_t{3}, std::size_t{4}, std::size_t{5}}) {
    starter_.ends(child, 1);
    if (child != 5) {
      loop_.run();
    }
  }
  starter_.ends(kEvents, 1);
  loop_.run();
  ASSERT_EQ(starter_.count(), 8U);
  EXPECT_EQ(starter_.child(6).argv, starter_.child(kEvents).argv);
  EXPECT_EQ(starter_.child(7).argv, starter_.child(kPods).argv);
}

TEST_F(ClusterWatchTest, EndsItsChildrenWhenStopped) {
  start_synced();
  starter_.ends(kPods, 0);
  watch_->stop();
  loop_.run();  // Returns, and starts nothing: the wait for the next pods' watch is over too.
  EXPECT_EQ(starter_.count(), 3U);
  EXPECT_FALSE(starter_.child(kNamespaces).alive);
  EXPECT_FALSE(starter_.child(kPods).alive);
  EXPECT_FALSE(starter_.child(kEvents).alive);
  EXPECT_FALSE(health(kNamespaces).up);
}

TEST_F(ClusterWatchTest, MayBeDestroyedWhenItTellsThatItIsSynced) {
  make();
  watch_->start([this] { watch_.reset(); });
  for (const std::size_t stream : {kNamespaces, kPods, kEvents}) {
    starter_.prints_error(stream, kWatching);
  }
  loop_.run();
  EXPECT_EQ(watch_, nullptr);
  EXPECT_FALSE(starter_.child(kPods).alive);
}

TEST_F(ClusterWatchTest, TellsNothingOnceDestroyed) {
  start();
  for (const std::size_t stream : {kNamespaces, kPods, kEvents}) {
    starter_.prints_error(stream, kWatching);
  }
  watch_.reset();
  loop_.run();
  EXPECT_EQ(synced_, 0);
}

}  // namespace
}  // namespace opready::cluster
