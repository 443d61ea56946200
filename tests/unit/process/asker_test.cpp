// SPDX-License-Identifier: Apache-2.0
// Short commands on a loop that goes on.
#include "opready/process/asker.hpp"

#include <csignal>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace opready::process {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

class AskerTest : public ::testing::Test {
 protected:
  EventLoop loop_;
  SystemChildStarter starter_{loop_};
  std::unique_ptr<Asker> asker_ = std::make_unique<Asker>(loop_, starter_);
};

TEST_F(AskerTest, AnswersWithBothStreamsAndTheExit) {
  Captured answer;
  asker_->ask({"sh", "-c", "echo out; echo err >&2; exit 3"}, seconds(20), [&](const Captured& it) { answer = it; });
  loop_.run();
  EXPECT_EQ(answer.out, "out\n");
  EXPECT_EQ(answer.err, "err\n");
  EXPECT_EQ(answer.exit.code, 3);
}

TEST_F(AskerTest, CanBeAskedAgainInsideAnAnswer) {
  std::string story;
  asker_->ask({"echo", "first"}, seconds(20), [&](const Captured& first) {
    story += first.out;
    asker_->ask({"echo", "second"}, seconds(20), [&](const Captured& second) { story += second.out; });
  });
  loop_.run();
  EXPECT_EQ(story, "first\nsecond\n");
}

TEST_F(AskerTest, KillsAtTheTimeout) {
  Captured answer;
  asker_->ask({"sleep", "600"}, milliseconds(50), [&](const Captured& it) { answer = it; });
  loop_.run();
  EXPECT_TRUE(answer.timed_out);
  EXPECT_EQ(answer.exit.signal, SIGKILL);
}

TEST_F(AskerTest, AnswersLaterWhereNothingCouldBeStarted) {
  std::string error = "not answered yet";
  asker_->ask({"no-such-program-in-path"}, seconds(20), [&](const Captured& it) { error = it.start_error; });
  EXPECT_EQ(error, "not answered yet");
  loop_.run();
  EXPECT_EQ(error, "cannot start 'no-such-program-in-path': not found in PATH");
}

TEST_F(AskerTest, MayBeDestroyedInsideAnAnswerAndAnswersNobodyThen) {
  int answers = 0;
  asker_->ask({"sleep", "600"}, seconds(20), [&](const Captured&) { ++answers; });
  asker_->ask({"no-such-program-in-path"}, seconds(20), [&](const Captured&) {
    ++answers;
    asker_.reset();
  });
  asker_->ask({"another-such-program"}, seconds(20), [&](const Captured&) { ++answers; });
  loop_.run();
  EXPECT_EQ(answers, 1);
}

}  // namespace
}  // namespace opready::process
