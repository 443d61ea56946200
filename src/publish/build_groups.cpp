// SPDX-License-Identifier: Apache-2.0
// Puts builds into the groups that grids are made of, in order.
#include <algorithm>
#include <iterator>
#include <map>
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

/// Empty for report directories, which belong to none.
std::filesystem::path job_path(const PastBuild& build) {
  return build.job.empty() ? "" : build.path.parent_path();
}

bool are_numbered(const std::vector<PastBuild>& builds) {
  return std::all_of(builds.begin(), builds.end(), [&](const PastBuild& build) {
    return job_path(build) == job_path(builds.front()) && is_number(build.id);
  });
}

void put_newest_first(std::vector<PastBuild>& builds) {
  const bool by_number = are_numbered(builds);
  std::sort(builds.begin(), builds.end(), [&](const PastBuild& left, const PastBuild& right) {
    if (by_number && number_order(left.id) != number_order(right.id)) {
      return number_order(left.id) > number_order(right.id);
    }
    return std::tie(left.time, left.id, left.path) > std::tie(right.time, right.id, right.path);
  });
}

/// The last `count` names of a path; all of it where it has no more.
std::string tail_of(const std::filesystem::path& path, std::ptrdiff_t count) {
  const auto names = std::distance(path.begin(), path.end());
  std::filesystem::path tail;
  std::for_each(std::next(path.begin(), std::max(names - count, std::ptrdiff_t{0})), path.end(),
                [&](const std::filesystem::path& name) { tail /= name; });
  return tail.string();
}

/// Each job's directory, and as much of it as no other one ends with.
std::map<std::filesystem::path, std::string> titles_of_jobs(const std::vector<PastBuild>& builds) {
  std::map<std::filesystem::path, std::string> titles;
  for (const PastBuild& build : builds) {
    titles[job_path(build)] = "";
  }
  for (auto& [path, title] : titles) {
    std::ptrdiff_t names = 0;
    const auto ends_alike = [&](const auto& other) { return tail_of(other.first, names) == title; };
    do {
      title = tail_of(path, ++names);
    } while (std::count_if(titles.begin(), titles.end(), ends_alike) > 1);
  }
  return titles;
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

std::vector<BuildGroup> grouped(std::vector<PastBuild> builds, const std::string& by) {
  const auto titles = titles_of_jobs(builds);
  std::map<std::string, BuildGroup> groups;
  for (PastBuild& build : builds) {
    std::string value = by.empty() ? titles.at(job_path(build)) : label_of(build, by);
    if (by.empty() || !value.empty()) {
      BuildGroup& group = groups[value];
      group.title = std::move(value);
      group.builds.push_back(std::move(build));
    }
  }
  std::vector<BuildGroup> all;
  for (auto& [value, group] : groups) {
    put_newest_first(group.builds);
    all.push_back(std::move(group));
  }
  return all;
}

}  // namespace opready::publish
