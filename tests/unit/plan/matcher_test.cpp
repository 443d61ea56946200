// SPDX-License-Identifier: Apache-2.0
// Ginkgo's rules of focus and skip, one row each.
#include "opready/plan/matcher.hpp"

#include <gtest/gtest.h>

#include "opready/base/error.hpp"

namespace opready::plan {
namespace {

using Patterns = std::vector<std::string>;

const std::vector<std::string> kNames = {
    "[sig-network] DNS should provide DNS for services [Conformance]",
    "[sig-network] Services should serve multiport endpoints from pods [Conformance]",
    "[sig-windows] [Feature:Windows] Density [Serial] [Slow] create a batch of pods",
    "[sig-windows] Services should be able to create a functioning NodePort service for Windows",
};

/// Indices of the names that are selected.
std::vector<std::size_t> selected(const Patterns& focus, const Patterns& skip) {
  std::vector<model::Spec> specs;
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    specs.push_back({kNames[i], "", static_cast<int>(i)});
  }
  std::vector<std::size_t> indices;
  const suite::Selection selection = select(specs, {{focus, skip}}, "Kubernetes e2e suite");
  for (const model::Spec& spec : selection.at(0)) {
    indices.push_back(static_cast<std::size_t>(spec.line));
  }
  return indices;
}

struct Row {
  Patterns focus;
  Patterns skip;
  std::vector<std::size_t> selected;
};

TEST(Select, FollowsGinkgo) {
  const std::vector<Row> rows = {
      // Anywhere in the name, patterns joined by '|'.
      {{"multiport"}, {}, {1}},
      {{"multiport", "NodePort"}, {}, {1, 3}},
      {{"\\[Feature\\:Windows\\] Density"}, {}, {2}},
      {{"should provide.*Conformance"}, {}, {0}},
      {{"nobody wrote this"}, {}, {}},
      // Skip wins.
      {{"Services"}, {"\\[sig-windows\\]"}, {1}},
      {{"Services"}, {"Services"}, {}},
      {{}, {"\\[sig-windows\\]"}, {0, 1}},
      // The suite's description is in front of each name.
      {{"^\\[sig-network\\]"}, {}, {}},
      {{"^Kubernetes e2e suite \\[sig-network\\] DNS"}, {}, {0}},
      {{"e2e"}, {}, {0, 1, 2, 3}},
      {{"DNS"}, {"suite"}, {}},
      // The end is the name's.
      {{"for Windows$"}, {}, {3}},
      {{"\\[Slow\\]$"}, {}, {}},
      // A join without text is no filter, but an empty member of one matches everything.
      {{}, {}, {0, 1, 2, 3}},
      {{""}, {""}, {0, 1, 2, 3}},
      {{"DNS", ""}, {}, {0, 1, 2, 3}},
      {{"DNS|"}, {}, {0, 1, 2, 3}},
      {{"DNS"}, {"", "x"}, {}},
      // Members are joined as text: flags leak to the right, groups may span members.
      {{"dns", "(?i)NODEPORT"}, {}, {3}},
      {{"(?i)NODEPORT", "dns"}, {}, {0, 3}},
      {{"(DNS", "multiport) (for|endpoints)"}, {}, {0, 1}},
      // Letter case counts, Perl's classes are known.
      {{"dns"}, {}, {}},
      {{"create\\s+a\\s+\\w+\\s+NodePort"}, {}, {3}},
      {{"\\bDNS\\b"}, {}, {0}},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(selected(row.focus, row.skip), row.selected)
        << ::testing::PrintToString(row.focus) << " without " << ::testing::PrintToString(row.skip);
  }
}

TEST(Select, AnswersEachFilterInOrder) {
  const std::vector<model::Spec> specs = {{"a", "", 0}, {"b", "", 0}, {"a", "", 1}};
  EXPECT_EQ(select(specs, {{{" b"}, {}}, {{" a"}, {}}}, "Kubernetes e2e suite"),
            (suite::Selection{{specs[1]}, {specs[0], specs[2]}}));
}

TEST(Select, RefusesAJoinThatIsNoRegularExpression) {
  try {
    (void)select({}, {{{"fine", "(open"}, {}}}, "Kubernetes e2e suite");
    FAIL() << "no error";
  } catch (const base::Error& error) {
    EXPECT_EQ(error.code(), base::ExitCode::usage);
    EXPECT_STREQ(error.what(), "focus 'fine|(open' is no regular expression: missing ): fine|(open");
  }
}

TEST(RegexpFault, NamesTheFault) {
  const std::vector<std::pair<std::string, std::string>> rows = {
      {"(open", "missing ): (open"},           {"a[z-a]", "invalid character class range: z-a"},
      {"[open", "missing ]: [open"},           {"*", "no argument for repetition operator: *"},
      {"a**", "bad repetition operator: **"},  {"\\", "trailing \\"},
      {"\\8", "invalid escape sequence: \\8"}, {"(?=look)", "invalid perl operator: (?="},
  };
  for (const auto& [pattern, fault] : rows) {
    EXPECT_EQ(regexp_fault(pattern), fault) << pattern;
  }
  EXPECT_EQ(regexp_fault("\\[Feature\\:Windows\\] (a|b)+?"), std::nullopt);
  EXPECT_EQ(regexp_fault(""), std::nullopt);
}

}  // namespace
}  // namespace opready::plan
