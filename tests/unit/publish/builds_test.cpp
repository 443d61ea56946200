// SPDX-License-Identifier: Apache-2.0
// Builds in directories: which are found, what they say, and how they are put together.
#include "opready/publish/builds.hpp"

#include <filesystem>
#include <sys/stat.h>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include "opready/base/error.hpp"
#include "opready/testing/temp_dir.hpp"

namespace opready::publish {
namespace {

using opready::testing::TempDir;

constexpr const char* kJUnit =
    R"(<testsuite name="s"><testcase name="a"/><testcase name="b"><failure>no</failure></testcase></testsuite>)";

class Builds : public ::testing::Test {
 protected:
  /// A whole build, begun at that second.
  void publish(const std::string& path, int second, const std::string& metadata = "{}") const {
    root_.write(path + "/started.json", fmt::format(R"({{"timestamp": {}}})", second));
    root_.write(path + "/finished.json",
                fmt::format(R"({{"timestamp": 9, "passed": true, "result": "SUCCESS", "metadata": {}}})", metadata));
    root_.write(path + "/artifacts/junit_01.xml", kJUnit);
  }

  [[nodiscard]] FoundBuilds find(const std::string& job = "", const std::string& below = "") const {
    return find_builds({root_.path() / below}, job);
  }

  /// "job/id" of each.
  [[nodiscard]] static std::string names(const std::vector<PastBuild>& builds) {
    std::string names;
    for (const PastBuild& build : builds) {
      names += fmt::format("{}{}/{}", names.empty() ? "" : " ", build.job, build.id);
    }
    return names;
  }

  /// What was left out, by names below the root.
  [[nodiscard]] std::string skipped(const FoundBuilds& found) const {
    std::string text = fmt::format("{}", fmt::join(found.skipped, "\n"));
    const std::string root = root_.path().string() + "/";
    for (std::size_t at = text.find(root); at != std::string::npos; at = text.find(root)) {
      text.erase(at, root.size());
    }
    return text;
  }

  TempDir root_;
};

TEST_F(Builds, AreFoundAsDeepAsProwNestsThem) {
  publish("logs/nightly/1", 1);
  publish("logs/nightly/2", 2);
  publish("pr-logs/pull/org_repo/77/check/3", 3);
  root_.write("logs/nightly/latest-build.txt", "2");
  const FoundBuilds found = find();
  EXPECT_EQ(names(found.builds), "nightly/1 nightly/2 check/3");
  EXPECT_EQ(found.jobs, (std::vector<std::string>{"check", "nightly"}));
  EXPECT_EQ(skipped(found), "");
}

TEST_F(Builds, AreFoundWhereARootIsAJobOrABuild) {
  publish("nightly/1", 1);
  EXPECT_EQ(names(find("", "nightly").builds), "nightly/1");
  EXPECT_EQ(names(find("", "nightly/1/").builds), "nightly/1");
  EXPECT_EQ(names(find_builds({root_.path(), root_.path() / "nightly"}, "").builds), "nightly/1");
}

TEST_F(Builds, OfOtherJobsAreNotRead) {
  publish("nightly/1", 1);
  root_.write("weekly/1/finished.json", "broken");
  const FoundBuilds found = find("nightly");
  EXPECT_EQ(names(found.builds), "nightly/1");
  EXPECT_EQ(skipped(found), "");
  EXPECT_EQ(found.jobs, (std::vector<std::string>{"nightly", "weekly"}));
}

TEST_F(Builds, MayBeReportDirectories) {
  root_.write("some-run/events.jsonl", "");
  root_.write("some-run/metadata.json", R"({"started": "2026-01-31T08:15:30.123Z", "label.pool": "a", "cases": 4})");
  root_.write("some-run/junit_op-readiness.xml", kJUnit);
  root_.write("kubetest/junit_01.xml", kJUnit);
  const FoundBuilds found = find();
  ASSERT_EQ(names(found.builds), "/kubetest /some-run");
  const PastBuild& run = found.builds[1];
  EXPECT_EQ(base::rfc3339(run.time), "2026-01-31T08:15:30.123Z");
  EXPECT_EQ(label_of(run, "pool"), "a");
  EXPECT_EQ(label_of(run, "cases"), "") << "only texts are facts";
  EXPECT_EQ(run.passed, std::nullopt);
  EXPECT_GT(found.builds[0].time, base::Timestamp());
}

TEST_F(Builds, SayWhenTheyBeganAndWhatTheyCameTo) {
  publish("job/1", 1769847330, R"({"label.pool": "ltsc2022", "context": "practice"})");
  root_.write("job/1/artifacts/metadata.json", R"({"context": "later", "kubernetes_version": "v1.36.3"})");
  root_.write("job/2/finished.json", R"({"result": "FAILURE", "metadata": null})");
  const std::vector<PastBuild> builds = find().builds;
  ASSERT_EQ(builds.size(), 2U);
  EXPECT_EQ(base::rfc3339(builds[0].time), "2026-01-31T08:15:30.000Z");
  EXPECT_EQ(builds[0].passed, true);
  EXPECT_EQ(label_of(builds[0], "pool"), "ltsc2022");
  EXPECT_EQ(label_of(builds[0], "context"), "practice");
  EXPECT_EQ(label_of(builds[0], "kubernetes_version"), "v1.36.3");
  EXPECT_EQ(label_of(builds[0], "job"), "job");
  EXPECT_EQ(label_of(builds[0], "nothing"), "");
  EXPECT_EQ(builds[1].passed, false);
}

TEST_F(Builds, ThatAreBrokenAreNamedAndLeftOut) {
  publish("job/1", 1);
  root_.write("job/2/started.json", R"({"timestamp": 2})");
  root_.write("job/3/finished.json", "{");
  root_.write("job/4/build-log.txt", "");
  root_.write("job/5/started.json", "[]");
  root_.write("job/5/finished.json", "{}");
  root_.write("job/6/started.json", R"({"timestamp": 1e99})");
  root_.write("job/6/finished.json", R"({"passed": "yes"})");
  const FoundBuilds found = find();
  EXPECT_EQ(names(found.builds), "job/1 job/6");
  EXPECT_EQ(skipped(found),
            "'job/2' has no finished.json: it's under way, or was cut off\n"
            "'job/3/finished.json' is no JSON object\n"
            "'job/4' holds no results\n"
            "'job/5/started.json' is no JSON object");
}

TEST_F(Builds, BehindLinksAndInHiddenDirectoriesAreNotFound) {
  publish(".making/1", 1);
  publish("job/1", 1);
  std::filesystem::create_directory_symlink(root_.path() / "job", root_.path() / "other");
  EXPECT_EQ(names(find().builds), "job/1");
}

TEST_F(Builds, ARootThatIsNotThereIsAnError) {
  try {
    std::ignore = find("", "nowhere");
    FAIL();
  } catch (const base::Error& error) {
    EXPECT_EQ(error.what(), fmt::format("cannot read '{}/nowhere': no such file or directory", root_.path().string()));
  }
}

/// "a. bF" of the only build there is.
std::string results_text(const FoundBuilds& found) {
  std::string text;
  try {
    for (const auto& [test, cell] : read_results(found.builds.at(0))) {
      text += fmt::format("{}{}{}", text.empty() ? "" : " ", test.second, "-s.~F"[static_cast<int>(cell)]);
    }
  } catch (const base::Error& error) {
    text = error.what();
  }
  return text;
}

TEST_F(Builds, AreReadFromEveryJUnitFileBelowArtifacts) {
  publish("job/1", 1);
  root_.write("job/1/artifacts/more/junit_runner.xml", R"(<testsuite name="r"><testcase name="Up"/></testsuite>)");
  root_.write("job/1/artifacts/notes.xml", "none of ours");
  EXPECT_EQ(results_text(find()), "Up. a. bF");
}

TEST_F(Builds, OfOursAreReadFromTheMergedFile) {
  root_.write("job/1/finished.json", "{}");
  root_.write("job/1/artifacts/junit_op-readiness.xml", R"(<testsuite name="s"><testcase name="once"/></testsuite>)");
  root_.write("job/1/artifacts/junit_0101.xml", kJUnit);
  root_.write("job/1/artifacts/cases/x/attempt-1/junit_01.xml", kJUnit);
  EXPECT_EQ(results_text(find()), "once.");
}

TEST_F(Builds, WithoutTestsHaveNoneButTheirResult) {
  root_.write("job/1/finished.json", R"({"passed": false})");
  EXPECT_EQ(results_text(find()), "");
}

TEST_F(Builds, WithoutAnythingToShowAreErrors) {
  root_.write("run/events.jsonl", "");
  const std::string path = (root_.path() / "run").string();
  EXPECT_EQ(results_text(find()),
            fmt::format("'{0}' has no junit*.xml; a run of ours gets its reports by 'op-readiness report {0}'", path));
}

TEST_F(Builds, WithABrokenFileAreErrors) {
  publish("job/1", 1);
  root_.write("job/1/artifacts/junit_01.xml", "<testsuite><testcase name='a'/>\n<testca");
  EXPECT_EQ(results_text(find()),
            (root_.path() / "job/1/artifacts/junit_01.xml").string() + " ends in the middle, at line 2");
}

TEST_F(Builds, WithABrokenMetadataFileAreFoundAllTheSame) {
  publish("job/1", 1);
  root_.write("job/1/artifacts/metadata.json", "[]");
  root_.write("run/events.jsonl", "");
  root_.write("run/metadata.json", "");
  const FoundBuilds found = find();
  EXPECT_EQ(names(found.builds), "job/1 /run");
  EXPECT_EQ(skipped(found), "");
  const std::string root = root_.path().string();
  EXPECT_EQ(found.ignored,
            (std::vector<std::string>{fmt::format("'{}/job/1/artifacts/metadata.json' is no JSON object", root),
                                      fmt::format("'{}/run/metadata.json' is no JSON object", root)}));
}

TEST_F(Builds, AreReadWithoutFollowingLinks) {
  publish("elsewhere/9", 9, R"({"context": "elsewhere"})");
  root_.write("job/1/finished.json", R"({"passed": true})");
  std::filesystem::create_directory_symlink(root_.path() / "elsewhere/9/artifacts", root_.path() / "job/1/artifacts");
  const FoundBuilds found = find("job");
  EXPECT_EQ(results_text(found), "");
  EXPECT_EQ(skipped(found), "");
}

TEST_F(Builds, WhoseMetadataFileIsNoFileHaveNone) {
  publish("job/1", 1);
  std::filesystem::create_symlink("metadata.json", root_.path() / "job/1/artifacts/metadata.json");
  publish("job/2", 2);
  ASSERT_EQ(mkfifo((root_.path() / "job/2/artifacts/metadata.json").c_str(), 0600), 0);
  const FoundBuilds found = find();
  EXPECT_EQ(names(found.builds), "job/1 job/2");
  EXPECT_EQ(found.ignored, std::vector<std::string>{});
}

TEST_F(Builds, AreNotHiddenByJUnitFilesBesideThem) {
  publish("logs/nightly/1", 1);
  root_.write("logs/nightly/junit_all.xml", kJUnit);
  root_.write("logs/junit_all.xml", kJUnit);
  EXPECT_EQ(names(find().builds), "nightly/1");
}

PastBuild build(const std::string& job, const std::string& id, int second, const std::string& pool = "") {
  PastBuild build{.path = std::filesystem::path(job) / id,
                  .job = std::filesystem::path(job).filename().string(),
                  .id = id,
                  .time = base::Timestamp(std::chrono::seconds(second))};
  if (!pool.empty()) {
    build.facts["label.pool"] = pool;
  }
  return build;
}

/// "title: id id", a line a group.
std::string text(const std::vector<BuildGroup>& groups) {
  std::string text;
  for (const BuildGroup& group : groups) {
    text += group.title + ':';
    for (const PastBuild& one : group.builds) {
      text += ' ' + one.id;
    }
    text += '\n';
  }
  return text;
}

TEST(BuildGroups, AreJobsOfNumberedBuilds) {
  EXPECT_EQ(text(grouped({build("b", "9", 5), build("a", "1", 1), build("b", "10", 3), build("b", "010", 4)}, "")),
            "a: 1\nb: 010 10 9\n");
}

TEST(BuildGroups, AreJobsByTheirDirectories) {
  EXPECT_EQ(text(grouped({build("logs/nightly", "1", 1), build("pull/7/check", "2", 2), build("pull/8/check", "3", 3),
                          build("a/7/check", "4", 4), build("", "run", 5)},
                         "")),
            ": run\n8/check: 3\na/7/check: 4\nnightly: 1\npull/7/check: 2\n");
}

TEST(BuildGroups, OfTwoJobsAreOrderedByTime) {
  EXPECT_EQ(
      text(grouped({build("a/job", "9", 1, "x"), build("b/job", "1", 2, "x"), build("a/job", "10", 3, "x")}, "pool")),
      "x: 10 1 9\n");
}

TEST(BuildGroups, AreOrderedByTimeWhereIdsAreNoNumbers) {
  EXPECT_EQ(text(grouped({build("", "z", 1), build("", "7", 3), build("", "a", 2)}, "")), ": 7 a z\n");
}

TEST(BuildGroups, AreTheValuesOfALabelOverAllJobs) {
  const std::vector<PastBuild> builds = {build("a", "1", 4, "x"), build("b", "2", 3, "x"), build("b", "3", 2, "y"),
                                         build("b", "4", 1)};
  EXPECT_EQ(text(grouped(builds, "pool")), "x: 1 2\ny: 3\n");
  EXPECT_EQ(text(grouped(builds, "job")), "a: 1\nb: 4 3 2\n");
}

}  // namespace
}  // namespace opready::publish
