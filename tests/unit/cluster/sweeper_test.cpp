// SPDX-License-Identifier: Apache-2.0
// Cleaning up behind a case while its run goes on.
#include "opready/cluster/sweeper.hpp"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "fake_objects.hpp"

namespace opready::cluster {
namespace {

using Strings = std::vector<std::string>;
using std::chrono::milliseconds;

class SweeperTest : public ::testing::Test {
 protected:
  SweeperTest() {
    target_.kubeconfig = "/k";
    target_.context = "c";
  }

  Removal sweep(const E2eTraces& left) {
    Removal result;
    sweeper_ = make_sweeper({loop_, kubectl_, target_}, times_);
    sweeper_->sweep(left, [&](const Removal& removal) {
      result = removal;
      ++answers_;
    });
    loop_.run();
    return result;
  }

  process::EventLoop loop_;
  FakeObjects server_;
  FakeKubectl kubectl_{loop_, [this](const KubectlCall& call) { return server_.answer(call); }};
  Target target_;
  SweeperTimes times_{
      .answer = milliseconds(1000), .settling = milliseconds(1), .retry = milliseconds(1), .limit = milliseconds(1000)};
  std::unique_ptr<Sweeper> sweeper_;
  int answers_ = 0;
};

TEST_F(SweeperTest, RemovesWhatOneRunLeft) {
  server_.add_namespace("dns-1", "run-a");
  server_.add_namespace("dns-2", "run-b");
  const Removal removal = sweep({.e2e_runs = {"run-a"}, .namespaces = {}});
  EXPECT_EQ(removal.done, Strings{"removed namespace dns-1"});
  EXPECT_EQ(removal.failed, Strings{});
  EXPECT_EQ(server_.deleted, Strings{"/api/v1/namespaces/dns-1 uid-dns-1"});
  EXPECT_EQ(answers_, 1);
}

TEST_F(SweeperTest, LooksAgainForWhatWasAskedForLast) {
  server_.add_namespace("dns-1", "run-a");
  bool late = false;
  FakeKubectl kubectl(loop_, [&](const KubectlCall& call) {
    const KubectlReply reply = server_.answer(call);
    if (call.command.starts_with("delete ") && !std::exchange(late, true)) {
      server_.add_namespace("dns-2", "run-a");
      server_.add(kBindings, "b", {{"subjects", {{{"kind", "ServiceAccount"}, {"namespace", "dns-1"}}}}});
    }
    return reply;
  });
  Removal result;
  const auto sweeper = make_sweeper({loop_, kubectl, target_}, times_);
  sweeper->sweep({.e2e_runs = {"run-a"}, .namespaces = {}}, [&](const Removal& removal) { result = removal; });
  loop_.run();
  EXPECT_EQ(result.done,
            (Strings{"removed namespace dns-1", "removed ClusterRoleBinding b", "removed namespace dns-2"}));
}

TEST_F(SweeperTest, TriesAgainUntilTheServerAnswers) {
  server_.add_namespace("dns-1", "run-a");
  server_.fail(3);
  const Removal removal = sweep({.e2e_runs = {"run-a"}, .namespaces = {}});
  EXPECT_EQ(removal.done, Strings{"removed namespace dns-1"});
  EXPECT_EQ(removal.failed, Strings{});
}

TEST_F(SweeperTest, GivesUpAtItsLimit) {
  times_.limit = milliseconds(5);
  server_.add_namespace("dns-1", "run-a");
  server_.forbidden = {"/api/v1/namespaces/dns-1"};
  const Removal removal = sweep({.e2e_runs = {"run-a"}, .namespaces = {}});
  EXPECT_EQ(removal.done, Strings{});
  EXPECT_EQ(removal.failed, Strings{"cannot remove namespace dns-1: Error from server (Forbidden): not you"});
  EXPECT_EQ(answers_, 1);
}

TEST_F(SweeperTest, CallsNothingBackOnceItIsGone) {
  server_.add_namespace("dns-1", "run-a");
  sweeper_ = make_sweeper({loop_, kubectl_, target_}, times_);
  sweeper_->sweep({.e2e_runs = {"run-a"}, .namespaces = {}}, [&](const Removal&) { ++answers_; });
  sweeper_.reset();
  loop_.run();
  EXPECT_EQ(answers_, 0);
  EXPECT_EQ(server_.deleted, Strings{});
}

}  // namespace
}  // namespace opready::cluster
