// SPDX-License-Identifier: Apache-2.0
// Joins the items of two lists that mean the same.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace opready::publish {

/// At least one of them is set; they point into the lists.
template <typename Item>
struct Pair {
  const Item* base = nullptr;
  const Item* newer = nullptr;
};

/// What two items have in common that are the same; empty: nothing to know this one by.
template <typename Item>
using Key = std::function<std::string(const Item&)>;

/// Those that have a key of their own: nothing else in the list does.
template <typename Item>
std::map<std::string, const Item*> by_key(const std::vector<const Item*>& items, const Key<Item>& key) {
  std::map<std::string, const Item*> unique;
  for (const Item* item : items) {
    const auto [place, is_new] = unique.try_emplace(key(*item), item);
    place->second = is_new ? item : nullptr;
  }
  unique.erase("");
  std::erase_if(unique, [](const auto& entry) { return entry.second == nullptr; });
  return unique;
}

/// Each key in turn joins, of what is left, the items that have it alone in their list. In the order of `newer`; what
/// only `base` has comes last.
template <typename Item>
std::vector<Pair<Item>> paired(const std::vector<Item>& base, const std::vector<Item>& newer,
                               const std::vector<Key<Item>>& keys) {
  std::vector<const Item*> base_left;
  std::vector<const Item*> newer_left;
  std::transform(base.begin(), base.end(), std::back_inserter(base_left), [](const Item& item) { return &item; });
  std::transform(newer.begin(), newer.end(), std::back_inserter(newer_left), [](const Item& item) { return &item; });
  std::map<const Item*, const Item*> partners;  // Both ways.
  for (const Key<Item>& key : keys) {
    const auto known = by_key(base_left, key);
    for (const auto& [text, item] : by_key(newer_left, key)) {
      if (const auto partner = known.find(text); partner != known.end()) {
        partners.emplace(item, partner->second);
        partners.emplace(partner->second, item);
      }
    }
    const auto is_joined = [&](const Item* item) { return partners.contains(item); };
    std::erase_if(base_left, is_joined);
    std::erase_if(newer_left, is_joined);
  }
  std::vector<Pair<Item>> pairs;
  for (const Item& item : newer) {
    const auto partner = partners.find(&item);
    pairs.push_back({partner == partners.end() ? nullptr : partner->second, &item});
  }
  for (const Item* item : base_left) {
    pairs.push_back({item, nullptr});
  }
  return pairs;
}

}  // namespace opready::publish
