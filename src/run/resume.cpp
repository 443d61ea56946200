// SPDX-License-Identifier: Apache-2.0
// Compares a plan with that of an earlier run, and carries the one on with the other's means.
#include "opready/run/resume.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "opready/base/redact.hpp"
#include "opready/model/attempts.hpp"
#include "opready/plan/command_line.hpp"
#include "opready/run/retry.hpp"
#include "opready/suite/suite_binary.hpp"

namespace opready::run {
namespace {

using model::PlannedCase;
using model::RunStarted;

class Differences {
 public:
  /// Notes it where the two differ; empty text stands for nothing.
  void compare(std::string_view what, std::string_view then, std::string_view now) {
    const auto shown = [](std::string_view text) { return text.empty() ? "not given" : text; };
    if (then != now) {
      add(fmt::format("{} is {}, was {}", what, shown(now), shown(then)));
    }
  }
  void add(std::string text) { found_.push_back(std::move(text)); }
  [[nodiscard]] std::vector<std::string> take() && { return std::move(found_); }

 private:
  std::vector<std::string> found_;
};

std::string selector_text(const RunStarted& started) {
  std::vector<std::string> pairs;
  pairs.reserve(started.node_selector.size());
  for (const auto& [key, value] : started.node_selector) {
    pairs.push_back(fmt::format("{}={}", key, value));
  }
  return fmt::format("{}", fmt::join(pairs, ","));
}

std::string shard_text(const RunStarted& started) {
  return started.shard ? fmt::format("{}/{}", started.shard->number, started.shard->count) : "";
}

void compare_clusters(const model::ClusterFacts& then, const model::ClusterFacts& now, Differences& found) {
  const bool told = !then.uid.empty() && !now.uid.empty();
  if (told ? then.uid != now.uid : then.server != now.server) {
    found.add(fmt::format("the cluster is another one: {}, was {}", now.server, then.server));
  }
}

void compare_suites(const model::Plan& then, const model::Plan& now, Differences& found) {
  for (const model::SuiteIdentity& before : then.suites) {
    const model::SuiteIdentity* const after = model::find_suite(now, before.name);
    if (after == nullptr) {
      continue;  // Its cases are gone, which is told.
    }
    const std::string binary = suite::default_binary(before.name);
    found.compare(binary, before.version, after->version);
    if (before.version == after->version && before.build != after->build) {
      found.add(fmt::format("{} is another build of {}", binary, before.version));
    }
  }
}

/// What counts of a command line.
std::vector<std::string> essence(const std::vector<std::string>& command) {
  std::vector<std::string> flags = base::redacted_command(command);
  flags.erase(flags.begin(), flags.begin() + std::min<std::ptrdiff_t>(1, std::ssize(flags)));
  const auto kubeconfig = std::find(flags.begin(), flags.end(), "--kubeconfig");
  flags.erase(kubeconfig, kubeconfig + std::min<std::ptrdiff_t>(2, flags.end() - kubeconfig));
  std::erase_if(flags, [](const std::string& flag) {
    return flag.starts_with("--ginkgo.timeout=") || flag.starts_with("--ginkgo.grace-period=");
  });
  return flags;
}

std::string_view fate(const PlannedCase& planned) {
  return planned.not_run ? model::to_string(*planned.not_run) : "to be run";
}

std::string_view placement_text(const PlannedCase& planned) {
  return planned.test.placement ? model::to_string(*planned.test.placement) : "";
}

bool same_specs(const PlannedCase& then, const PlannedCase& now) {
  return std::equal(then.specs.begin(), then.specs.end(), now.specs.begin(), now.specs.end(),
                    [](const model::Spec& left, const model::Spec& right) { return left.name == right.name; });
}

/// The first difference explains those that follow from it.
void compare_cases(const PlannedCase& then, const PlannedCase& now, Differences& found) {
  const std::string name = "case " + then.test.id;
  if (then.test.focus != now.test.focus || then.test.skip != now.test.skip) {
    found.add(name + " has other patterns");
  } else if (!same_specs(then, now)) {
    found.add(name + " selects other specs");
  } else if (then.not_run != now.not_run) {
    found.compare(name, fate(then), fate(now));
  } else if (then.test.placement != now.test.placement) {
    found.compare("the placement of " + name, placement_text(then), placement_text(now));
  } else if (essence(then.command) != essence(now.command)) {
    found.add(name + " is started with other arguments");
  }
}

const PlannedCase* find_case(const model::Plan& plan, const std::string& id) {
  const auto found = std::find_if(plan.cases.begin(), plan.cases.end(),
                                  [&](const PlannedCase& planned) { return planned.test.id == id; });
  return found == plan.cases.end() ? nullptr : &*found;
}

void compare_plans(const model::Plan& then, const model::Plan& now, Differences& found) {
  for (const PlannedCase& before : then.cases) {
    if (const PlannedCase* const after = find_case(now, before.test.id)) {
      compare_cases(before, *after, found);
    } else {
      found.add(fmt::format("case {} is no longer chosen", before.test.id));
    }
  }
  for (const PlannedCase& after : now.cases) {
    if (find_case(then, after.test.id) == nullptr) {
      found.add(fmt::format("case {} was not chosen before", after.test.id));
    }
  }
}

PlannedCase with_means_of(PlannedCase then, const PlannedCase& now) {
  then.command = now.command;
  then.timeout = now.timeout;
  return then;
}

/// The patterns select others by now: `then` names its own.
PlannedCase with_own_specs(PlannedCase then, const PlannedCase& now, const model::Plan& plan) {
  std::vector<std::string> names;
  names.reserve(then.specs.size());
  for (const model::Spec& spec : then.specs) {
    names.push_back(spec.name);
  }
  const bool part = then.part;
  const model::SuiteIdentity* const suite = model::find_suite(plan, then.test.suite);
  then = plan::only_specs(with_means_of(std::move(then), now), names, suite == nullptr ? "" : suite->description);
  then.part = part;
  return then;
}

}  // namespace

std::vector<std::string> differences(const RunStarted& then, const RunStarted& now) {
  Differences found;
  compare_clusters(then.cluster, now.cluster, found);
  compare_suites(then.plan, now.plan, found);
  found.compare("--provider", then.provider, now.provider);
  found.compare("--place", then.placement, now.placement);
  found.compare("--node-selector", selector_text(then), selector_text(now));
  found.compare("--shard", shard_text(then), shard_text(now));
  compare_plans(then.plan, now.plan, found);
  return std::move(found).take();
}

RunStarted continued(RunStarted then, const RunStarted& now) {
  for (PlannedCase& planned : then.plan.cases) {
    const PlannedCase* const known = find_case(now.plan, planned.test.id);
    if (known != nullptr && !known->command.empty()) {
      planned = same_specs(planned, *known) ? with_means_of(std::move(planned), *known)
                                            : with_own_specs(std::move(planned), *known, now.plan);
    }
  }
  then.plan.suites = now.plan.suites;
  then.cluster = now.cluster;
  then.process = now.process;
  then.tool_version = now.tool_version;
  then.jobs = now.jobs;
  then.labels = now.labels;
  then.flaky_fails = now.flaky_fails;
  then.evidence_lacks = now.evidence_lacks;
  return then;
}

PlanPart failed_part(const model::RunRecord& record) {
  PlanPart part;
  for (const model::CaseRecord& item : record.cases) {
    const model::CaseResult result = model::result_of(item);
    if (model::is_failure(result.outcome)) {
      part[item.planned.test.id] = retry_of(item.planned, result).value_or(whole_case(item.planned)).specs;
    }
  }
  return part;
}

PlanPart part_of(const model::Plan& plan) {
  PlanPart part;
  for (const PlannedCase& planned : plan.cases) {
    part[planned.test.id] = whole_case(planned).specs;
  }
  return part;
}

void keep_only(const PlanPart& part, model::Plan& plan) {
  std::erase_if(plan.cases, [&](const PlannedCase& planned) { return !part.contains(planned.test.id); });
  for (PlannedCase& planned : plan.cases) {
    if (!part.contains(planned.same_as)) {
      planned.same_as.clear();  // Nobody else runs in its stead.
    }
    const std::vector<std::string>& specs = part.at(planned.test.id);
    if (planned.not_run || specs.empty()) {
      continue;
    }
    const model::SuiteIdentity* const suite = model::find_suite(plan, planned.test.suite);
    planned = plan::only_specs(std::move(planned), specs, suite == nullptr ? "" : suite->description);
    if (planned.specs.empty()) {
      planned.not_run = model::NotRun::selects_nothing;
      planned.not_run_detail = "it selects none of the specs that failed before";
    }
  }
}

}  // namespace opready::run
