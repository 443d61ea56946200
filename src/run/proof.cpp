// SPDX-License-Identifier: Apache-2.0
// Counts pods by node, and weighs them against the case's placement.
#include "opready/run/proof.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>

#include <fmt/format.h>

#include "opready/base/counted.hpp"

namespace opready::run {
namespace {

using model::NamespaceEvidence;
using model::Outcome;
using model::Placement;
using model::SpecPods;
using model::SpecResult;
using model::SpecStatus;

constexpr std::string_view kWindows = "windows";
constexpr const char* kApiLost = "the API server did not answer while it ran";

model::NodeFacts facts_of(const std::string& node, const std::vector<model::NodeFacts>& nodes) {
  const auto known =
      std::find_if(nodes.begin(), nodes.end(), [&](const model::NodeFacts& facts) { return facts.name == node; });
  return known == nodes.end() ? model::NodeFacts{.name = node, .os = "", .build = ""} : *known;
}

void count(SpecPods& pods, const std::string& node, const std::vector<model::NodeFacts>& nodes) {
  auto found = std::find_if(pods.nodes.begin(), pods.nodes.end(),
                            [&](const model::PodsOnNode& other) { return other.node.name == node; });
  if (found == pods.nodes.end()) {
    found = pods.nodes.insert(pods.nodes.end(), {facts_of(node, nodes), 0});
  }
  ++found->pods;
}

std::vector<const NamespaceEvidence*> namespaces_of(const SpecResult& spec, const PodEvidence& evidence) {
  std::vector<const NamespaceEvidence*> found;
  for (const NamespaceEvidence& seen : evidence.namespaces) {
    const auto owner = evidence.spec_of.find(seen.name);
    if (owner != evidence.spec_of.end() && owner->second == spec.spec.name) {
      found.push_back(&seen);
    }
  }
  return found;
}

SpecPods pods_of(const std::vector<const NamespaceEvidence*>& namespaces, const PodEvidence& evidence) {
  SpecPods pods{.incomplete = evidence.gaps};
  for (const NamespaceEvidence* seen : namespaces) {
    pods.incomplete = pods.incomplete || seen->more_pods;
    for (const model::PodEvidence& pod : seen->pods) {
      pods.unscheduled += pod.nodes.empty() ? 1 : 0;
      for (const std::string& node : pod.nodes) {
        count(pods, node, evidence.nodes);
      }
    }
  }
  return pods;
}

std::int64_t pods_on(const SpecPods& pods, std::string_view os) {
  std::int64_t sum = 0;
  for (const model::PodsOnNode& place : pods.nodes) {
    sum += place.node.os == os ? place.pods : 0;
  }
  return sum;
}

/// Why the pass of a spec with these pods proves nothing; empty where it does.
std::string doubt(const SpecPods& pods, Placement placement) {
  const std::string maybe = pods.incomplete ? " (not all could be watched)" : "";
  const auto elsewhere = std::find_if(pods.nodes.begin(), pods.nodes.end(),
                                      [](const model::PodsOnNode& place) { return place.node.os != kWindows; });
  switch (placement) {
    case Placement::windows:
      if (elsewhere != pods.nodes.end()) {
        return elsewhere->node.os.empty()
                   ? fmt::format(
                         "a pod ran on {}, whose system isn't known: it joined after the start, or has no label "
                         "kubernetes.io/os",
                         elsewhere->node.name)
                   : fmt::format("a pod ran on {} ({}), not on Windows", elsewhere->node.name, elsewhere->node.os);
      }
      return pods.nodes.empty() ? "no pod of it was seen on any node" + maybe : "";
    case Placement::mixed:
      if (pods_on(pods, kWindows) == 0) {
        return "no pod of it was seen on Windows" + maybe;
      }
      return pods_on(pods, "linux") == 0 ? "no pod of it was seen on Linux" + maybe : "";
    case Placement::own:
    case Placement::none:
      return "";
  }
  return "";
}

bool is_image_trouble(std::string_view status) {
  for (const std::string_view trouble : {"ErrImagePull", "ImagePullBackOff", "ErrImageNeverPull", "InvalidImageName"}) {
    if (status.ends_with(trouble)) {  // "Init:ErrImagePull"
      return true;
    }
  }
  return false;
}

/// Why a spec failed through no fault of the cluster under test; empty where nothing says so.
std::string excuse(const std::vector<const NamespaceEvidence*>& namespaces, bool api_lost) {
  for (const NamespaceEvidence* seen : namespaces) {
    for (const model::PodEvidence& pod : seen->pods) {
      if (is_image_trouble(pod.status)) {
        return fmt::format("the image of its pod {} could not be had: {}", pod.name, pod.status);
      }
    }
  }
  return api_lost ? kApiLost : "";
}

void judge(SpecResult& spec, Placement placement, const std::vector<const NamespaceEvidence*>& namespaces,
           bool api_lost) {
  if (spec.status == SpecStatus::passed) {
    if (std::string why = doubt(*spec.pods, placement); !why.empty()) {
      spec.status = SpecStatus::unproven;
      spec.message = why;
      spec.failure = fmt::format("unproven: it passed, but {}", why);
    }
    return;
  }
  for (const NamespaceEvidence* seen : namespaces) {
    spec.pods->warnings.insert(spec.pods->warnings.end(), seen->warnings.begin(), seen->warnings.end());
  }
  std::string why = model::is_failure(spec.status) ? excuse(namespaces, api_lost) : "";
  if (!why.empty()) {
    spec.status = SpecStatus::could_not_test;
    spec.failure = fmt::format("could not test: {}\n\n{}", why, spec.failure);
    spec.message = std::move(why);
  }
}

/// The first spec of that status; null where there is none.
const SpecResult* first_of(const model::CaseResult& result, SpecStatus status) {
  const auto found = std::find_if(result.specs.begin(), result.specs.end(),
                                  [&](const SpecResult& spec) { return spec.status == status; });
  return found == result.specs.end() ? nullptr : &*found;
}

void add_namespaces(model::CaseResult& result, const PodEvidence& evidence) {
  for (const NamespaceEvidence& seen : evidence.namespaces) {
    if (std::find(result.namespaces.begin(), result.namespaces.end(), seen.name) == result.namespaces.end()) {
      result.namespaces.push_back(seen.name);
    }
  }
}

/// `lost_before`: the API server was lost before the first spec.
void conclude(model::CaseResult& result, bool lost_before) {
  const SpecResult* unproven = first_of(result, SpecStatus::unproven);
  const SpecResult* untested = first_of(result, SpecStatus::could_not_test);
  const bool failed = first_of(result, SpecStatus::failed) != nullptr ||
                      first_of(result, SpecStatus::panicked) != nullptr ||
                      first_of(result, SpecStatus::timed_out) != nullptr;
  const bool by_specs = result.outcome == Outcome::failed || result.outcome == Outcome::timed_out;
  if (lost_before && by_specs && !failed && untested == nullptr) {
    result.outcome = Outcome::could_not_test;
    result.reason = kApiLost;
    return;
  }
  if (untested != nullptr && !failed && by_specs && result.detail.empty()) {
    result.outcome = Outcome::could_not_test;
    result.reason = untested->message;
  } else if (unproven != nullptr && result.outcome == Outcome::passed) {
    result.outcome = Outcome::unproven;
    result.reason = result.specs.size() == 1 ? "it passed, but " + unproven->message
                                             : fmt::format("{}: {}", unproven->spec.name, unproven->message);
  }
}

}  // namespace

void prove(model::CaseResult& result, const model::TestCase& test, const PodEvidence& evidence) {
  const Placement placement = test.placement.value_or(Placement::own);
  add_namespaces(result, evidence);
  for (SpecResult& spec : result.specs) {
    const bool reached = spec.status != SpecStatus::cancelled || !spec.failure.empty();
    if (spec.status == SpecStatus::skipped || !reached) {
      continue;
    }
    const std::vector<const NamespaceEvidence*> namespaces = namespaces_of(spec, evidence);
    spec.pods = pods_of(namespaces, evidence);
    judge(spec, placement, namespaces, evidence.lost_in.contains(spec.spec.name));
  }
  conclude(result, evidence.lost_in.contains(""));
}

}  // namespace opready::run
