// SPDX-License-Identifier: Apache-2.0
// Names of the reasons for not running a case.
#include "opready/model/plan.hpp"

#include <algorithm>

#include "opready/model/names.hpp"

namespace opready::model {
namespace {

constexpr Names<8> kNotRun = {"disruptive",      "provider",     "other_version",  "no_upstream_spec",
                              "selects_nothing", "without_need", "not_applicable", "other_shard"};

}  // namespace

std::string_view to_string(NotRun reason) {
  return name_of(kNotRun, reason);
}
std::optional<NotRun> parse_not_run(std::string_view text) {
  return value_named<NotRun>(kNotRun, text);
}

bool is_to_start(const PlannedCase& planned) {
  return !planned.not_run && planned.same_as.empty();
}

const SuiteIdentity* find_suite(const Plan& plan, std::string_view name) {
  const auto found = std::find_if(plan.suites.begin(), plan.suites.end(),
                                  [&](const SuiteIdentity& suite) { return suite.name == name; });
  return found == plan.suites.end() ? nullptr : &*found;
}

std::size_t left_to_scheduler(const Plan& plan) {
  return static_cast<std::size_t>(std::count_if(plan.cases.begin(), plan.cases.end(), [](const PlannedCase& planned) {
    return is_to_start(planned) && planned.test.placement == Placement::windows;
  }));
}

}  // namespace opready::model
