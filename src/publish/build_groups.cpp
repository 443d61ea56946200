// SPDX-License-Identifier: Apache-2.0
// Puts builds into the groups that grids are made of, in order.
#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

#include "opready/publish/builds.hpp"

#include "build_listing.hpp"

namespace opready::publish {
namespace {

/// Numbers of any length in their order: Prow's ids have 19 digits.
std::tuple<std::size_t, std::string> number_order(const std::string& id) {
  const std::string digits = id.substr(std::min(id.find_first_not_of('0'), id.size()));
  return {digits.size(), digits};
}

bool are_numbered(const std::vector<PastBuild>& builds) {
  return std::all_of(builds.begin(), builds.end(),
                     [&](const PastBuild& build) { return build.job == builds.front().job && is_number(build.id); });
}

void put_newest_first(std::vector<PastBuild>& builds) {
  const bool by_number = are_numbered(builds);
  std::sort(builds.begin(), builds.end(), [&](const PastBuild& left, const PastBuild& right) {
    return by_number ? number_order(left.id) > number_order(right.id)
                     : std::tie(left.time, left.id) > std::tie(right.time, right.id);
  });
}

}  // namespace

std::string label_of(const PastBuild& build, const std::string& label) {
  if (label == "job") {
    return build.job;
  }
  for (const std::string& name : {"label." + label, label}) {
    if (const auto fact = build.facts.find(name); fact != build.facts.end()) {
      return fact->second;
    }
  }
  return "";
}

std::vector<BuildGroup> grouped(std::vector<PastBuild> builds, const std::string& by, std::size_t limit) {
  std::map<std::string, BuildGroup> groups;
  for (PastBuild& build : builds) {
    std::string value = by.empty() ? build.job : label_of(build, by);
    if (by.empty() || !value.empty()) {
      BuildGroup& group = groups[value];
      group.title = std::move(value);
      group.builds.push_back(std::move(build));
    }
  }
  std::vector<BuildGroup> all;
  for (auto& [value, group] : groups) {
    put_newest_first(group.builds);
    group.older = group.builds.size() - std::min(group.builds.size(), limit);
    group.builds.resize(group.builds.size() - group.older);
    all.push_back(std::move(group));
  }
  return all;
}

}  // namespace opready::publish
