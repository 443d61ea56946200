// SPDX-License-Identifier: Apache-2.0
// Draws conclusions from a plan.
#include "opready/report/plan_findings.hpp"

#include <algorithm>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "opready/base/counted.hpp"
#include "opready/base/shell_quote.hpp"
#include "opready/model/version.hpp"
#include "opready/report/wording.hpp"

namespace opready::report {
namespace {

std::string patterns_text(const model::TestCase& test) {
  const auto listed = [](const std::vector<std::string>& patterns) {
    std::vector<std::string> quoted;
    quoted.reserve(patterns.size());
    for (const std::string& pattern : patterns) {
      quoted.push_back(base::shell_quoted(one_line(pattern)));
    }
    return fmt::format("{}", fmt::join(quoted, ", "));
  };
  std::string out = "focus " + listed(test.focus);
  return test.skip.empty() ? out : out + ", skip " + listed(test.skip);
}

bool is_elsewhere(const model::PlannedCase& planned) {
  return planned.not_run == model::NotRun::other_shard;
}

std::string finding_on(const model::PlannedCase& planned) {
  if (planned.not_run == model::NotRun::selects_nothing) {
    return fmt::format("{} selects no spec ({}): it will be reported as failed", planned.test.id,
                       patterns_text(planned.test));
  }
  return fmt::format("{} selects {}, expected {}", planned.test.id, base::counted(planned.specs.size(), "spec"),
                     planned.test.expect.value_or(0));
}

}  // namespace

bool selects_unexpected(const model::PlannedCase& planned) {
  return planned.test.expect && !planned.specs.empty() &&
         planned.specs.size() != static_cast<std::size_t>(std::max(*planned.test.expect, 0));
}

PlanTotals totals_of(const model::Plan& plan) {
  PlanTotals totals;
  std::set<std::string_view> categories;
  for (const model::PlannedCase& planned : plan.cases) {
    categories.insert(planned.test.category);
    ++totals.cases;
    totals.unexpected += selects_unexpected(planned) && !is_elsewhere(planned) ? 1U : 0U;
    if (model::is_to_start(planned)) {
      ++totals.to_run;
      totals.specs_to_run += planned.specs.size();
    } else if (!planned.not_run) {
      ++totals.credited;
    } else if (is_elsewhere(planned)) {
      ++totals.in_other_shards;
    } else if (*planned.not_run == model::NotRun::selects_nothing) {
      ++totals.select_nothing;
    } else {
      ++totals.not_run;
    }
  }
  totals.categories = categories.size();
  return totals;
}

std::vector<std::string> findings(const model::Plan& plan) {
  std::vector<std::string> found;
  for (const model::PlannedCase& planned : plan.cases) {
    const bool unexpected = selects_unexpected(planned) && !is_elsewhere(planned);
    if (planned.not_run == model::NotRun::selects_nothing || unexpected) {
      found.push_back(finding_on(planned));
    }
  }
  return found;
}

std::map<model::NotRun, std::vector<const model::PlannedCase*>> not_run_groups(const model::Plan& plan) {
  std::map<model::NotRun, std::vector<const model::PlannedCase*>> groups;
  for (const model::PlannedCase& planned : plan.cases) {
    if (planned.not_run && *planned.not_run != model::NotRun::selects_nothing && !is_elsewhere(planned)) {
      groups[*planned.not_run].push_back(&planned);
    }
  }
  return groups;
}

std::string server_text(const model::ClusterFacts& cluster) {
  return (cluster.context.empty() ? "cluster" : "context " + one_line(cluster.context)) + " at " +
         one_line(cluster.server);
}

std::string cluster_line(const model::ClusterFacts& cluster) {
  std::string out = server_text(cluster) + ": ";
  if (cluster.windows_nodes_ready && cluster.linux_nodes_ready) {
    out += fmt::format("{} Windows and {} Linux nodes ready", *cluster.windows_nodes_ready, *cluster.linux_nodes_ready);
  } else {
    out += "its nodes could not be counted";
  }
  return cluster.kubernetes_version.empty() ? out : out + ", Kubernetes " + one_line(cluster.kubernetes_version);
}

std::string suite_lines(const model::Plan& plan) {
  std::string out;
  for (const model::SuiteIdentity& suite : plan.suites) {
    if (suite.path.empty()) {
      out +=
          fmt::format("spec names of Kubernetes {} come from the catalogue shipped with op-readiness\n", suite.version);
    } else {
      const std::string version = suite.version.empty() ? "" : ' ' + one_line(suite.version);
      out += fmt::format("{}.test{} ({})\n", one_line(suite.name), version, one_line(suite.path));
    }
  }
  return out;
}

std::vector<std::string> notices(const model::Plan& plan, const model::ClusterFacts& cluster) {
  std::vector<std::string> all = plan.notes;
  const model::SuiteIdentity* suite = model::find_suite(plan, model::kE2eSuite);
  const auto tested = model::Version::parse(cluster.kubernetes_version);
  const auto testing = suite != nullptr ? model::Version::parse(suite->version) : std::nullopt;
  if (tested && testing && tested->minor_text() != testing->minor_text()) {
    all.push_back(
        fmt::format("the specs are those of Kubernetes {}, but the cluster runs {}: some may fail for that alone",
                    testing->minor_text(), tested->minor_text()));
  }
  return all;
}

std::string scheduler_notice(const model::Plan& plan, const model::ClusterFacts& cluster, std::string_view placement) {
  const std::size_t left = model::left_to_scheduler(plan);
  const int linux_nodes = cluster.linux_nodes_open.value_or(0);
  if (left == 0 || linux_nodes <= 0 || !placement.empty()) {
    return "";
  }
  return fmt::format(
      "{} of {} to run {} it to the scheduler where pods run, and {} open: a pass on those proves nothing; "
      "--place makes {} count",
      left, base::counted(totals_of(plan).to_run, "case"), left == 1 ? "leaves" : "leave",
      linux_nodes == 1 ? "1 Linux node is" : fmt::format("{} Linux nodes are", linux_nodes), left == 1 ? "it" : "them");
}

std::string taint_notice(const model::ClusterFacts& cluster, std::string_view placement) {
  if (cluster.windows_taints.empty() || placement == "policy") {
    return "";
  }
  const bool one = cluster.windows_taints.size() == 1;
  return fmt::format(
      "Windows nodes have the {} {}, which few specs tolerate: pods of the others will wait in vain; --place lets them "
      "tolerate {}",
      one ? "taint" : "taints", one_line(fmt::format("{}", fmt::join(cluster.windows_taints, ", "))),
      one ? "it" : "them");
}

}  // namespace opready::report
