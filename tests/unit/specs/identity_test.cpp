// SPDX-License-Identifier: Apache-2.0
// Ids of cases: given, made up, shared by variants, and claimed twice.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "load_text.hpp"

namespace opready::specs {
namespace {

using Texts = std::vector<std::string>;

Texts ids(const Loaded& loaded) {
  Texts ids;
  for (const model::Category& category : loaded.categories) {
    for (const model::TestCase& test : category.cases) {
      ids.push_back(test.id);
    }
  }
  return ids;
}

std::string category(const std::string& name, const Texts& cases) {
  std::string text = "category: " + name + "\ntestCases:\n";
  for (const std::string& each : cases) {
    text += "- {focus: [x], " + each + "}\n";
  }
  return text;
}

TEST(CaseId, IsMadeOfCategoryAndDescription) {
  EXPECT_EQ(ids(load_text(category("Core.Network", {"description: 'Pods reach  Pods (IPv4)!'"}))),
            Texts{"core-network-pods-reach-pods-ipv4"});
}

TEST(CaseId, IsCutAt63CharactersWithoutADashAtItsEnd) {
  EXPECT_EQ(ids(load_text(category("A", {"description: " + std::string(60, 'x') + " yy"}))),
            Texts{"a-" + std::string(60, 'x')});
  EXPECT_EQ(ids(load_text(category("A", {"description: " + std::string(100, 'x')}))),
            Texts{"a-" + std::string(61, 'x')});
}

TEST(CaseId, DropsWhatIsNotAscii) {
  EXPECT_EQ(ids(load_text(category("Ä", {"description: über 日本"}))), Texts{"ber"});
  EXPECT_EQ(ids(load_text(category("Ä", {"description: 日本"}))), Texts{"case"});
}

TEST(CaseId, IsMadeUniqueByANumber) {
  const std::string twin(70, 'x');
  EXPECT_EQ(ids(load_text(category("A", {"description: a b", "description: a-b", "description: A.B"}))),
            (Texts{"a-a-b", "a-a-b-2", "a-a-b-3"}));
  EXPECT_EQ(ids(load_text(category("A", {"description: " + twin + "1", "description: " + twin + "2"}))),
            (Texts{"a-" + std::string(61, 'x'), "a-" + std::string(59, 'x') + "-2"}));
}

TEST(CaseId, AvoidsIdsThatFilesGiveLater) {
  EXPECT_EQ(ids(load_text(category("A", {"description: b", "id: a-b, description: other"}))), (Texts{"a-b-2", "a-b"}));
}

TEST(CaseId, GivenTwiceIsAFaultThatNamesBothPlaces) {
  const Loaded loaded = load_texts({{"one.yaml", category("A", {"id: same, description: a"})},
                                    {"two.yaml", category("B", {"id: same, description: b"})}},
                                   {});
  EXPECT_EQ(render(loaded.diagnostics),
            "two.yaml:3:3: error: duplicate id 'same': one.yaml:3:3 has it already\n"
            "- {focus: [x], id: same, description: b}\n"
            "  ^\n");
}

TEST(Variants, ShareTheIdThatOneOfThemGives) {
  EXPECT_EQ(ids(load_text(category("A", {"description: d, kep: Core.Network.1, kubernetesVersions: [1.30]",
                                         "description: d, kep: Core.Network.1, kubernetesVersions: [1.34], id: mine",
                                         "description: d, kep: A.2"}))),
            (Texts{"mine", "mine", "a-d"}));
}

TEST(Variants, ShareAMadeUpId) {
  const Loaded loaded = load_texts({{"one.yaml", category("A", {"description: d, kubernetesVersions: [1.30]"})},
                                    {"two.yaml", category("A", {"description: d"})}},
                                   {});
  EXPECT_EQ(render(loaded.diagnostics), "");
  EXPECT_EQ(ids(loaded), (Texts{"a-d", "a-d"}));
}

TEST(Variants, OfOneCaseCannotHaveTwoIds) {
  EXPECT_EQ(messages(load_text(
                category("A", {"description: d, id: a1, kubernetesVersions: [1.30]", "description: d, id: a2"}))),
            Texts{"4:3: variants of one case need one id, but here it's 'a2' and 'a1' at f.yaml:3:3"});
}

TEST(Variants, MustDifferInTheirLowestVersion) {
  const std::string fault =
      "4:3: the same case again (see f.yaml:3:3): variants of a case must differ in the lowest of their "
      "kubernetesVersions, other cases in their description";
  EXPECT_EQ(messages(load_text(category("A", {"description: d", "description: d"}))), Texts{fault});
  EXPECT_EQ(messages(load_text(category("A", {"description: d, kubernetesVersions: [1.31, 1.30]",
                                              "description: d, kubernetesVersions: [1.30, 1.34]"}))),
            Texts{fault});
}

TEST(Variants, AreNotSoughtAmongCasesWithoutDescription) {
  EXPECT_EQ(messages(load_text(category("A", {"kep: Core.Network.1", "kep: Core.Network.1"}))),
            (Texts{"3:3: missing key 'description'", "4:3: missing key 'description'"}));
}

}  // namespace
}  // namespace opready::specs
