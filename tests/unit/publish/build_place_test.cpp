// SPDX-License-Identifier: Apache-2.0
// Tests of Prow's paths.
#include "opready/publish/build_place.hpp"

#include <map>

#include <gtest/gtest.h>

#include "opready/base/error.hpp"

namespace opready::publish {
namespace {

CiJob presubmit() {
  return {.type = "presubmit",
          .name = "pull-windows",
          .build = "17",
          .owner = "kubernetes",
          .repository = "kubernetes",
          .pull_number = "123",
          .refs = "main:aaa,123:bbb",
          .commit = "bbb"};
}

std::string error_of(const std::string& job, const CiJob& ci) {
  try {
    const BuildPlace place = place_of(job, ci);
    return "no error, but " + place.builds;
  } catch (const base::Error& error) {
    return std::to_string(static_cast<int>(error.code())) + ": " + error.what();
  }
}

TEST(BuildPlace, IsTheJobsNameWhereNoPullRequestIsMeant) {
  for (const std::string type : {"", "periodic", "postsubmit", "nightly"}) {
    CiJob ci = presubmit();
    ci.type = type;
    const BuildPlace place = place_of("windows-nightly_1.36+x", ci);
    EXPECT_EQ(place.builds, "windows-nightly_1.36+x");
    EXPECT_EQ(place.directory, "");
    EXPECT_FALSE(place.pointers);
  }
}

TEST(BuildPlace, OfAPresubmitIsThatOfItsPullRequestWithAPointerInTheJobsDirectory) {
  const BuildPlace place = place_of("pull-windows", presubmit());
  EXPECT_EQ(place.builds, "pr-logs/pull/kubernetes_kubernetes/123/pull-windows");
  EXPECT_EQ(place.directory, "pr-logs/directory/pull-windows");
  EXPECT_TRUE(place.pointers);
}

TEST(BuildPlace, OfABatchIsCommonToAllPullRequests) {
  CiJob ci = presubmit();
  ci.type = "batch";
  const BuildPlace place = place_of("pull-windows", ci);
  EXPECT_EQ(place.builds, "pr-logs/pull/batch/pull-windows");
  EXPECT_EQ(place.directory, "pr-logs/directory/pull-windows");
  EXPECT_FALSE(place.pointers);
}

TEST(BuildPlace, TakesGerritsNames) {
  CiJob ci = presubmit();
  ci.owner = "https://gerrit.example.com";
  ci.repository = "platform/windows";
  EXPECT_EQ(place_of("j", ci).builds, "pr-logs/pull/gerrit.example.com_platform_windows/123/j");
}

TEST(BuildPlace, RefusesNamesThatWouldLeadElsewhere) {
  constexpr const char* kWords =
      " is no job's name: letters, digits and '.', '_', '-', '+', not beginning with '.' or '-'";
  for (const std::string job : {"", "a/b", "..", ".hidden", "-r", "a b", "\xC3\xA4"}) {
    EXPECT_EQ(error_of(job, {}), "2: '" + job + "'" + kWords);
  }
  CiJob ci = presubmit();
  ci.pull_number = "../1";
  EXPECT_EQ(error_of("j", ci), "3: '../1' of REPO_OWNER, REPO_NAME and PULL_NUMBER is no name of a directory");
  ci.pull_number = "";
  EXPECT_EQ(error_of("j", ci),
            "3: JOB_TYPE is 'presubmit', but REPO_OWNER, REPO_NAME and PULL_NUMBER aren't all set: set them, or unset "
            "JOB_TYPE");
}

TEST(CiJob, IsReadFromProwsVariables) {
  std::map<std::string, std::string> variables = {
      {"JOB_TYPE", "presubmit"}, {"JOB_NAME", "pull-windows"}, {"BUILD_ID", "17"},
      {"REPO_OWNER", "k"},       {"REPO_NAME", "r"},           {"PULL_NUMBER", "123"},
      {"PULL_REFS", "main:aaa"}, {"PULL_BASE_SHA", "aaa"},     {"PULL_PULL_SHA", "bbb"}};
  const auto variable = [&](const char* name) { return variables[name]; };
  const CiJob ci = read_ci_job(variable);
  EXPECT_EQ(ci.type + ' ' + ci.name + ' ' + ci.build, "presubmit pull-windows 17");
  EXPECT_EQ(ci.owner + ' ' + ci.repository + ' ' + ci.pull_number + ' ' + ci.refs, "k r 123 main:aaa");
  EXPECT_EQ(ci.commit, "bbb");
  variables.erase("PULL_PULL_SHA");
  EXPECT_EQ(read_ci_job(variable).commit, "aaa");
}

}  // namespace
}  // namespace opready::publish
