// SPDX-License-Identifier: Apache-2.0
// Which files a path stands for, and how they become one set of categories.
#include "opready/specs/loader.hpp"

#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "opready/base/error.hpp"
#include "opready/testing/temp_dir.hpp"

#include "load_text.hpp"

namespace opready::specs {
namespace {

using Texts = std::vector<std::string>;
using testing::TempDir;

Texts names(const Loaded& loaded) {
  Texts names;
  for (const model::Category& category : loaded.categories) {
    names.push_back(category.name);
  }
  return names;
}

/// Exit code and message of what `load` throws.
std::pair<base::ExitCode, std::string> failure(const std::vector<std::filesystem::path>& paths) {
  try {
    static_cast<void>(load(paths, {}));
  } catch (const base::Error& error) {
    return {error.code(), error.what()};
  }
  return {base::ExitCode::ok, ""};
}

std::string empty_category(const std::string& name) {
  return "category: " + name + "\ntestCases: []\n";
}

TEST(Load, TakesYamlFilesAndSpecsOfSubdirectoriesByName) {
  const TempDir dir;
  dir.write("c/spec.yaml", empty_category("C"));
  dir.write("b.yml", empty_category("B"));
  dir.write("a/spec.yaml", empty_category("A"));
  dir.write("d.yaml", empty_category("D"));
  dir.write("README.md", "no category");
  dir.write("a/other.yaml", empty_category("Other"));
  dir.write("e/deeper/spec.yaml", empty_category("Deeper"));
  dir.write(".hidden.yaml", empty_category("Hidden"));
  dir.write("..data/spec.yaml", empty_category("Twice"));
  const Loaded loaded = load({dir.path()}, {});
  EXPECT_EQ(render(loaded.diagnostics), "");
  EXPECT_EQ(names(loaded), (Texts{"A", "B", "C", "D"}));
}

TEST(Load, TakesFilesOfAnyNameInTheGivenOrder) {
  const TempDir dir;
  const auto second = dir.write("a.yaml", empty_category("Second"));
  const auto first = dir.write("cases.txt", empty_category("First"));
  EXPECT_EQ(names(load({first, second}, {})), (Texts{"First", "Second"}));
}

TEST(Load, JoinsCategoriesOfTheSameName) {
  const TempDir dir;
  dir.write("a.yaml", "category: X\naliases: [Y]\ntestCases: [{description: one, focus: [f]}]\n");
  dir.write("b.yaml", empty_category("Between"));
  dir.write("c.yaml", "category: X\naliases: [Z]\ntestCases: [{description: two, focus: [f]}]\n");
  const Loaded loaded = load({dir.path()}, {});
  EXPECT_EQ(render(loaded.diagnostics), "");
  EXPECT_EQ(names(loaded), (Texts{"X", "Between"}));
  EXPECT_EQ(loaded.categories[0].aliases, (Texts{"Y", "Z"}));
  ASSERT_EQ(loaded.categories[0].cases.size(), 2U);
  EXPECT_EQ(loaded.categories[0].cases[1].description, "two");
}

TEST(Load, ReportsFaultsOfAllFilesAtOnce) {
  const Loaded loaded = load_texts({{"b.yaml", "category: 5\ntestCases: []\n"},
                                    {"a.yaml", "category: A\ntestCases: [\n"},
                                    {"ok.yaml", empty_category("Ok")}},
                                   {});
  EXPECT_EQ(render(loaded.diagnostics),
            "a.yaml:2:12: error: this '[' isn't closed by line 3: add the ']', or the ',' that is missing\n"
            "testCases: [\n"
            "           ^\n"
            "b.yaml:1:11: error: 'category': a number where a text belongs: write it in quotes\n"
            "category: 5\n"
            "          ^\n");
}

TEST(Load, RefusesAPathThatDoesNotExist) {
  const TempDir dir;
  const auto path = dir.path() / "absent.yaml";
  EXPECT_EQ(failure({path}),
            std::pair(base::ExitCode::usage, "cannot read '" + path.string() + "': no such file or directory"));
}

TEST(Load, RefusesADirectoryWithoutCategoryFiles) {
  const TempDir dir;
  dir.write("sub/cases.yaml", empty_category("X"));
  EXPECT_EQ(failure({dir.path()}), std::pair(base::ExitCode::usage, "no category files in '" + dir.path().string() +
                                                                        "': there is no *.yaml, *.yml or */spec.yaml"));
}

TEST(Load, RefusesAVeryLargeFile) {
  const TempDir dir;
  const auto path = dir.write("large.yaml", std::string(1024 * 1024 + 1, '#'));
  EXPECT_EQ(failure({path}),
            std::pair(base::ExitCode::usage, "'" + path.string() + "' is larger than 1 MiB: that is no category file"));
}

}  // namespace
}  // namespace opready::specs
