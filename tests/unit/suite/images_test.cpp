// SPDX-License-Identifier: Apache-2.0
// From names in category files to references.
#include "opready/suite/images.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "scripted_binary.hpp"

namespace opready::suite {
namespace {

using Strings = std::vector<std::string>;

/// As of v1.36.3, shortened: in no order, an image that needs credentials and one of a CSI driver among them.
const Strings kListed = {
    "registry.k8s.io/e2e-test-images/agnhost:2.55",     "gcr.io/k8s-authenticated-test/agnhost:2.6",
    "registry.k8s.io/e2e-test-images/agnhost:2.63.0",   "registry.k8s.io/e2e-test-images/busybox:1.36.1-1",
    "registry.k8s.io/e2e-test-images/busybox:1.37.0-1", "registry.k8s.io/pause:3.10.2",
    "registry.k8s.io/e2e-test-images/nginx:1.27-0",     "registry.k8s.io/e2e-test-images/nginx:1.15-4"};

TEST(FindImage, TakesTheNewestOfAName) {
  EXPECT_EQ(find_image("agnhost", kListed), "registry.k8s.io/e2e-test-images/agnhost:2.63.0");
  EXPECT_EQ(find_image("busybox", kListed), "registry.k8s.io/e2e-test-images/busybox:1.37.0-1");
  EXPECT_EQ(find_image("pause", kListed), "registry.k8s.io/pause:3.10.2");
  EXPECT_EQ(find_image("host", kListed), std::nullopt);
  EXPECT_EQ(find_image("agnhost", {"mirror.example:5000/agnhost", "mirror.example:5000/x"}),
            "mirror.example:5000/agnhost");
}

TEST(FindImage, TakesTheVersionBeforeFromTheSameRepository) {
  EXPECT_EQ(find_image("agnhost-prev", kListed), "registry.k8s.io/e2e-test-images/agnhost:2.55");
  EXPECT_EQ(find_image("nginx-prev", kListed), "registry.k8s.io/e2e-test-images/nginx:1.15-4");
  EXPECT_EQ(find_image("pause-prev", kListed), std::nullopt);
  EXPECT_EQ(find_image("agnhost-prev", {"a/agnhost:2.53", "b/agnhost:2.6"}), std::nullopt);
  EXPECT_EQ(find_image("agnhost-prev", {"a/agnhost:2.53", "a/agnhost-prev:1"}), "a/agnhost-prev:1");
}

TEST(FindImage, TakesTheFirstOfSeveralNamesThatIsThere) {
  EXPECT_EQ(find_image("httpd-prev|agnhost-prev", kListed), "registry.k8s.io/e2e-test-images/agnhost:2.55");
  EXPECT_EQ(find_image("pause|agnhost", kListed), "registry.k8s.io/pause:3.10.2");
  EXPECT_EQ(find_image("httpd|perl", kListed), std::nullopt);
}

TEST(FindImage, TakesAReferenceAsItStands) {
  EXPECT_EQ(find_image("agnhost:1.0", kListed), "agnhost:1.0");
  EXPECT_EQ(find_image("registry.example/own", {}), "registry.example/own");
}

model::PlannedCase planned(const std::string& id, const Strings& images, const std::string& suite = "e2e") {
  model::PlannedCase planned;
  planned.test.id = id;
  planned.test.images = images;
  planned.test.suite = suite;
  return planned;
}

class WantedImagesTest : public ::testing::Test {
 protected:
  WantedImagesTest() {
    plan_.suites = {{"e2e", "./e2e.test", "v1.36.3"}, {"own", "/opt/own.test", ""}};
    binary_.answers["--list-images"] =
        exited(0, "a/agnhost:2.55\nW0131 a warning of klog\na/agnhost:2.63\na/pause:3\n");
  }

  WantedImages wanted() { return wanted_images(plan_, binary_.capture()); }

  model::Plan plan_;
  ScriptedBinary binary_;
};

TEST_F(WantedImagesTest, HoldEachImageOnce) {
  plan_.cases = {planned("a", {"pause", "agnhost"}), planned("b", {}), planned("c", {"agnhost", "x/own:1"})};
  const WantedImages images = wanted();
  EXPECT_EQ(images.references, (Strings{"a/pause:3", "a/agnhost:2.63", "x/own:1"}));
  EXPECT_EQ(images.faults, Strings{});
  EXPECT_EQ(binary_.asked, std::vector<Strings>{{"--list-images"}});
}

TEST_F(WantedImagesTest, LeaveOutCasesThatAreNotStarted) {
  plan_.cases = {planned("a", {"pause"})};
  plan_.cases[0].not_run = model::NotRun::provider;
  EXPECT_EQ(wanted().references, Strings{});
  EXPECT_EQ(binary_.asked, std::vector<Strings>{});
}

TEST_F(WantedImagesTest, NeedNoListForReferences) {
  plan_.cases = {planned("a", {"x/own:1"})};
  EXPECT_EQ(wanted().references, Strings{"x/own:1"});
  EXPECT_EQ(binary_.asked, std::vector<Strings>{});
}

TEST_F(WantedImagesTest, NameCasesWhoseImagesAreNotListed) {
  plan_.cases = {planned("a", {"agnhots", "pause"}), planned("b", {"agnhots", "agnhots"}), planned("c", {"agnhots"}),
                 planned("d", {"agnhots"}), planned("e", {"perl"})};
  const WantedImages images = wanted();
  EXPECT_EQ(images.references, Strings{"a/pause:3"});
  EXPECT_EQ(images.faults,
            (Strings{"cannot tell which image 'agnhots' is, for a, b, c and 1 more: './e2e.test' --list-images doesn't "
                     "name it",
                     "cannot tell which image 'perl' is, for e: './e2e.test' --list-images doesn't name it"}));
}

TEST_F(WantedImagesTest, AskEachSuiteItself) {
  plan_.cases = {planned("a", {"pause"}), planned("b", {"pause"}, "own")};
  process::Capture capture = [](const std::vector<Strings>& commands, std::chrono::milliseconds) {
    const bool is_own = commands.at(0).at(0) == "/opt/own.test";
    return std::vector{is_own ? exited(2, "", "flag provided but not defined: -list-images\n")
                              : exited(0, "a/pause:3\n")};
  };
  const WantedImages images = wanted_images(plan_, capture);
  EXPECT_EQ(images.references, Strings{"a/pause:3"});
  EXPECT_EQ(images.faults, Strings{"cannot tell which image 'pause' is, for b: exit status 2: flag provided but not "
                                   "defined: -list-images"});
}

}  // namespace
}  // namespace opready::suite
