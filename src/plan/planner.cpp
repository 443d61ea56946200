// SPDX-License-Identifier: Apache-2.0
// From chosen cases to planned ones.
#include "opready/plan/planner.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "opready/base/counted.hpp"
#include "opready/base/error.hpp"
#include "opready/plan/matcher.hpp"
#include "opready/plan/variants.hpp"

namespace opready::plan {
namespace {

using model::NotRun;
using model::PlannedCase;
using model::Spec;

constexpr std::string_view kConsent = "needs --allow-disruptive";

model::Version version_in_question(const suite::Suite& suite, const PlanOptions& options) {
  if (options.kubernetes_version) {
    return *options.kubernetes_version;
  }
  if (const auto version = model::Version::parse(suite.version())) {
    return *version;
  }
  throw base::environment_error(
      fmt::format("'{}' calls its version '{}', which is no Kubernetes version; pass one with "
                  "--kubernetes-version",
                  suite.path(), suite.version()));
}

void set_not_run(PlannedCase& planned, NotRun reason, std::string detail) {
  planned.not_run = reason;
  planned.not_run_detail = std::move(detail);
}

/// All that can be said without knowing specs; where `not_run` is set, its specs don't matter.
PlannedCase without_specs(Variant variant, const PlanOptions& options) {
  PlannedCase planned;
  planned.test = std::move(variant.test);
  planned.timeout = planned.test.timeout.value_or(options.case_timeout);
  if (planned.test.proves == model::Proves::none) {
    set_not_run(planned, NotRun::no_upstream_spec,
                planned.test.missing.empty() ? "no upstream spec proves it" : planned.test.missing);
  } else if (!variant.unfit.empty()) {
    set_not_run(planned, NotRun::other_version, std::move(variant.unfit));
  }
  return planned;
}

suite::Selection selection_of(const std::vector<suite::SpecFilter>& filters, suite::Suite& suite) {
  if (filters.empty()) {
    return {};
  }
  if (auto known = suite.remembered(filters)) {
    return *std::move(known);
  }
  suite::Selection selection = select(suite.specs(), filters);
  suite.remember(filters, selection);
  return selection;
}

void fill_in_specs(std::vector<PlannedCase>& cases, suite::Suite& suite) {
  std::vector<PlannedCase*> selecting;
  std::vector<suite::SpecFilter> filters;
  for (PlannedCase& planned : cases) {
    if (!planned.not_run) {
      selecting.push_back(&planned);
      filters.push_back({planned.test.focus, planned.test.skip});
    }
  }
  suite::Selection selection = selection_of(filters, suite);
  for (std::size_t i = 0; i < selecting.size(); ++i) {
    selecting[i]->specs = std::move(selection[i]);
  }
}

bool is_disruptive(const Spec& spec) {
  return spec.name.find("[Disruptive]") != std::string::npos;
}

bool must_run_alone(const PlannedCase& planned) {
  return planned.test.serial || std::any_of(planned.specs.begin(), planned.specs.end(), [](const Spec& spec) {
           return is_disruptive(spec) || spec.name.find("[Serial]") != std::string::npos;
         });
}

/// Why the case needs the user's consent; empty where it doesn't.
std::string disruption(const PlannedCase& planned) {
  switch (planned.test.impact) {
    case model::Impact::reboots:
      return fmt::format("reboots nodes; {}", kConsent);
    case model::Impact::starves:
      return fmt::format("takes nearly all memory or CPU of a node; {}", kConsent);
    case model::Impact::none:
    case model::Impact::load:
      break;
  }
  const auto first = std::find_if(planned.specs.begin(), planned.specs.end(), is_disruptive);
  return first == planned.specs.end() ? "" : fmt::format("selects '{}'; {}", first->name, kConsent);
}

/// The reasons that can only be seen once the specs are known; a case that selects nothing is faulty whoever consents.
void decide(PlannedCase& planned, const suite::Suite& suite, const PlanOptions& options) {
  const auto& shunned = planned.test.skip_providers;
  const std::string& provider = options.command.provider;
  if (std::find(shunned.begin(), shunned.end(), provider) != shunned.end()) {
    set_not_run(planned, NotRun::provider, fmt::format("not for provider '{}'", provider));
  } else if (planned.specs.empty()) {
    set_not_run(planned, NotRun::selects_nothing,
                fmt::format("its focus and skip select none of the {} of e2e.test {}",
                            base::counted(suite.spec_count(), "spec"), suite.version()));
  } else if (std::string why = disruption(planned); !why.empty() && !options.allow_disruptive) {
    set_not_run(planned, NotRun::disruptive, std::move(why));
  }
}

}  // namespace

model::Plan make_plan(const std::vector<model::TestCase>& chosen, suite::Suite& suite, const PlanOptions& options) {
  check_extra_args(options.command.extra_args);
  model::Plan plan{.suite = {.path = suite.path(), .version = suite.version()}, .cases = {}};
  for (Variant& variant : resolve_variants(chosen, version_in_question(suite, options))) {
    plan.cases.push_back(without_specs(std::move(variant), options));
  }
  fill_in_specs(plan.cases, suite);
  for (PlannedCase& planned : plan.cases) {
    planned.serial = must_run_alone(planned);
    if (!planned.not_run) {
      planned.command = command_line(planned.test, planned.timeout, suite, options.command);
      decide(planned, suite, options);
    }
  }
  return plan;
}

}  // namespace opready::plan
