// SPDX-License-Identifier: Apache-2.0
// Every input of the corpus, those that once broke something among them, as a test that needs no fuzzer.
#include <algorithm>
#include <exception>
#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "opready/base/read_file.hpp"

#include "target.hpp"

namespace opready::fuzz {
namespace {

struct Target {
  std::string name;
  void (*run)(std::string_view input);
};

std::vector<std::filesystem::path> corpus_of(const std::string& target) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(OPREADY_FUZZ_CORPUS "/" + target)) {
    files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

class ReplayTest : public testing::TestWithParam<Target> {};

TEST_P(ReplayTest, EachInputOfTheCorpusKeepsThePromises) {
  const std::vector<std::filesystem::path> files = corpus_of(GetParam().name);
  EXPECT_FALSE(files.empty());
  for (const std::filesystem::path& file : files) {
    EXPECT_NO_THROW(GetParam().run(base::read_file(file))) << file;
  }
}

INSTANTIATE_TEST_SUITE_P(Fuzz, ReplayTest,
                         testing::Values(Target{"category_yaml", category_yaml}, Target{"events", events},
                                         Target{"junit", junit}, Target{"line_splitter", line_splitter},
                                         Target{"list_tests", list_tests}, Target{"watch_stream", watch_stream}),
                         [](const auto& target) { return target.param.name; });

TEST(RequireTest, ThrowsWherePromisesAreBroken) {
  EXPECT_NO_THROW(require(true, "kept"));
  EXPECT_THROW(require(false, "broken"), Broken);
  EXPECT_THROW(require_showable("\x1b[31m", "an escape sequence"), Broken);
}

}  // namespace
}  // namespace opready::fuzz
