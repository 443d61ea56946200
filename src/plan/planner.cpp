// SPDX-License-Identifier: Apache-2.0
// From chosen cases to planned ones.
#include "opready/plan/planner.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <map>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "opready/base/counted.hpp"
#include "opready/base/error.hpp"
#include "opready/model/kep.hpp"
#include "opready/plan/duplicates.hpp"
#include "opready/plan/matcher.hpp"
#include "opready/plan/variants.hpp"
#include "opready/suite/suite_binary.hpp"

namespace opready::plan {
namespace {

using model::NotRun;
using model::PlannedCase;
using model::Spec;

constexpr std::string_view kConsent = "needs --allow-disruptive";

/// The version asked for, else the suite's, else that of the plan's e2e suite.
model::Version version_in_question(const suite::Suite& suite, const std::string& e2e_version,
                                   const PlanOptions& options) {
  if (options.kubernetes_version) {
    return *options.kubernetes_version;
  }
  const std::string& text = suite.version().empty() ? e2e_version : suite.version();
  if (const auto version = model::Version::parse(text)) {
    return *version;
  }
  throw base::environment_error(
      text.empty() ? fmt::format("'{}' doesn't tell its version; pass one with --kubernetes-version", suite.path())
                   : fmt::format("'{}' calls its version '{}', which is no Kubernetes version; pass one with "
                                 "--kubernetes-version",
                                 suite.path(), text));
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
  if (options.air_gapped && planned.test.kep == model::kInternetItem) {
    set_not_run(planned, NotRun::not_applicable, "the KEP asks it of clusters that aren't air-gapped; --air-gapped");
  } else if (planned.test.proves == model::Proves::none) {
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
  const std::vector<Spec>& specs = suite.specs();  // First: where it has to ask the binary anew, all of it is new.
  suite::Selection selection = select(specs, filters, suite.description());
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

void mark_ordered(std::vector<PlannedCase>& cases, const suite::SpecNames& ordered) {
  for (PlannedCase& planned : cases) {
    for (Spec& spec : planned.specs) {
      spec.ordered = ordered.contains(spec.name);
    }
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

bool needs(const PlannedCase& planned, std::string_view need) {
  const auto& all = planned.test.needs;
  return std::find(all.begin(), all.end(), need) != all.end();
}

/// The first need of the case that the user says the cluster can't meet, by its option; empty where there is none.
std::string unmet_need(const PlannedCase& planned, const PlanOptions& options) {
  for (const std::string& need : options.without) {
    if (needs(planned, need)) {
      return fmt::format("needs {}; --without {}", need, need);
    }
  }
  const bool cut_off = options.air_gapped && needs(planned, model::kInternetNeed);
  return cut_off ? fmt::format("needs {}; --air-gapped", model::kInternetNeed) : "";
}

/// The reasons that can only be seen once the specs are known; a case that selects nothing is faulty whoever consents.
void decide(PlannedCase& planned, const suite::Suite& suite, const PlanOptions& options) {
  const auto& shunned = planned.test.skip_providers;
  const std::string& provider = options.command.provider;
  if (std::string unmet = unmet_need(planned, options); !unmet.empty()) {
    set_not_run(planned, NotRun::without_need, std::move(unmet));
  } else if (std::find(shunned.begin(), shunned.end(), provider) != shunned.end()) {
    set_not_run(planned, NotRun::provider, fmt::format("not for provider '{}'", provider));
  } else if (planned.specs.empty()) {
    set_not_run(
        planned, NotRun::selects_nothing,
        fmt::format("its focus and skip select none of the {} of {} {}", base::counted(suite.spec_count(), "spec"),
                    suite::default_binary(suite.name()), suite.version()));
  } else if (std::string why = disruption(planned); !why.empty() && !options.allow_disruptive) {
    set_not_run(planned, NotRun::disruptive, std::move(why));
  }
}

std::vector<PlannedCase> plan_suite(const std::vector<model::TestCase>& chosen, suite::Suite& suite,
                                    const model::Version& version, const PlanOptions& options) {
  std::vector<PlannedCase> cases;
  for (Variant& variant : resolve_variants(chosen, version)) {
    cases.push_back(without_specs(std::move(variant), options));
  }
  fill_in_specs(cases, suite);
  if (options.mark_ordered) {
    mark_ordered(cases, suite.ordered_specs());
  }
  for (PlannedCase& planned : cases) {
    planned.serial = must_run_alone(planned);
    if (!planned.not_run) {
      planned.command = command_line(planned.test, planned.timeout, suite, options.command);
      decide(planned, suite, options);
    }
  }
  return cases;
}

/// The chosen cases of one suite. All variants of a case are of the same.
struct SuiteCases {
  std::string suite;
  std::vector<model::TestCase> cases;
};

/// In the order in which cases first name their suites.
std::vector<SuiteCases> by_suite(const std::vector<model::TestCase>& chosen) {
  std::vector<SuiteCases> groups;
  for (const model::TestCase& test : chosen) {
    auto group =
        std::find_if(groups.begin(), groups.end(), [&](const SuiteCases& other) { return other.suite == test.suite; });
    if (group == groups.end()) {
      group = groups.insert(groups.end(), {test.suite, {}});
    }
    group->cases.push_back(test);
  }
  return groups;
}

/// Puts what was planned suite by suite back into the order of the chosen cases.
void sort_as_chosen(std::vector<PlannedCase>& cases, const std::vector<model::TestCase>& chosen) {
  std::map<std::string_view, std::size_t> places;
  for (const model::TestCase& test : chosen) {
    places.try_emplace(test.id, places.size());
  }
  std::stable_sort(cases.begin(), cases.end(), [&](const PlannedCase& left, const PlannedCase& right) {
    return places.at(left.test.id) < places.at(right.test.id);
  });
}

}  // namespace

model::Plan make_plan(const std::vector<model::TestCase>& chosen, const OpenSuite& open, const PlanOptions& options) {
  check_extra_args(options.command.extra_args);
  model::Plan plan;
  const std::vector<SuiteCases> groups = by_suite(chosen);
  std::vector<suite::Suite> suites;
  for (const SuiteCases& group : groups) {
    const suite::Suite& suite = suites.emplace_back(open(group.suite));
    plan.suites.push_back({.name = group.suite,
                           .path = suite.path(),
                           .version = suite.version(),
                           .description = suite.description(),
                           .build = suite.build()});
  }
  const model::SuiteIdentity* const e2e = model::find_suite(plan, model::kE2eSuite);
  const std::string e2e_version = e2e == nullptr ? "" : e2e->version;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const model::Version version = version_in_question(suites[i], e2e_version, options);
    std::vector<PlannedCase> planned = plan_suite(groups[i].cases, suites[i], version, options);
    std::move(planned.begin(), planned.end(), std::back_inserter(plan.cases));
  }
  sort_as_chosen(plan.cases, chosen);
  credit_duplicates(plan.cases);
  return plan;
}

}  // namespace opready::plan
