// SPDX-License-Identifier: Apache-2.0
// Waiting for namespaces to be gone, and why they aren't.
#include "opready/cluster/namespace_wait.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "fake_objects.hpp"

namespace opready::cluster {
namespace {

using Json = nlohmann::json;
using Strings = std::vector<std::string>;
using std::chrono::milliseconds;

Json condition(const std::string& type, const std::string& message, const std::string& status = "True") {
  return {{"type", type}, {"status", status}, {"message", message}};
}

class NamespaceWaitTest : public ::testing::Test {
 protected:
  NamespaceWaitTest() {
    target_.kubeconfig = "/k";
    target_.context = "c";
  }

  /// Waits for dns-1 and dns-2. The server forgets dns-1 after so many looks.
  WaitEnd wait(int looks_of_first = 1000) {
    FakeKubectl kubectl(loop_, [&](const KubectlCall& call) {
      if (++looks_ > looks_of_first) {
        server_.remove("/api/v1/namespaces/dns-1");
      }
      return server_.answer(call);
    });
    WaitEnd result;
    const NamespaceWait waiting({loop_, kubectl, target_}, {"dns-1", "dns-2"}, times_,
                                {.on_progress = [&](const Strings& names) { progress_.push_back(names); },
                                 .on_end =
                                     [&](const WaitEnd& end) {
                                       result = end;
                                       ++ends_;
                                     }});
    loop_.run();
    EXPECT_EQ(ends_, 1);
    return result;
  }

  process::EventLoop loop_;
  FakeObjects server_;
  Target target_;
  WaitTimes times_{.limit = milliseconds(1000),
                   .answer = milliseconds(1000),
                   .pause = milliseconds(1),
                   .progress = milliseconds(1000)};
  std::vector<Strings> progress_;
  int looks_ = 0;
  int ends_ = 0;
};

TEST_F(NamespaceWaitTest, EndsWhenAllAreGone) {
  server_.add_going("dns-1", "run-a");
  server_.add_namespace("dns-2", "run-a");  // Nobody removes it.
  server_.add_going("others", "run-b");
  const WaitEnd end = wait(3);
  EXPECT_EQ(end.lingering, std::vector<LingeringNamespace>{});
  EXPECT_EQ(end.unknown, "");
  EXPECT_EQ(looks_, 4);
}

TEST_F(NamespaceWaitTest, TellsWhyTheyAreStillThere) {
  times_.limit = milliseconds(30);
  times_.progress = milliseconds(10);
  const Json conditions = {condition("NamespaceFinalizersRemaining", "Some content has finalizers: x in 1 instances"),
                           condition("NamespaceDeletionContentFailure", "Nothing of note", "False"),
                           condition("NamespaceContentRemaining", "Some resources are remaining: pods.\nhas 1"),
                           condition("NamespaceDeletionDiscoveryFailure", "stale GroupVersion discovery")};
  server_.add_going("dns-1", "run-a", {{"status", {{"conditions", conditions}}}});
  server_.add_going("dns-2", "run-a", {{"metadata", {{"finalizers", {"example.com/a", "example.com/b"}}}}});
  EXPECT_EQ(wait().lingering,
            (std::vector<LingeringNamespace>{
                {"dns-1",
                 "NamespaceDeletionDiscoveryFailure: stale GroupVersion discovery; NamespaceContentRemaining: Some "
                 "resources are remaining: pods. has 1; NamespaceFinalizersRemaining: Some content has finalizers: x "
                 "in 1 instances"},
                {"dns-2", "nobody has removed its finalizers example.com/a, example.com/b"}}));
  ASSERT_FALSE(progress_.empty());
  EXPECT_EQ(progress_.back(), (Strings{"dns-1", "dns-2"}));
}

TEST_F(NamespaceWaitTest, SaysWhereTheServerSaysNothing) {
  times_.limit = milliseconds(300);
  server_.add_going("dns-1", "run-a");
  EXPECT_EQ(wait().lingering, (std::vector<LingeringNamespace>{{"dns-1", "the API server doesn't say why"}}));
}

TEST_F(NamespaceWaitTest, GoesOnThroughAnOutage) {
  server_.add_going("dns-1", "run-a");
  server_.fail(2);
  EXPECT_EQ(wait(3).unknown, "");
  EXPECT_EQ(looks_, 4);
}

TEST_F(NamespaceWaitTest, KnowsNothingWhereTheServerDoesNotComeBack) {
  times_.limit = milliseconds(5);
  server_.fail(1'000'000);
  EXPECT_EQ(wait().unknown, "The connection to the server was refused - did you specify the right host or port?");
}

}  // namespace
}  // namespace opready::cluster
