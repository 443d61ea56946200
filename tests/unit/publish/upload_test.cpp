// SPDX-License-Identifier: Apache-2.0
// Tests of uploading in order, and of stopping where a command fails.
#include "opready/publish/upload.hpp"

#include <gtest/gtest.h>

#include "opready/base/error.hpp"
#include "opready/base/read_file.hpp"
#include "opready/testing/temp_dir.hpp"

namespace opready::publish {
namespace {

using Lines = std::vector<std::string>;

/// A store that remembers what was copied to it, the content of files included, and fails at one of the copies.
struct UploadTest : ::testing::Test {
  opready::testing::TempDir directory;
  Lines copies;
  std::size_t fails_at = 99;
  process::Captured failure{.exit = {.code = 1, .signal = {}}};

  std::string upload_to(const std::string& root, const BuildPlace& place) {
    const Store store{root, {"copy", "{src}", "{dst}"}, [this](const auto& commands, auto) {
                        EXPECT_EQ(commands.size(), 1U);
                        return std::vector<process::Captured>{copy(commands.front())};
                      }};
    try {
      upload(store, place, 17, directory.path() / "17", base::OutputDirectory::create(directory.path()));
      return "";
    } catch (const base::Error& error) {
      return std::to_string(static_cast<int>(error.code())) + ": " + error.what();
    }
  }

 private:
  process::Captured copy(const std::vector<std::string>& command) {
    const std::filesystem::path source = command.at(1);
    copies.push_back(command.at(2) + (std::filesystem::exists(source) ? "=" + base::read_file(source) : ""));
    return copies.size() == fails_at ? failure : process::Captured{.exit = {.code = 0, .signal = {}}};
  }
};

TEST_F(UploadTest, CopiesTheBuildAndThenNamesItTheLatest) {
  EXPECT_EQ(upload_to("gs://bucket/logs", {.builds = "nightly", .directory = ""}), "");
  EXPECT_EQ(copies, Lines({"gs://bucket/logs/nightly/17", "gs://bucket/logs/nightly/latest-build.txt=17"}));
}

TEST_F(UploadTest, PointsToBuildsOfPullRequests) {
  EXPECT_EQ(upload_to("gs://bucket/",
                      {.builds = "pr-logs/pull/k_r/12/j", .directory = "pr-logs/directory/j", .pointers = true}),
            "");
  EXPECT_EQ(copies, Lines({"gs://bucket/pr-logs/pull/k_r/12/j/17",
                           "gs://bucket/pr-logs/directory/j/17.txt=gs://bucket/pr-logs/pull/k_r/12/j/17",
                           "gs://bucket/pr-logs/pull/k_r/12/j/latest-build.txt=17",
                           "gs://bucket/pr-logs/directory/j/latest-build.txt=17"}));
}

TEST_F(UploadTest, StopsWhereACommandFailsAndShowsItsLastLines) {
  fails_at = 1;
  for (int line = 1; line <= 12; ++line) {
    failure.err += "line " + std::to_string(line) + '\n';
  }
  EXPECT_EQ(
      upload_to("gs://b", {.builds = "nightly", .directory = ""}),
      "3: `copy " + (directory.path() / "17").string() +
          " gs://b/nightly/17` failed: exit status 1\n  line 3\n  line 4\n  line 5\n  line 6\n  line 7\n  line 8\n"
          "  line 9\n  line 10\n  line 11\n  line 12\n"
          "  build 17 may be there in part; latest-build.txt is as it was");
  EXPECT_EQ(copies, Lines({"gs://b/nightly/17"}));
}

TEST_F(UploadTest, SaysWhatACommandDidThatDidNotEndByItself) {
  const std::string tree = (directory.path() / "17").string();
  const std::string after = "\n  build 17 may be there in part; latest-build.txt is as it was";
  fails_at = 1;
  failure = {.start_error = "cannot start 'copy': not found in PATH"};
  EXPECT_EQ(upload_to("s", {.builds = "j", .directory = ""}),
            "3: `copy " + tree + " s/j/17` failed: cannot start 'copy': not found in PATH" + after);
  copies.clear();
  failure = {.timed_out = true};
  EXPECT_EQ(upload_to("s", {.builds = "j", .directory = ""}),
            "3: `copy " + tree + " s/j/17` failed: it took over 24 hours" + after);
}

TEST_F(UploadTest, SaysThatTheLatestBuildCouldNotBeNamed) {
  fails_at = 2;
  EXPECT_EQ(
      upload_to("s", {.builds = "j", .directory = ""}),
      "3: `copy " + (directory.path() / "latest-build.txt").string() + " s/j/latest-build.txt` failed: exit status 1");
}

}  // namespace
}  // namespace opready::publish
