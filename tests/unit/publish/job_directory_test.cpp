// SPDX-License-Identifier: Apache-2.0
// Tests of a job's directory: what readers see of it at each moment.
#include "opready/publish/job_directory.hpp"

#include <algorithm>
#include <sys/stat.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "opready/base/error.hpp"
#include "opready/base/read_file.hpp"
#include "opready/testing/temp_dir.hpp"

namespace opready::publish {
namespace {

using opready::testing::TempDir;

BuildPlace nightly() {
  return {.builds = "nightly", .directory = "", .pointers = false};
}

BuildPlace pull(const std::string& number) {
  return {.builds = "pr-logs/pull/k_r/" + number + "/j", .directory = "pr-logs/directory/j", .pointers = true};
}

void fail_if_waiting() {
  ADD_FAILURE() << "waits";
}

struct JobDirectoryTest : ::testing::Test {
  TempDir root;

  void publish(const BuildPlace& place, BuildId id) {
    JobDirectory job(root.path(), place, fail_if_waiting);
    job.stage().write_atomically("finished.json", std::to_string(id));
    job.publish(id);
    job.settle();
  }

  /// Every name that readers see below `path`, with what the files hold.
  [[nodiscard]] std::vector<std::string> visible(const std::string& path) const {
    std::vector<std::string> seen;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root.path() / path)) {
      const std::string name = entry.path().lexically_relative(root.path() / path).string();
      if (!name.starts_with('.')) {
        seen.push_back(entry.is_directory() ? name + '/' : name + '=' + base::read_file(entry.path()));
      }
    }
    std::sort(seen.begin(), seen.end());
    return seen;
  }
};

using Names = std::vector<std::string>;

TEST_F(JobDirectoryTest, ShowsABuildAndThenNamesItTheLatest) {
  JobDirectory job(root.path(), nightly(), fail_if_waiting);
  EXPECT_EQ(job.latest(), std::nullopt);
  job.settle();
  job.stage().write_atomically("finished.json", "x");
  EXPECT_EQ(visible("nightly"), Names());
  job.publish(7);
  EXPECT_EQ(visible("nightly"), Names({"7/", "7/finished.json=x"}));
  job.settle();
  EXPECT_EQ(visible("nightly"), Names({"7/", "7/finished.json=x", "latest-build.txt=7"}));
  EXPECT_EQ(job.latest(), 7U);
  EXPECT_TRUE(job.contains(7));
  EXPECT_FALSE(job.contains(8));
  EXPECT_EQ(job.path_of(7), root.path() / "nightly" / "7");
}

TEST_F(JobDirectoryTest, KeepsTheGreatestNumberAsTheLatest) {
  publish(nightly(), 10);
  publish(nightly(), 9);
  EXPECT_EQ(visible("nightly"),
            Names({"10/", "10/finished.json=10", "9/", "9/finished.json=9", "latest-build.txt=10"}));
}

TEST_F(JobDirectoryTest, RemovesWhatAKilledPublisherLeftAndNamesWhatItHadShown) {
  root.write("nightly/.publishing/artifacts/half", "half");
  root.write("nightly/5/finished.json", "5");
  root.write("nightly/latest-build.txt", "4\n");
  root.write("nightly/notes/7", "not a build");
  JobDirectory job(root.path(), nightly(), fail_if_waiting);
  EXPECT_FALSE(std::filesystem::exists(root.path() / "nightly" / ".publishing"));
  EXPECT_EQ(job.latest(), 5U);
  job.settle();
  EXPECT_EQ(base::read_file(root.path() / "nightly" / "latest-build.txt"), "5");
}

TEST_F(JobDirectoryTest, LeavesNothingBehindWhereAPublisherFails) {
  {
    JobDirectory job(root.path(), nightly(), fail_if_waiting);
    job.stage().write_atomically("finished.json", "x");
  }
  EXPECT_FALSE(std::filesystem::exists(root.path() / "nightly" / ".publishing"));
}

TEST_F(JobDirectoryTest, RemembersTheNumberOfABuildThatWasDeleted) {
  publish(nightly(), 5);
  std::filesystem::remove_all(root.path() / "nightly" / "5");
  EXPECT_EQ(JobDirectory(root.path(), nightly(), fail_if_waiting).latest(), 5U);
}

TEST_F(JobDirectoryTest, FindsABuildByItsFinishedJson) {
  publish(nightly(), 5);
  publish(nightly(), 6);
  root.write("nightly/7/started.json", "a build of somebody else, under way");
  const JobDirectory job(root.path(), nightly(), fail_if_waiting);
  EXPECT_EQ(job.find([](std::string_view finished) { return finished == "5"; }), 5U);
  EXPECT_EQ(job.find([](std::string_view) { return true; }), 6U);
  EXPECT_EQ(job.find([](std::string_view) { return false; }), std::nullopt);
}

TEST_F(JobDirectoryTest, NamesOnlyBuildsTheLatest) {
  publish(nightly(), 5);
  root.write("nightly/6/finished.json/notes", "a directory of that name");
  root.write("nightly/7/half", "copied by somebody else");
  root.write("nightly/8", "a file");
  std::filesystem::create_directory(root.path() / "nightly" / "9");
  ASSERT_EQ(::mkfifo((root.path() / "nightly" / "9" / "finished.json").c_str(), 0600), 0);
  JobDirectory job(root.path(), nightly(), fail_if_waiting);
  EXPECT_EQ(job.find([](std::string_view) { return true; }), 5U);
  job.settle();
  EXPECT_EQ(base::read_file(root.path() / "nightly" / "latest-build.txt"), "5");
  EXPECT_EQ(job.latest(), 9U);  // Numbers that are taken.
}

TEST_F(JobDirectoryTest, GivesNoNumberToAnotherPullRequestThatAKilledPublisherTook) {
  {
    JobDirectory job(root.path(), pull("12"), fail_if_waiting);
    job.stage().write_atomically("finished.json", "5");
    job.publish(5);
  }  // Killed before it settles.
  const JobDirectory other(root.path(), pull("13"), fail_if_waiting);
  EXPECT_EQ(other.latest(), 5U);
  EXPECT_TRUE(other.contains(5));
}

TEST_F(JobDirectoryTest, LetsOnlyTheSamePullRequestHaveANumberThatWasClaimedForNothing) {
  publish(pull("12"), 5);
  root.write("pr-logs/directory/j/6.txt", (root.path() / "pr-logs/pull/k_r/12/j/6").string());
  {
    JobDirectory other(root.path(), pull("13"), fail_if_waiting);
    EXPECT_EQ(other.latest(), 6U);
    EXPECT_TRUE(other.contains(6));
    other.settle();
    EXPECT_EQ(base::read_file(root.path() / "pr-logs/directory/j/latest-build.txt"), "5");
  }
  JobDirectory job(root.path(), pull("12"), fail_if_waiting);
  EXPECT_FALSE(job.contains(6));
  job.settle();
  EXPECT_FALSE(std::filesystem::exists(root.path() / "pr-logs/directory/j/6.txt"));
  EXPECT_TRUE(std::filesystem::exists(root.path() / "pr-logs/directory/j/5.txt"));
}

TEST_F(JobDirectoryTest, CanBeUsedByOthersThanWhoMadeItsLock) {
  std::filesystem::permissions(root.path(), std::filesystem::perms::all);
  const std::filesystem::path lock = root.write("nightly/.publishing.lock", "");
  std::filesystem::permissions(lock.parent_path(), std::filesystem::perms::all);
  std::filesystem::permissions(lock, std::filesystem::perms(0444));
  const uid_t me = ::geteuid();
  ASSERT_EQ(::seteuid(me == 0 ? 65534 : me), 0);  // root may write to any file.
  EXPECT_NO_THROW(publish(nightly(), 5));
  ASSERT_EQ(::seteuid(me), 0);
  EXPECT_EQ(base::read_file(root.path() / "nightly" / "latest-build.txt"), "5");
}

TEST_F(JobDirectoryTest, OpensABuildToReadersAsTheUmaskSays) {
  const mode_t before = ::umask(027);
  publish(nightly(), 5);
  ::umask(before);
  const auto mode = [&](const std::string& path) {
    struct stat status{};
    EXPECT_EQ(::stat((root.path() / "nightly" / path).c_str(), &status), 0) << path;
    return status.st_mode & 0777U;
  };
  EXPECT_EQ(mode("5"), 0750U);
  EXPECT_EQ(mode("5/finished.json"), 0640U);
  EXPECT_EQ(mode("latest-build.txt"), 0640U);
}

TEST_F(JobDirectoryTest, WaitsForAnotherPublisher) {
  struct Waits {};
  const JobDirectory job(root.path(), nightly(), fail_if_waiting);
  EXPECT_THROW(JobDirectory(root.path(), nightly(), [] { throw Waits(); }), Waits);
  const JobDirectory other(root.path(), {.builds = "weekly", .directory = ""}, fail_if_waiting);
}

TEST_F(JobDirectoryTest, PointsToBuildsOfPullRequestsInTheJobsDirectory) {
  publish(pull("12"), 5);
  publish(pull("13"), 7);
  publish(pull("12"), 6);
  const std::string pulls = (root.path() / "pr-logs/pull/k_r").string();
  EXPECT_EQ(visible("pr-logs/directory/j"), Names({"5.txt=" + pulls + "/12/j/5", "6.txt=" + pulls + "/12/j/6",
                                                   "7.txt=" + pulls + "/13/j/7", "latest-build.txt=7"}));
  EXPECT_EQ(base::read_file(root.path() / "pr-logs/pull/k_r/12/j/latest-build.txt"), "6");
  EXPECT_EQ(base::read_file(root.path() / "pr-logs/pull/k_r/13/j/latest-build.txt"), "7");
  const JobDirectory job(root.path(), pull("12"), fail_if_waiting);
  EXPECT_EQ(job.latest(), 7U);
  EXPECT_TRUE(job.contains(7));
}

TEST_F(JobDirectoryTest, MakesUpForAPointerThatAKilledPublisherDidNotWrite) {
  root.write("pr-logs/pull/k_r/12/j/5/finished.json", "5");
  JobDirectory(root.path(), pull("12"), fail_if_waiting).settle();
  EXPECT_EQ(base::read_file(root.path() / "pr-logs/directory/j/5.txt"),
            (root.path() / "pr-logs/pull/k_r/12/j/5").string());
  EXPECT_EQ(base::read_file(root.path() / "pr-logs/directory/j/latest-build.txt"), "5");
}

TEST_F(JobDirectoryTest, SaysWhichPathCannotBeMade) {
  const std::filesystem::path file = root.write("file", "");
  try {
    const JobDirectory job(file, nightly(), fail_if_waiting);
    FAIL() << "no error";
  } catch (const base::Error& error) {
    EXPECT_EQ(error.code(), base::ExitCode::cannot_run);
    EXPECT_EQ(error.what(), "cannot create directory '" + (file / "nightly").string() + "': not a directory");
  }
}

}  // namespace
}  // namespace opready::publish
