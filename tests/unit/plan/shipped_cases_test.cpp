// SPDX-License-Identifier: Apache-2.0
// Every shipped case, in every release that op-readiness carries the names of, selects exactly the specs that it means:
// specs/expected/ holds them, written by hand from e2e.test's lists.
#include <algorithm>
#include <filesystem>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "opready/base/read_file.hpp"
#include "opready/model/kep.hpp"
#include "opready/plan/matcher.hpp"
#include "opready/plan/planner.hpp"
#include "opready/specs/catalogue.hpp"
#include "opready/specs/diagnostic.hpp"
#include "opready/specs/loader.hpp"

namespace opready::plan {
namespace {

using Names = std::vector<std::string>;

const std::filesystem::path kExpected = std::filesystem::path(OPREADY_SOURCE_DIR) / "specs" / "expected";

std::vector<model::TestCase> shipped_cases() {
  const specs::Loaded loaded = specs::load_embedded({.default_category = "", .regexp_fault = regexp_fault});
  EXPECT_EQ(specs::render(loaded.diagnostics), "");
  std::vector<model::TestCase> cases;
  for (const model::Category& category : loaded.categories) {
    cases.insert(cases.end(), category.cases.begin(), category.cases.end());
  }
  return cases;
}

/// Case ids, each with its indented names below it.
std::map<std::string, Names> expected_names(const std::string& release) {
  std::map<std::string, Names> expected;
  std::istringstream text(base::read_file(kExpected / (release + ".txt")));
  Names* names = nullptr;
  for (std::string line; std::getline(text, line);) {
    if (line.starts_with("  ")) {
      names->push_back(line.substr(2));
    } else if (!line.empty() && !line.starts_with('#')) {
      names = &expected[line];
    }
  }
  return expected;
}

std::map<std::string, Names> selected_names(const model::Plan& plan) {
  std::map<std::string, Names> selected;
  for (const model::PlannedCase& planned : plan.cases) {
    for (const model::Spec& spec : planned.specs) {
      selected[planned.test.id].push_back(spec.name);
    }
  }
  return selected;
}

Names sorted(Names names) {
  std::ranges::sort(names);
  return names;
}

std::string a_name(const ::testing::TestParamInfo<model::Version>& info) {
  return "v" + std::to_string(info.param.major) + "_" + std::to_string(info.param.minor);
}

class ShippedCases : public ::testing::TestWithParam<model::Version> {
 protected:
  [[nodiscard]] static model::Plan plan() {
    return make_plan(shipped_cases(),
                     [](const std::string& name) {
                       specs::Catalogue catalogue = specs::load_catalogue(GetParam());
                       return suite::Suite({.name = name,
                                            .path = "",
                                            .description = std::string(suite::kE2eDescription),
                                            .version = catalogue.version,
                                            .flags = catalogue.flags,
                                            .specs = catalogue.specs});
                     },
                     {.allow_disruptive = true});
  }
};

TEST_P(ShippedCases, SelectWhatTheyMeanAndNothingElse) {
  const std::map<std::string, Names> expected = expected_names(GetParam().text());
  const std::map<std::string, Names> selected = selected_names(plan());
  for (const auto& [id, names] : expected) {
    const auto found = selected.find(id);
    EXPECT_EQ(sorted(names), found == selected.end() ? Names{} : sorted(found->second)) << id;
  }
  for (const auto& [id, names] : selected) {
    EXPECT_TRUE(expected.contains(id)) << id << " selects specs, but specs/expected/ has none for it";
  }
}

TEST_P(ShippedCases, SelectAsManyAsTheyDeclare) {
  for (const model::PlannedCase& planned : plan().cases) {
    if (planned.test.proves == model::Proves::none) {
      EXPECT_TRUE(planned.test.focus.empty()) << planned.test.id;
      continue;
    }
    EXPECT_EQ(planned.test.expect.value_or(-1), static_cast<int>(planned.specs.size())) << planned.test.id;
  }
}

TEST_P(ShippedCases, SelectNoSpecThatIsForLinuxOnly) {
  for (const model::PlannedCase& planned : plan().cases) {
    for (const model::Spec& spec : planned.specs) {
      EXPECT_EQ(spec.name.find("[LinuxOnly]"), std::string::npos) << planned.test.id << ": " << spec.name;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Releases, ShippedCases, ::testing::ValuesIn(specs::catalogue_versions()), a_name);

TEST(ShippedEntries, AreThereForEveryItemOfTheKep) {
  const std::vector<model::TestCase> cases = shipped_cases();
  for (const model::KepItem& item : model::kep_items()) {
    EXPECT_TRUE(std::ranges::any_of(cases, [&](const model::TestCase& test) { return test.kep == item.id; }))
        << item.id;
  }
  for (const model::TestCase& test : cases) {
    const auto named = [&](const model::KepItem& item) { return item.id == test.kep; };
    EXPECT_TRUE(test.kep.empty() || std::ranges::any_of(model::kep_items(), named)) << test.id << ' ' << test.kep;
    EXPECT_TRUE(test.kep.empty() || test.kep.starts_with(test.category + '.')) << test.id << ' ' << test.kep;
  }
}

TEST(ShippedEntries, SayWhyTheyProveLessThanTheirItem) {
  for (const model::TestCase& test : shipped_cases()) {
    const bool proves_all = test.kep.empty() || test.proves == model::Proves::all;
    EXPECT_EQ(proves_all, test.missing.empty()) << specs::text(test.place);
  }
}

TEST(ShippedEntries, SayWhereTheirPodsMustRun) {
  for (const model::TestCase& test : shipped_cases()) {
    EXPECT_TRUE(test.placement || test.proves == model::Proves::none) << specs::text(test.place);
  }
}

}  // namespace
}  // namespace opready::plan
