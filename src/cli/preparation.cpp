// SPDX-License-Identifier: Apache-2.0
// From options to categories, cluster, suite and plan.
#include "preparation.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "opready/base/counted.hpp"
#include "opready/base/error.hpp"
#include "opready/base/log.hpp"
#include "opready/base/suggestion.hpp"
#include "opready/cluster/placement_nodes.hpp"
#include "opready/cluster/system_facts.hpp"
#include "opready/cluster/taint_placer.hpp"
#include "opready/plan/choice.hpp"
#include "opready/plan/command_line.hpp"
#include "opready/plan/matcher.hpp"
#include "opready/plan/planner.hpp"
#include "opready/process/capture.hpp"
#include "opready/specs/diagnostic.hpp"
#include "opready/specs/loader.hpp"

namespace opready::cli {
namespace {

cluster::TargetRequest request_of(const TargetOptions& options) {
  return cluster::request_from_environment(options.kubeconfig.value_or(""), options.context.value_or(""));
}

/// In taint mode e2e.test must not wait for nodes that this run taints.
std::string non_blocking_taints(const SelectionOptions& options) {
  if (options.placing != Placing::taint) {
    return options.non_blocking_taints;
  }
  return options.non_blocking_taints + (options.non_blocking_taints.empty() ? "" : ",") + cluster::kPlacementTaint;
}

plan::PlanOptions plan_options(const SelectionOptions& options, const cluster::Target& target) {
  plan::PlanOptions result;
  result.command = {.provider = options.provider,
                    .kubeconfig = target.kubeconfig.string(),
                    .context = target.context,
                    .node_os_distro = options.node_os_distro,
                    .non_blocking_taints = non_blocking_taints(options),
                    .grace_period = options.grace_period,
                    .keep_failed_namespaces = options.keep_failed_namespaces,
                    .verbose = options.verbose,
                    .extra_args = options.extra_args};
  result.case_timeout = options.case_timeout;
  result.allow_disruptive = options.allow_disruptive;
  result.without = options.without;
  result.mark_ordered = options.mark_ordered || options.retries > 0;
  result.air_gapped = options.air_gapped;
  result.kubernetes_version = kubernetes_version(options.kubernetes_version);
  return result;
}

/// What the loaded cases declare in `needs`, and what they name as `suite`.
struct Declared {
  std::set<std::string> needs;
  std::set<std::string> suites{std::string(model::kE2eSuite)};
};

Declared declared_by(const std::vector<model::Category>& categories) {
  Declared declared;
  for (const model::Category& category : categories) {
    for (const model::TestCase& test : category.cases) {
      declared.needs.insert(test.needs.begin(), test.needs.end());
      declared.suites.insert(test.suite);
    }
  }
  return declared;
}

/// Throws for a word of `option` that no case declares: a misspelling would change nothing, unnoticed.
void require_declared(std::string_view option, std::string_view kind, const std::string& word,
                      const std::set<std::string>& known) {
  if (!known.contains(word)) {
    const std::vector<std::string> words(known.begin(), known.end());
    throw base::usage_error(fmt::format("{}: no case has the {} '{}'{}\n  there are: {}", option, kind, word,
                                        base::did_you_mean(word, words),
                                        words.empty() ? "none" : fmt::format("{}", fmt::join(words, ", "))));
  }
}

void require_known_words(const SelectionOptions& options, const std::vector<model::Category>& categories) {
  const Declared declared = declared_by(categories);
  for (const std::string& need : options.without) {
    require_declared("--without", "need", need, declared.needs);
  }
  for (const auto& [suite, path] : options.suite_binaries) {
    require_declared("--suite-binary", "suite", suite, declared.suites);
  }
}

std::vector<std::string> categories_of(const model::Plan& plan) {
  std::vector<std::string> names;
  for (const model::PlannedCase& planned : plan.cases) {
    if (std::find(names.begin(), names.end(), planned.test.category) == names.end()) {
      names.push_back(planned.test.category);
    }
  }
  return names;
}

}  // namespace

std::vector<model::Category> load_categories(const SourceOptions& source) {
  const specs::LoadOptions options{.default_category = source.default_category, .regexp_fault = plan::regexp_fault};
  specs::Loaded loaded =
      source.test_paths.empty() ? specs::load_embedded(options) : specs::load(source.test_paths, options);
  if (!loaded.diagnostics.empty()) {
    const std::string count = base::counted(loaded.diagnostics.size(), "fault");
    std::string faults = specs::render(std::move(loaded.diagnostics));
    faults.erase(faults.find_last_not_of('\n') + 1);
    throw base::usage_error(fmt::format("{} in category files\n{}", count, faults));
  }
  return std::move(loaded.categories);
}

cluster::Target target_of(const TargetOptions& options) {
  return cluster::resolve_target(request_of(options), process::stoppable_capture);
}

cluster::TargetLookup find_target(const TargetOptions& options) {
  return cluster::find_target(request_of(options), process::stoppable_capture);
}

Prepared prepare(const SelectionOptions& options, Purpose purpose) {
  const std::vector<model::Category> categories = load_categories(options.source);
  require_known_words(options, categories);
  const std::vector<model::TestCase> chosen = plan::choose(categories, {.categories = options.categories,
                                                                        .cases = options.cases,
                                                                        .excludes = options.excludes,
                                                                        .filter = options.filter});
  Prepared prepared;
  prepared.target = purpose == Purpose::run ? target_of(options.target)
                                            : find_target(options.target).target.value_or(cluster::Target());
  prepared.cluster.context = prepared.target.context;
  prepared.cluster.server = prepared.target.server;
  const plan::PlanOptions how = plan_options(options, prepared.target);
  plan::check_extra_args(options.extra_args);  // Before e2e.test is asked for its specs.
  Suites suites(options, purpose);
  prepared.plan = plan::make_plan(chosen, [&](const std::string& name) { return suites.open(name); }, how);
  prepared.plan.notes = suites.notes();
  prepared.categories = categories_of(prepared.plan);
  prepared.whole_categories = options.cases.empty() && options.excludes.empty() && options.filter.empty();
  return prepared;
}

void keep_only(const run::PlanPart& part, Prepared& prepared) {
  run::keep_only(part, prepared.plan);
  prepared.categories = categories_of(prepared.plan);
  prepared.whole_categories = false;
}

void ask_cluster(Prepared& prepared) {
  const cluster::NodesAnswer answer = cluster::ask_nodes(prepared.target, process::stoppable_capture);
  if (const auto* summary = std::get_if<cluster::NodeSummary>(&answer)) {
    prepared.cluster.kubernetes_version = summary->server_version;
    prepared.cluster.uid = summary->cluster_uid;
    prepared.cluster.windows_nodes_ready = summary->windows_ready;
    prepared.cluster.linux_nodes_ready = summary->linux_ready;
    prepared.cluster.linux_nodes_open = summary->linux_open;
    prepared.cluster.node_kinds = cluster::node_kinds(summary->nodes);
    prepared.cluster.cni = summary->cni;
    for (const cluster::Node& node : summary->nodes) {
      prepared.cluster.nodes.push_back({node.name, node.os, node.build});
    }
    for (const cluster::Taint& taint : cluster::lasting_taints(cluster::windows_nodes(summary->nodes, {}))) {
      prepared.cluster.windows_taints.push_back(cluster::to_string(taint));
    }
    prepared.nodes = summary->nodes;
    return;
  }
  const auto& unknown = std::get<cluster::NodesUnknown>(answer);
  switch (unknown.kind) {
    case cluster::NodesUnknown::Kind::unreachable:
      throw base::environment_error(fmt::format("cannot reach the cluster at {} (context '{}'): {}",
                                                prepared.target.server, prepared.target.context, unknown.reason));
    case cluster::NodesUnknown::Kind::no_kubectl:
    case cluster::NodesUnknown::Kind::refused:
      base::log_warning("the cluster's nodes are not known: " + unknown.reason);
      prepared.nodes_unknown = unknown.reason;
      return;
  }
}

void demand_something_to_run(const model::Plan& plan, bool strict) {
  const auto selects_nothing = [](const model::PlannedCase& planned) {
    return planned.not_run == model::NotRun::selects_nothing;
  };
  const auto runs = [](const model::PlannedCase& planned) { return !planned.not_run; };
  std::string reasons;
  for (const model::PlannedCase& planned : plan.cases) {
    if (planned.not_run && (!strict || selects_nothing(planned))) {
      reasons += fmt::format("\n  {}: {}", planned.test.id, planned.not_run_detail);
    }
  }
  if (std::none_of(plan.cases.begin(), plan.cases.end(), runs)) {
    throw base::Error(base::ExitCode::nothing_ran, "nothing to run:" + reasons);
  }
  if (strict && std::any_of(plan.cases.begin(), plan.cases.end(), selects_nothing)) {
    throw base::Error(base::ExitCode::nothing_ran, "--strict: these cases select no spec:" + reasons);
  }
}

}  // namespace opready::cli
