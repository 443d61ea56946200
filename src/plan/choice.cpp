// SPDX-License-Identifier: Apache-2.0
// The options --category, --case, --exclude and --filter.
#include "opready/plan/choice.hpp"

#include <algorithm>
#include <fnmatch.h>
#include <string_view>
#include <strings.h>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <re2/re2.h>

#include "opready/base/error.hpp"
#include "opready/base/suggestion.hpp"
#include "opready/plan/matcher.hpp"

namespace opready::plan {
namespace {

using model::Category;
using model::TestCase;

bool same(const std::string& left, const std::string& right) {
  return ::strcasecmp(left.c_str(), right.c_str()) == 0;
}

bool contains(const std::vector<std::string>& words, const std::string& word) {
  return std::any_of(words.begin(), words.end(), [&](const std::string& other) { return same(other, word); });
}

[[noreturn]] void refuse(std::string_view what, const std::string& word, const std::vector<std::string>& existing) {
  throw base::usage_error(fmt::format("there is no {} '{}'{}\n  there are: {}", what, word,
                                      base::did_you_mean(word, existing), fmt::join(existing, ", ")));
}

/// Throws for the first of `ids` that isn't in `existing`.
void require_cases(std::string_view what, const std::vector<std::string>& ids,
                   const std::vector<std::string>& existing) {
  for (const std::string& id : ids) {
    if (!contains(existing, id)) {
      refuse(what, id, existing);
    }
  }
}

bool matches(const Category& category, const std::string& glob) {
  const auto fits = [&](const std::string& name) { return ::fnmatch(glob.c_str(), name.c_str(), FNM_CASEFOLD) == 0; };
  return fits(category.name) || std::any_of(category.aliases.begin(), category.aliases.end(), fits);
}

/// Throws for the first of `globs` that fits no category.
void require_matching(const std::vector<std::string>& globs, const std::vector<Category>& categories) {
  for (const std::string& glob : globs) {
    if (std::any_of(categories.begin(), categories.end(), [&](const Category& c) { return matches(c, glob); })) {
      continue;
    }
    std::vector<std::string> names;
    for (const Category& category : categories) {
      names.push_back(category.name);
      names.insert(names.end(), category.aliases.begin(), category.aliases.end());
    }
    refuse("category", glob, names);
  }
}

bool is_chosen(const Category& category, const ChoiceOptions& options) {
  if (options.categories.empty()) {
    return !options.cases.empty() || !matches(category, "Extra.*");
  }
  return std::any_of(options.categories.begin(), options.categories.end(),
                     [&](const std::string& glob) { return matches(category, glob); });
}

std::vector<TestCase> cases_of_chosen(const std::vector<Category>& categories, const ChoiceOptions& options) {
  std::vector<TestCase> cases;
  for (const Category& category : categories) {
    if (is_chosen(category, options)) {
      cases.insert(cases.end(), category.cases.begin(), category.cases.end());
    }
  }
  return cases;
}

/// Variants share an id, which counts once.
std::vector<std::string> ids_of(const std::vector<TestCase>& cases) {
  std::vector<std::string> ids;
  for (const TestCase& test : cases) {
    if (std::find(ids.begin(), ids.end(), test.id) == ids.end()) {
      ids.push_back(test.id);
    }
  }
  return ids;
}

/// Excludes may name any case: leaving out what isn't chosen does no harm.
void require_known_excludes(const std::vector<Category>& categories, const ChoiceOptions& options) {
  std::vector<TestCase> all;
  for (const Category& category : categories) {
    all.insert(all.end(), category.cases.begin(), category.cases.end());
  }
  require_cases("case", options.excludes, ids_of(all));
}

void apply_filter(std::vector<TestCase>& cases, const std::string& filter) {
  if (const auto fault = regexp_fault(filter)) {
    throw base::usage_error(fmt::format("--filter '{}' is no regular expression: {}", filter, *fault));
  }
  const RE2 regexp(filter, RE2::Quiet);
  std::erase_if(cases, [&](const TestCase& test) {
    return !RE2::PartialMatch(test.id, regexp) && !RE2::PartialMatch(test.category, regexp) &&
           !RE2::PartialMatch(test.description, regexp) && !RE2::PartialMatch(test.kep, regexp);
  });
}

void require_some(const std::vector<TestCase>& cases, const std::string& why) {
  if (cases.empty()) {
    throw base::Error(base::ExitCode::nothing_ran, "nothing is chosen: " + why);
  }
}

}  // namespace

std::vector<TestCase> choose(const std::vector<Category>& categories, const ChoiceOptions& options) {
  require_matching(options.categories, categories);
  require_known_excludes(categories, options);
  std::vector<TestCase> cases = cases_of_chosen(categories, options);
  require_some(cases, "the chosen categories hold no cases");
  require_cases(options.categories.empty() ? "case" : "case of the chosen categories called", options.cases,
                ids_of(cases));
  std::erase_if(cases, [&](const TestCase& test) {
    return (!options.cases.empty() && !contains(options.cases, test.id)) || contains(options.excludes, test.id);
  });
  require_some(cases, "--exclude leaves no case");
  apply_filter(cases, options.filter);
  require_some(cases, fmt::format("--filter '{}' is in no id, category, description or KEP item", options.filter));
  return cases;
}

}  // namespace opready::plan
