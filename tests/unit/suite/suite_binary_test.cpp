// SPDX-License-Identifier: Apache-2.0
// Where e2e.test is looked for, and what is said where it can't be used.
#include "opready/suite/suite_binary.hpp"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "opready/base/error.hpp"
#include "opready/testing/temp_dir.hpp"

namespace opready::suite {
namespace {

namespace fs = std::filesystem;

constexpr const char* kRemedy =
    "; pass --e2e-binary PATH; e2e.test is in kubernetes-test-linux-amd64.tar.gz of each Kubernetes release on "
    "dl.k8s.io";

/// Works inside a directory of its own, with a sub-directory "bin" for PATH.
class Locate : public ::testing::Test {
 protected:
  Locate() {
    fs::current_path(directory_.path());
    fs::create_directory("bin");
  }
  ~Locate() override { fs::current_path(before_); }
  Locate(const Locate&) = delete;
  Locate& operator=(const Locate&) = delete;

  static void put_file(const std::string& path, bool executable = true) {
    std::ofstream(path) << "#!/bin/sh\n";
    fs::permissions(path, executable ? fs::perms::owner_all : fs::perms::owner_read);
  }

  static std::string error_of(const std::optional<std::string>& asked, std::string_view path_variable = "bin") {
    try {
      return "found " + locate("e2e", asked, path_variable);
    } catch (const base::Error& error) {
      EXPECT_EQ(error.code(), base::ExitCode::cannot_run);
      return error.what();
    }
  }

 private:
  fs::path before_ = fs::current_path();
  testing::TempDir directory_;
};

TEST_F(Locate, PrefersTheWorkingDirectoryToPath) {
  put_file("bin/e2e.test");
  EXPECT_EQ(locate("e2e", std::nullopt, "/nonexistent:bin"), "bin/e2e.test");
  put_file("e2e.test");
  EXPECT_EQ(locate("e2e", std::nullopt, "/nonexistent:bin"), "./e2e.test");
}

TEST_F(Locate, TakesThePathAsAsked) {
  put_file("bin/mine");
  EXPECT_EQ(locate("e2e", "bin/mine", ""), "bin/mine");
  EXPECT_EQ(locate("e2e", "mine", "bin"), "bin/mine");
}

TEST_F(Locate, PassesOverWhatCannotBeStartedInPath) {
  fs::create_directories("a/e2e.test");
  fs::create_directory("b");
  put_file("b/e2e.test", false);
  put_file("bin/e2e.test");
  EXPECT_EQ(locate("e2e", std::nullopt, "a:b:bin"), "bin/e2e.test");
}

TEST_F(Locate, SaysWhatIsWrongAndWhatToDo) {
  fs::create_directory("directory");
  put_file("bin/readable", false);
  EXPECT_EQ(error_of(std::nullopt), std::string("no 'e2e.test' here and none in PATH") + kRemedy);
  EXPECT_EQ(error_of("wrong/e2e.test"),
            std::string("cannot use e2e.test: 'wrong/e2e.test': no such file or directory") + kRemedy);
  EXPECT_EQ(error_of("./directory"), std::string("cannot use e2e.test: './directory' is a directory") + kRemedy);
  EXPECT_EQ(error_of("/dev/null"), std::string("cannot use e2e.test: '/dev/null' is not a regular file") + kRemedy);
  EXPECT_EQ(error_of("bin/readable"),
            std::string("cannot use e2e.test: 'bin/readable' is not executable; chmod +x it") + kRemedy);
}

TEST_F(Locate, DoesNotPassOverAnUnusableOneHere) {
  put_file("e2e.test", false);
  put_file("bin/e2e.test");
  EXPECT_EQ(error_of(std::nullopt),
            std::string("cannot use e2e.test: './e2e.test' is not executable; chmod +x it") + kRemedy);
}

TEST_F(Locate, EachSuiteHasItsOwnBinary) {
  EXPECT_FALSE(has_default_binary("e2e_node", "bin"));
  put_file("bin/e2e_node.test");
  EXPECT_TRUE(has_default_binary("e2e_node", "bin"));
  EXPECT_FALSE(has_default_binary("e2e", "bin"));
  EXPECT_EQ(locate("e2e_node", std::nullopt, "bin"), "bin/e2e_node.test");
  try {
    (void)locate("own", std::nullopt, "bin");
    FAIL();
  } catch (const base::Error& error) {
    EXPECT_STREQ(error.what(), "no 'own.test' here and none in PATH; pass --suite-binary own=PATH");
  }
}

TEST_F(Locate, IdentityFollowsLinksAndSeesChanges) {
  put_file("bin/e2e.test");
  fs::create_symlink("bin/e2e.test", "link");
  const BinaryIdentity before = identify("e2e", "bin/e2e.test");
  EXPECT_EQ(identify("e2e", "link"), before);
  std::ofstream("bin/e2e.test", std::ios::app) << "more\n";
  EXPECT_EQ(identify("e2e", "link").path, before.path);
  EXPECT_NE(identify("e2e", "link").build, before.build);
}

}  // namespace
}  // namespace opready::suite
