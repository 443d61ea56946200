// SPDX-License-Identifier: Apache-2.0
// The talk's single file and KEP-2578's own schema, with people's own snippets as they stand.
#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "load_text.hpp"

namespace opready::specs {
namespace {

using Texts = std::vector<std::string>;

const std::filesystem::path kData = std::filesystem::path(OPREADY_SOURCE_DIR) / "tests/data";

/// "category: description [version...] focus|focus" of each case.
Texts summary(const Loaded& loaded) {
  Texts lines;
  for (const model::Category& category : loaded.categories) {
    for (const model::TestCase& test : category.cases) {
      std::string line = test.category + ": " + test.description + " [";
      for (const model::Version& version : test.kubernetes_versions) {
        line += version.minor_text() + " ";
      }
      line += "]";
      for (const std::string& focus : test.focus) {
        line += " +" + focus;
      }
      for (const std::string& skip : test.skip) {
        line += " -" + skip;
      }
      lines.push_back(line);
    }
  }
  return lines;
}

TEST(TalkSchema, GivesEachCaseItsCategoryAndTheFilesVersions) {
  const Loaded loaded = load_text(
      "kubernetesVersions:\n- 1.30\n- 1.25\ntestCases:\n"
      "- category: B\n  description: one\n  focus: [x]\n  skip: ['']\n"
      "- category: A\n  description: two\n  focus: [y]\n  kubernetesVersions: [1.26]\n  windows_image: .nan\n"
      "- category: B\n  description: three\n  focus: [z]\n  linux_image: Agnhost & jessie-dnsutils\n");
  EXPECT_EQ(render(loaded.diagnostics), "");
  EXPECT_EQ(summary(loaded), (Texts{"B: one [1.30 1.25 ] +x", "B: three [1.30 1.25 ] +z", "A: two [1.26 ] +y"}));
}

TEST(TalkSchema, NamesFaults) {
  EXPECT_EQ(
      messages(load_text("kubernetesVersions: [1.x]\ntestCases:\n- description: d\n  focus: [f]\n  foccus: [g]\n")),
      (Texts{"1:22: '1.x' is no Kubernetes version such as 1.30", "5:3: unknown key 'foccus', did you mean 'focus'?",
             "3:3: missing key 'category'"}));
  EXPECT_EQ(messages(load_text("kubernetesVersions: []\n")), Texts{"1:1: missing key 'testCases'"});
}

TEST(TalkSchema, ReadsItsFilesAsTheyStand) {
  for (const char* name : {"talk/testcases.yaml", "talk/tests.yaml"}) {
    const Loaded loaded = load({kData / name}, strict_options());
    EXPECT_EQ(render(loaded.diagnostics), "");
    ASSERT_FALSE(loaded.categories.empty());
    const std::vector<model::Version>& versions = loaded.categories[0].cases.at(0).kubernetes_versions;
    ASSERT_EQ(versions.size(), 3U);
    EXPECT_EQ(versions[2].minor_text(), "1.23");
  }
}

TEST(KepSchema, TakesTagsAsFocusAndTheBaseNameAsCategory) {
  const Loaded loaded = load_text(
      "kubernetesVersions: [1.21, 1.30]\ntests:\n"
      "- ginkgoTag: [NetworkPolicy, '']\n  ginkgoSkip: ['UDP', SCTP]\n  operationalReadinessDescription: one\n"
      "  windowsImage: agnhost\n  linuxImage: bool\n  hasLinuxPods: true\n  hasWindowsPods: yes\n"
      "  kubernetesVersion: 1.30\n"
      "- ginkgoTag: [HostProcess]\n  operationalReadinessDescription: two\n  hasWindowsPodssPods: 'yes'\n");
  EXPECT_EQ(render(loaded.diagnostics), "");
  EXPECT_EQ(summary(loaded), (Texts{"f: one [1.30 ] +NetworkPolicy -UDP -SCTP", "f: two [1.21 1.30 ] +HostProcess"}));
}

TEST(KepSchema, TakesTheCategoryOfTheFileBeforeTheDefaultBeforeTheBaseName) {
  const std::string tests = "tests: [{ginkgoTag: [x], operationalReadinessDescription: d}]\n";
  LoadOptions options;
  options.default_category = "Mine";
  EXPECT_EQ(summary(load_texts({{"f.yaml", tests}}, options)), Texts{"Mine: d [] +x"});
  EXPECT_EQ(summary(load_texts({{"f.yaml", "category: Own\n" + tests}}, options)), Texts{"Own: d [] +x"});
  EXPECT_EQ(summary(load_texts({{"dir/net.v1.yaml", tests}}, {})), Texts{"net.v1: d [] +x"});
}

TEST(DefaultCategory, ServesFilesOfTheOtherSchemasToo) {
  LoadOptions options;
  options.default_category = "Mine";
  EXPECT_EQ(summary(load_texts({{"a.yaml", "testCases: [{description: d, focus: [x]}]\n"}}, options)),
            Texts{"Mine: d [] +x"});
  EXPECT_EQ(
      summary(load_texts({{"a.yaml", "kubernetesVersions: []\ntestCases: [{description: d, focus: [x]}]\n"}}, options)),
      Texts{"Mine: d [] +x"});
}

TEST(KepSchema, NamesFaults) {
  EXPECT_EQ(messages(load_text("tests:\n- ginkgoTag: ['+x']\n  ginkgoTags: [y]\n  kubernetesVersion: latest\n"
                               "  windowsImage: [a]\n")),
            (Texts{"3:3: unknown key 'ginkgoTags', did you mean 'ginkgoTag'?",
                   "2:3: missing key 'operationalReadinessDescription'",
                   "2:15: 'ginkgoTag': invalid regular expression: nothing to repeat: +",
                   "5:17: 'windowsImage': expected text, got a list",
                   "4:22: 'latest' is no Kubernetes version such as 1.30"}));
}

TEST(KepSchema, ReadsTheKepsExampleAsItStands) {
  const Loaded loaded = load({kData / "kep/schema.yaml"}, strict_options());
  EXPECT_EQ(render(loaded.diagnostics), "");
  EXPECT_EQ(
      summary(loaded),
      (Texts{"schema: Ability to protect IPv4 pods from acceessing other pods when TCP NetworkPolicys are present "
             "that block specific pod connectivity. [1.21 ] +NetworkPolicy -UDP -SCTP",
             "schema: Ability to access the APIServer using pod mounted service accounts from a hostProcess pod. "
             "[1.21 1.22 ] +HostProcess -LinuxOnly"}));
}

TEST(KepSchema, ReadsUnquotedVersionsAndVariants) {
  const Loaded loaded = load({kData / "kep/versions-unquoted.yaml"}, strict_options());
  EXPECT_EQ(render(loaded.diagnostics), "");
  ASSERT_EQ(loaded.categories.at(0).cases.size(), 2U);
  const std::vector<model::TestCase>& cases = loaded.categories[0].cases;
  EXPECT_EQ(cases[0].id, cases[1].id);
  EXPECT_EQ(cases[1].kubernetes_versions.at(0).minor_text(), "1.30");
}

}  // namespace
}  // namespace opready::specs
