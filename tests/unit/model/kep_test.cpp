// SPDX-License-Identifier: Apache-2.0
// The KEP's items.
#include "opready/model/kep.hpp"

#include <map>
#include <set>
#include <string>

#include <gtest/gtest.h>

namespace opready::model {
namespace {

/// As many as each list of the KEP has.
TEST(KepItems, AreAllThere) {
  std::map<std::string_view, int> counts;
  std::set<std::string_view> ids;
  for (const KepItem& item : kep_items()) {
    const std::string expected_id = std::string(category_of(item)) + '.' + std::to_string(++counts[category_of(item)]);
    EXPECT_EQ(item.id, expected_id);
    EXPECT_FALSE(item.statement.empty());
    ids.insert(item.id);
  }
  EXPECT_EQ(counts, (std::map<std::string_view, int>{{"Core.Network", 13},
                                                     {"Core.Storage", 7},
                                                     {"Core.Scheduling", 2},
                                                     {"Core.Concurrent", 3},
                                                     {"Extend.HostProcess", 6},
                                                     {"Extend.ActiveDirectory", 4},
                                                     {"Extend.NetworkPolicy", 2},
                                                     {"Extend.Network", 5},
                                                     {"Extend.Worker", 4}}));
  EXPECT_EQ(ids.size(), 46U);
  EXPECT_TRUE(ids.contains(kInternetItem));
}

}  // namespace
}  // namespace opready::model
