// SPDX-License-Identifier: Apache-2.0
// Asks a cluster whether pods can be placed as the user wants.
#include "placement.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "opready/base/counted.hpp"
#include "opready/base/error.hpp"
#include "opready/cluster/placement_survey.hpp"
#include "opready/cluster/taint_placer.hpp"
#include "opready/process/capture.hpp"

namespace opready::cli {
namespace {

/// Enough to recognise whose pods they are.
constexpr std::size_t kNamedPods = 10;

std::string labels_text(const std::map<std::string, std::string>& labels) {
  std::vector<std::string> pairs;
  pairs.reserve(labels.size());
  for (const auto& [key, value] : labels) {
    pairs.push_back(fmt::format("{}={}", key, value));
  }
  return fmt::format("{}", fmt::join(pairs, ", "));
}

void require_windows_nodes(const RunOptions& options, const Prepared& prepared) {
  if (!prepared.nodes_unknown.empty()) {
    throw base::environment_error("--place needs to know the cluster's nodes: " + prepared.nodes_unknown);
  }
  if (cluster::windows_nodes(prepared.nodes, options.node_selector).empty()) {
    throw base::environment_error(
        options.node_selector.empty()
            ? "--place: the cluster has no Windows node (label kubernetes.io/os=windows)"
            : fmt::format("--node-selector: no Windows node has the labels {}", labels_text(options.node_selector)));
  }
}

cluster::PolicyGround ready_for_policy(const RunOptions& options, const Prepared& prepared) {
  const cluster::PlacementSurvey survey = cluster::survey_placement(prepared.target, process::stoppable_capture);
  if (!survey.unknown.empty()) {
    throw base::environment_error("--place: cannot ask the API server for its admission policies: " + survey.unknown);
  }
  if (!survey.serves_policies) {
    throw base::environment_error("--place: " + cluster::no_policies_text(prepared.cluster.kubernetes_version));
  }
  return {.node_selector = options.node_selector, .nodes = prepared.nodes, .api_servers = survey.api_servers};
}

void ready_for_taints(const RunOptions& options, const Prepared& prepared, report::TextOutput& out) {
  const cluster::TaintSurvey survey =
      cluster::survey_taint_mode(prepared.target, prepared.nodes, process::stoppable_capture);
  if (!survey.unknown.empty() && !options.dedicated_cluster) {
    throw base::environment_error("--place=taint: cannot see whose pods run on Linux nodes: " + survey.unknown);
  }
  const std::size_t count = survey.endangered.size();
  std::string pods;
  for (std::size_t i = 0; i < std::min(count, kNamedPods); ++i) {
    pods += "\n  " + survey.endangered[i];
  }
  pods += count > kNamedPods ? fmt::format("\n  and {} more", count - kNamedPods) : "";
  if (count > 0 && !options.dedicated_cluster) {
    throw base::environment_error(
        fmt::format("--place=taint keeps new pods off all Linux nodes while cases run; {} of others on them could not "
                    "be started again meanwhile (--dedicated-cluster: go on all the same):{}",
                    base::counted(count, "pod"), pods));
  }
  out.write(
      fmt::format("--place=taint: while cases that mean Windows run, no other pod can be started on a Linux node "
                  "unless it tolerates the taint {}\n",
                  cluster::kPlacementTaint));
  if (count > 0) {
    out.write(fmt::format("these would have to wait if they were started again:{}\n", pods));
  }
}

}  // namespace

ReadyPlacement ready_placement(const RunOptions& options, const Prepared& prepared, report::TextOutput& out) {
  ReadyPlacement ready{.way = options.selection.placing, .ground = {}};
  switch (ready.way) {
    case Placing::scheduler:
      return ready;
    case Placing::policy:
      require_windows_nodes(options, prepared);
      ready.ground = ready_for_policy(options, prepared);
      return ready;
    case Placing::taint:
      require_windows_nodes(options, prepared);
      ready_for_taints(options, prepared, out);
      return ready;
  }
  return ready;
}

std::unique_ptr<cluster::Placer> make_placer(const ReadyPlacement& placement, const cluster::PlacerContext& context,
                                             const cluster::Owner& owner) {
  switch (placement.way) {
    case Placing::scheduler:
      return nullptr;
    case Placing::policy:
      return cluster::make_policy_placer(context, owner, placement.ground);
    case Placing::taint:
      return cluster::make_taint_placer(context, owner);
  }
  return nullptr;
}

std::string name_of(Placing way) {
  switch (way) {
    case Placing::scheduler:
      return "";
    case Placing::policy:
      return "policy";
    case Placing::taint:
      return "taint";
  }
  return "";
}

}  // namespace opready::cli
