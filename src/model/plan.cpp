// SPDX-License-Identifier: Apache-2.0
// Names of the reasons for not running a case.
#include "opready/model/plan.hpp"

#include "opready/model/names.hpp"

namespace opready::model {
namespace {

constexpr Names<5> kNotRun = {"disruptive", "provider", "other_version", "no_upstream_spec", "selects_nothing"};

}  // namespace

std::string_view to_string(NotRun reason) {
  return name_of(kNotRun, reason);
}
std::optional<NotRun> parse_not_run(std::string_view text) {
  return value_named<NotRun>(kNotRun, text);
}

}  // namespace opready::model
