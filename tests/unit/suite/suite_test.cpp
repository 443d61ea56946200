// SPDX-License-Identifier: Apache-2.0
// When the binary is asked, and when the cache is enough.
#include "opready/suite/suite.hpp"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "opready/testing/temp_dir.hpp"

#include "scripted_binary.hpp"

namespace opready::suite {
namespace {

namespace fs = std::filesystem;

class SuiteTest : public ::testing::Test {
 protected:
  SuiteTest() { std::ofstream(path()) << "first build"; }

  [[nodiscard]] std::string path() const { return directory_.path() / "e2e.test"; }
  [[nodiscard]] fs::path root() const { return directory_.path() / "cache"; }
  [[nodiscard]] Suite open(ScriptedBinary& binary, SpecSource source = SpecSource::best) const {
    return {"e2e", path(), root(), source, binary.capture()};
  }

 private:
  testing::TempDir directory_;
};

TEST_F(SuiteTest, AsksOnceAndNeverAgain) {
  ScriptedBinary binary;
  const std::vector<model::Spec> specs = open(binary).specs();
  EXPECT_EQ(binary.asked.size(), 3U);

  ScriptedBinary silent;
  silent.answers.clear();
  Suite second = open(silent);
  EXPECT_EQ(second.path(), path());
  EXPECT_EQ(second.version(), "v1.36.3");
  EXPECT_TRUE(second.knows("ginkgo.focus"));
  EXPECT_FALSE(second.knows("ginkgo.grace-period"));
  EXPECT_EQ(second.spec_count(), 2U);
  EXPECT_EQ(second.specs(), specs);
  EXPECT_TRUE(silent.asked.empty());
}

TEST_F(SuiteTest, AsksAgainAfterTheBinaryChanged) {
  ScriptedBinary binary;
  (void)open(binary);
  std::ofstream(path()) << "second, longer build";
  binary.answers["--version"] = exited(0, "v1.37.0\n");
  EXPECT_EQ(open(binary).version(), "v1.37.0");
  EXPECT_EQ(binary.asked.size(), 6U);
}

TEST_F(SuiteTest, RemembersSelectionsWithoutReadingSpecs) {
  const std::vector<SpecFilter> filters = {{{"DNS"}, {}}};
  const Selection selection = {{{"a", "test/e2e/a.go", 1}}};
  ScriptedBinary binary;
  open(binary).remember(filters, selection);
  for (const auto& entry : fs::recursive_directory_iterator(root())) {
    if (entry.path().filename() == "specs.txt") {
      fs::remove(entry.path());
      break;
    }
  }
  EXPECT_EQ(open(binary).remembered(filters), selection);
  EXPECT_EQ(binary.asked.size(), 3U);
}

TEST_F(SuiteTest, AsksAgainWhereOnlyTheSpecsAreDamaged) {
  ScriptedBinary binary;
  (void)open(binary);
  for (const auto& entry : fs::recursive_directory_iterator(root())) {
    if (entry.path().filename() == "specs.txt") {
      std::ofstream(entry.path(), std::ios::trunc) << "";
    }
  }
  EXPECT_EQ(open(binary).specs().size(), 2U);
  EXPECT_EQ(binary.asked.size(), 6U);
  EXPECT_EQ(open(binary).specs().size(), 2U);
  EXPECT_EQ(binary.asked.size(), 6U);
}

TEST_F(SuiteTest, KeepsADryRunsSpecsApart) {
  ScriptedBinary binary;
  (void)open(binary);
  binary.answers["--provider"] = exited(0, "");
  binary.on_dry_run = [](const std::string& directory) {
    std::ofstream(directory + "/junit_01.xml")
        << R"(<testsuites><testsuite name="Kubernetes e2e suite"><testcase name="[It] x"/></testsuite></testsuites>)";
  };
  EXPECT_EQ(open(binary, SpecSource::dry_run).specs().size(), 1U);
}

TEST_F(SuiteTest, CanBeAllKnownBeforehand) {
  Suite suite({.name = "e2e",
               .description = "Kubernetes e2e suite",
               .version = "v1.36.3",
               .flags = {"report-dir"},
               .specs = {{"a", "", 0}}});
  EXPECT_EQ(suite.spec_count(), 1U);
  EXPECT_EQ(suite.specs().front().name, "a");
  EXPECT_FALSE(suite.remembered({}));
  suite.remember({}, {});
}

}  // namespace
}  // namespace opready::suite
