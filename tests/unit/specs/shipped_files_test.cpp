// SPDX-License-Identifier: Apache-2.0
// The embedded categories, and whole directories of the older tool.
#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "opready/base/read_file.hpp"
#include "opready/specs/embedded.hpp"

#include "load_text.hpp"

namespace opready::specs {
namespace {

namespace fs = std::filesystem;

const fs::path kSource = OPREADY_SOURCE_DIR;

TEST(EmbeddedFiles, AreTheFilesOfTheTree) {
  std::vector<std::string> embedded;
  for (const EmbeddedFile& file : embedded_files()) {
    embedded.emplace_back(file.name);
    EXPECT_EQ(file.text, base::read_file(kSource / "specs" / file.name)) << file.name;
  }
  std::vector<std::string> in_tree;
  for (const fs::directory_entry& entry : fs::directory_iterator(kSource / "specs")) {
    if (entry.path().extension() == ".yaml") {
      in_tree.push_back(entry.path().filename().string());
    }
  }
  std::ranges::sort(embedded);
  std::ranges::sort(in_tree);
  EXPECT_EQ(embedded, in_tree) << "a file of specs/ isn't listed in src/specs/CMakeLists.txt";
}

TEST(EmbeddedFiles, LoadWithoutFault) {
  const Loaded loaded = load_embedded(strict_options());
  EXPECT_EQ(render(loaded.diagnostics), "");
  ASSERT_FALSE(loaded.categories.empty());
  EXPECT_EQ(loaded.categories[0].name, "Core.Network");
  for (const model::Category& category : loaded.categories) {
    for (const model::TestCase& test : category.cases) {
      EXPECT_TRUE(test.proves.has_value() || test.kep.empty()) << text(test.place);
      EXPECT_TRUE(test.place.file.starts_with("specs/")) << text(test.place);
    }
  }
}

TEST(OlderTool, ItsDirectoryLoadsUnchanged) {
  const Loaded loaded = load({kSource / "tests/data/older-tool/specifications"}, strict_options());
  EXPECT_EQ(render(loaded.diagnostics), "");
  std::vector<std::string> names;
  std::size_t cases = 0;
  for (const model::Category& category : loaded.categories) {
    names.push_back(category.name);
    cases += category.cases.size();
  }
  EXPECT_EQ(names, (std::vector<std::string>{"Core.Concurrent", "Core.Network", "Core.Scheduling", "Core.Storage",
                                             "Extend.ActiveDirectory", "Extend.HostProcess", "Extend.Network",
                                             "Extend.NetworkPolicy", "Extend.Worker"}));
  EXPECT_EQ(cases, 23U);
}

}  // namespace
}  // namespace opready::specs
