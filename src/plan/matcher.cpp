// SPDX-License-Identifier: Apache-2.0
// Ginkgo's focus and skip by RE2, the engine that Go's regexp package follows.
#include "opready/plan/matcher.hpp"

#include <cstddef>
#include <memory>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <re2/re2.h>

#include "opready/base/error.hpp"

namespace opready::plan {
namespace {

std::unique_ptr<RE2> compiled(std::string_view kind, const std::vector<std::string>& patterns) {
  const std::string joined = fmt::format("{}", fmt::join(patterns, "|"));
  if (joined.empty()) {
    return nullptr;
  }
  auto regexp = std::make_unique<RE2>(joined, RE2::Quiet);
  if (!regexp->ok()) {
    throw base::usage_error(fmt::format("{} '{}' is no regular expression: {}", kind, joined, regexp->error()));
  }
  return regexp;
}

}  // namespace

std::optional<std::string> regexp_fault(const std::string& pattern) {
  const RE2 regexp(pattern, RE2::Quiet);
  if (regexp.ok()) {
    return std::nullopt;
  }
  return regexp.error();
}

suite::Selection select(const std::vector<model::Spec>& specs, const std::vector<suite::SpecFilter>& filters,
                        std::string_view description) {
  std::vector<std::string> subjects;
  subjects.reserve(specs.size());
  for (const model::Spec& spec : specs) {
    subjects.push_back(fmt::format("{} {}", description, spec.name));
  }
  suite::Selection selection;
  for (const suite::SpecFilter& filter : filters) {
    const auto focus = compiled("focus", filter.focus);
    const auto skip = compiled("skip", filter.skip);
    auto& selected = selection.emplace_back();
    for (std::size_t i = 0; i < specs.size(); ++i) {
      const bool focused = !focus || RE2::PartialMatch(subjects[i], *focus);
      if (focused && !(skip && RE2::PartialMatch(subjects[i], *skip))) {
        selected.push_back(specs[i]);
      }
    }
  }
  return selection;
}

}  // namespace opready::plan
