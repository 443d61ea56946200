// SPDX-License-Identifier: Apache-2.0
// What the cache gives back, and all that it must not trust.
#include "opready/suite/cache.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "opready/base/read_file.hpp"
#include "opready/testing/temp_dir.hpp"

namespace opready::suite {
namespace {

namespace fs = std::filesystem;

const SuiteInfo kInfo = {.path = "./e2e.test",
                         .version = "v1.36.3",
                         .flags = {"ginkgo.focus", "report-dir"},
                         .specs = {{"[sig-network] \"DNS\"\twörks", "test/e2e/network/dns.go", 50}, {"other", "", 0}}};
const std::vector<SpecFilter> kFilters = {{{"DNS"}, {}}, {{"nothing"}, {"\\[Slow\\]"}}};
const Selection kSelection = {{kInfo.specs[0]}, {}};

class CacheTest : public ::testing::Test {
 protected:
  [[nodiscard]] fs::path root() const { return directory_.path(); }
  [[nodiscard]] Cache cache(const std::string& build = "1:2:3:4") const { return {root(), {"/bin/e2e.test", build}}; }

  /// Every file below the root whose name begins so.
  [[nodiscard]] std::vector<fs::path> files(const std::string& prefix = "") const {
    std::vector<fs::path> found;
    for (const auto& entry : fs::recursive_directory_iterator(root())) {
      if (entry.is_regular_file() && entry.path().filename().string().starts_with(prefix)) {
        found.push_back(entry.path());
      }
    }
    return found;
  }

 private:
  testing::TempDir directory_;
};

TEST_F(CacheTest, GivesBackWhatWasStored) {
  cache().store(kInfo);
  cache().store_selection(kFilters, kSelection);
  const auto summary = cache().load_summary();
  ASSERT_TRUE(summary);
  EXPECT_EQ(summary->version, kInfo.version);
  EXPECT_EQ(summary->flags, kInfo.flags);
  EXPECT_EQ(summary->spec_count, 2U);
  EXPECT_EQ(cache().load_specs(), kInfo.specs);
  EXPECT_EQ(cache().load_selection(kFilters), kSelection);
}

TEST_F(CacheTest, KnowsNothingAtFirst) {
  EXPECT_FALSE(cache().load_summary());
  EXPECT_FALSE(cache().load_specs());
  EXPECT_FALSE(cache().load_selection(kFilters));
  EXPECT_TRUE(files().empty());
}

TEST_F(CacheTest, KeepsOtherFiltersApart) {
  cache().store(kInfo);
  cache().store_selection(kFilters, kSelection);
  EXPECT_FALSE(cache().load_selection({kFilters[0]}));
  EXPECT_FALSE(cache().load_selection({{{}, {"DNS"}}, kFilters[1]}));
  EXPECT_FALSE(cache().load_selection({kFilters[1], kFilters[0]}));
}

TEST_F(CacheTest, DoesNotTrustAnEarlierBuild) {
  cache().store(kInfo);
  cache().store_selection(kFilters, kSelection);
  EXPECT_FALSE(cache("5:6:7:8").load_summary());
  EXPECT_FALSE(cache("5:6:7:8").load_specs());
  EXPECT_FALSE(cache("5:6:7:8").load_selection(kFilters));
}

TEST_F(CacheTest, RemovesWhatAnEarlierBuildLeft) {
  cache().store(kInfo);
  cache().store_selection(kFilters, kSelection);
  cache("5:6:7:8").store(kInfo);
  EXPECT_EQ(files().size(), 2U);
  EXPECT_TRUE(cache("5:6:7:8").load_summary());
}

TEST_F(CacheTest, DoesNotTrustDamagedFiles) {
  for (const char* content : {"", "{", "[]", "null", "{\"format\":2}", "\xff\xfe", "specs\n"}) {
    cache().store(kInfo);
    cache().store_selection(kFilters, kSelection);
    for (const fs::path& file : files()) {
      std::ofstream(file, std::ios::trunc) << content;
    }
    EXPECT_FALSE(cache().load_summary()) << content;
    EXPECT_FALSE(cache().load_selection(kFilters)) << content;
    EXPECT_FALSE(cache().load_specs()) << content;
  }
}

TEST_F(CacheTest, DoesNotTrustSpecsThatWereCutOff) {
  cache().store(kInfo);
  const fs::path file = files("specs").at(0);
  const auto whole = fs::file_size(file);
  fs::resize_file(file, whole - 1);
  EXPECT_FALSE(cache().load_specs());
  fs::resize_file(file, whole - 5);
  EXPECT_FALSE(cache().load_specs());
}

TEST_F(CacheTest, DoesNotTrustAnotherFormat) {
  cache().store(kInfo);
  const fs::path file = files("suite").at(0);
  std::string text = base::read_file(file);
  const std::string ours = "\"format\":2";
  ASSERT_NE(text.find(ours), std::string::npos);
  text.replace(text.find(ours), ours.size(), "\"format\":1");
  std::ofstream(file, std::ios::trunc) << text;
  EXPECT_FALSE(cache().load_summary());
}

TEST_F(CacheTest, KeepsFewSelections) {
  cache().store(kInfo);
  for (int i = 0; i < 20; ++i) {
    cache().store_selection({{{std::to_string(i)}, {}}}, {{}});
  }
  EXPECT_EQ(files("selection-").size(), 8U);
}

TEST_F(CacheTest, KeepsFewBinaries) {
  for (int i = 0; i < 20; ++i) {
    Cache(root(), {"/bin/e2e.test" + std::to_string(i), "build"}).store(kInfo);
  }
  EXPECT_EQ(files("suite").size(), 8U);
}

TEST_F(CacheTest, DoesWithoutADirectoryThatCannotBeMade) {
  std::ofstream(root() / "file") << "in the way";
  const Cache blocked(root() / "file", {"/bin/e2e.test", "build"});
  blocked.store(kInfo);
  blocked.store_selection(kFilters, kSelection);
  EXPECT_FALSE(blocked.load_summary());
  EXPECT_FALSE(blocked.load_specs());
  EXPECT_EQ(files().size(), 1U);
}

TEST_F(CacheTest, CanBeOff) {
  const Cache off("", {"/bin/e2e.test", "build"});
  off.store(kInfo);
  off.store_selection(kFilters, kSelection);
  EXPECT_FALSE(off.load_summary());
  EXPECT_FALSE(off.load_selection(kFilters));
}

TEST(CacheRoot, FollowsTheXdgSpecification) {
  EXPECT_EQ(cache_root("/cache", "/home/u"), "/cache");
  EXPECT_EQ(cache_root(nullptr, "/home/u"), "/home/u/.cache");
  EXPECT_EQ(cache_root("", "/home/u"), "/home/u/.cache");
  EXPECT_EQ(cache_root("relative", "/home/u"), "/home/u/.cache");
  EXPECT_EQ(cache_root(nullptr, nullptr), "");
}

}  // namespace
}  // namespace opready::suite
