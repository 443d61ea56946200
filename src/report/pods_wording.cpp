// SPDX-License-Identifier: Apache-2.0
// Puts evidence of pods into words.
#include "opready/report/pods_wording.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>

#include <fmt/format.h>

#include "opready/base/counted.hpp"
#include "opready/report/wording.hpp"

namespace opready::report {
namespace {

using model::NodeFacts;
using model::PodsOnNode;
using model::SpecPods;

constexpr std::size_t kNamedNodes = 5;
constexpr std::string_view kNotAll = "not all could be watched";

std::string pods_counted(std::int64_t count) {
  return base::counted(static_cast<std::size_t>(count), "pod");
}

std::string_view system_name(std::string_view os) {
  if (os == "windows") {
    return "Windows";
  }
  if (os == "linux") {
    return "Linux";
  }
  return os.empty() ? "nodes of an unknown system" : os;
}

/// "2 pods on win-0, win-1 (10.0.20348)", for those of `nodes` that run that build of that system.
std::string group_text(const std::vector<PodsOnNode>& nodes, const NodeFacts& kind) {
  std::vector<std::string_view> names;
  std::int64_t pods = 0;
  for (const PodsOnNode& place : nodes) {
    if (place.node.os == kind.os && place.node.build == kind.build) {
      names.push_back(place.node.name);
      pods += place.pods;
    }
  }
  const std::size_t more = names.size() - std::min(names.size(), kNamedNodes);
  names.resize(names.size() - more);
  std::string out = fmt::format("{} on {}", pods_counted(pods), fmt::join(names, ", "));
  out += more > 0 ? fmt::format(" and {} more", more) : "";
  out += kind.build.empty() ? "" : fmt::format(" ({})", kind.build);
  return out;
}

/// "on Windows: ...", a group a build.
std::string system_text(const std::vector<PodsOnNode>& nodes, std::string_view os) {
  std::vector<std::string_view> builds;
  std::vector<std::string> groups;
  for (const PodsOnNode& place : nodes) {
    if (place.node.os == os && std::find(builds.begin(), builds.end(), place.node.build) == builds.end()) {
      builds.push_back(place.node.build);
      groups.push_back(group_text(nodes, place.node));
    }
  }
  return fmt::format("on {}: {}", system_name(os), fmt::join(groups, ", "));
}

/// Windows, which is what it's about, before all others.
std::vector<std::string_view> systems_of(const std::vector<PodsOnNode>& nodes) {
  std::vector<std::string_view> systems;
  for (const PodsOnNode& place : nodes) {
    if (std::find(systems.begin(), systems.end(), place.node.os) == systems.end()) {
      systems.push_back(place.node.os);
    }
  }
  std::stable_partition(systems.begin(), systems.end(), [](std::string_view os) { return os == "windows"; });
  return systems;
}

void add(SpecPods& sum, const SpecPods& part) {
  for (const PodsOnNode& place : part.nodes) {
    const auto found = std::find_if(sum.nodes.begin(), sum.nodes.end(),
                                    [&](const PodsOnNode& known) { return known.node == place.node; });
    if (found == sum.nodes.end()) {
      sum.nodes.push_back(place);
    } else {
      found->pods += place.pods;
    }
  }
  sum.unscheduled += part.unscheduled;
  sum.incomplete = sum.incomplete || part.incomplete;
}

}  // namespace

std::string pods_text(const SpecPods& pods) {
  std::vector<std::string> parts;
  for (const std::string_view os : systems_of(pods.nodes)) {
    parts.push_back((parts.empty() ? "ran " : "") + system_text(pods.nodes, os));
  }
  if (pods.unscheduled > 0) {
    parts.push_back(pods_counted(pods.unscheduled) + " never got a node");
  }
  if (parts.empty()) {
    parts.emplace_back("no pods were seen");
  }
  if (pods.incomplete) {
    parts.emplace_back(kNotAll);
  }
  return one_line(fmt::format("{}", fmt::join(parts, "; ")));
}

std::string pods_text(const model::CaseResult& result) {
  std::optional<SpecPods> sum;
  for (const model::SpecResult& spec : result.specs) {
    if (spec.pods) {
      sum = sum.value_or(SpecPods{});
      add(*sum, *spec.pods);
    }
  }
  return sum ? pods_text(*sum) : "";
}

std::vector<std::string> waiting_lines(const model::SpecResult& spec) {
  std::vector<std::string> lines;
  if (spec.pods) {
    for (const model::WarningEvidence& warning : spec.pods->warnings) {
      lines.push_back(
          one_line(fmt::format("kept waiting: {} {}: {}", warning.reason, warning.object, warning.message)));
    }
  }
  return lines;
}

std::string placement_text(std::string_view placement) {
  if (placement == "policy") {
    return "an admission policy sends pods to Windows nodes";
  }
  if (placement == "taint") {
    return "taints keep pods off Linux nodes";
  }
  return placement.empty() ? "" : fmt::format("pods are placed by {}", placement);
}

}  // namespace opready::report
