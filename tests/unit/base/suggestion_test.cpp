// SPDX-License-Identifier: Apache-2.0
// Tests of suggestions for misspelt words.
#include "opready/base/suggestion.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace opready::base {
namespace {

const std::vector<std::string> kCategories = {"Core.Network", "Core.Storage", "Core.Scheduling", "Extend.Network",
                                              "Extend.NetworkPolicy"};

TEST(Closest, FindsTheNearestWord) {
  const struct {
    std::string_view word;
    std::optional<std::string> expected;
  } rows[] = {
      {"Core.Network", "Core.Network"},
      {"core.network", "Core.Network"},
      {"Core.Netwrok", "Core.Network"},
      {"Core.Storrage", "Core.Storage"},
      {"Core.Schedulin", "Core.Scheduling"},
      {"Extend.NetworkPolcy", "Extend.NetworkPolicy"},
      {"Network", std::nullopt},
      {"Something.Else", std::nullopt},
      {"", std::nullopt},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(closest(row.word, kCategories), row.expected) << row.word;
  }
}

TEST(Closest, GoesAThirdOfTheWordFar) {
  const std::vector<std::string> candidates = {"abcdef"};
  EXPECT_EQ(closest("abcdxy", candidates), "abcdef");
  EXPECT_EQ(closest("abcxyz", candidates), std::nullopt);
}

TEST(Closest, AllowsOneEditInShortWords) {
  const std::vector<std::string> candidates = {"run"};
  EXPECT_EQ(closest("ru", candidates), "run");
  EXPECT_EQ(closest("nur", candidates), std::nullopt);
}

TEST(Closest, TakesSwappedNeighboursForOneEdit) {
  const std::vector<std::string> candidates = {"list"};
  EXPECT_EQ(closest("lsit", candidates), "list");
}

TEST(Closest, PrefersTheFirstOfEquals) {
  const std::vector<std::string> candidates = {"case-1", "case-2"};
  EXPECT_EQ(closest("case-3", candidates), "case-1");
}

TEST(DidYouMean, IsTheEndOfASentence) {
  EXPECT_EQ(did_you_mean("core.netwok", kCategories), ", did you mean 'Core.Network'?");
  EXPECT_EQ(did_you_mean("xyz", kCategories), "");
  EXPECT_EQ(did_you_mean("Core.Network", {}), "");
}

}  // namespace
}  // namespace opready::base
