// SPDX-License-Identifier: Apache-2.0
// Gives every case its id, and finds cases that are there twice.
#include "identity.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>

#include <fmt/format.h>

namespace opready::specs {

namespace {

constexpr std::size_t kLongestId = 63;

bool is_lower_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/// At most `length` characters of `id`, with no dash at their end.
std::string cut(std::string_view id, std::size_t length) {
  id = id.substr(0, length);
  while (id.ends_with('-')) {
    id.remove_suffix(1);
  }
  return std::string(id);
}

/// The variants of one case, in the files' order; never empty.
using Variants = std::vector<model::TestCase*>;

std::vector<Variants> variants_of(std::vector<model::Category>& categories) {
  std::vector<Variants> groups;
  std::map<std::tuple<std::string_view, std::string_view, std::string_view>, std::size_t> group_of;
  for (model::Category& category : categories) {
    for (model::TestCase& test : category.cases) {
      if (test.category.empty() || test.description.empty()) {
        continue;  // Reported already; it would only be taken for a variant of others like it.
      }
      const auto [found, is_new] = group_of.try_emplace({test.category, test.kep, test.description}, groups.size());
      if (is_new) {
        groups.emplace_back();
      }
      groups[found->second].push_back(&test);
    }
  }
  return groups;
}

/// The lowest version that a case is for; nothing where it's for all.
std::optional<model::Version> floor_of(const model::TestCase& test) {
  const auto lowest = std::min_element(test.kubernetes_versions.begin(), test.kubernetes_versions.end());
  return lowest == test.kubernetes_versions.end() ? std::nullopt : std::optional(*lowest);
}

void check_floors_differ(const Variants& variants, std::vector<Diagnostic>& diagnostics) {
  for (auto each = variants.begin(); each != variants.end(); ++each) {
    const auto same = std::find_if(
        variants.begin(), each, [&](const model::TestCase* earlier) { return floor_of(*earlier) == floor_of(**each); });
    if (same != each) {
      diagnostics.push_back({(*each)->place,
                             fmt::format("the same case again (see {}): variants of a case must differ in the lowest "
                                         "of their kubernetesVersions, other cases in their description",
                                         text((*same)->place)),
                             {}});
    }
  }
}

void check_suites_agree(const Variants& variants, std::vector<Diagnostic>& diagnostics) {
  for (const model::TestCase* test : variants) {
    if (test->suite != variants.front()->suite) {
      diagnostics.push_back({test->place,
                             fmt::format("variants of one case must be of one suite, but here it's '{}' and '{}' at {}",
                                         test->suite, variants.front()->suite, text(variants.front()->place)),
                             {}});
    }
  }
}

/// Gives the id that one of `variants` has to all of them.
void share_id(const Variants& variants, std::vector<Diagnostic>& diagnostics) {
  const auto named = std::find_if(variants.begin(), variants.end(), [](const auto* test) { return !test->id.empty(); });
  if (named == variants.end()) {
    return;
  }
  for (model::TestCase* test : variants) {
    if (!test->id.empty() && test->id != (*named)->id) {
      diagnostics.push_back({test->place,
                             fmt::format("variants of one case need one id, but here it's '{}' and '{}' at {}",
                                         test->id, (*named)->id, text((*named)->place)),
                             {}});
    }
    test->id = (*named)->id;
  }
}

using IdOwners = std::map<std::string, const model::TestCase*>;

void claim_id(const model::TestCase& test, IdOwners& owners, std::vector<Diagnostic>& diagnostics) {
  const auto [owner, is_new] = owners.try_emplace(test.id, &test);
  if (!is_new) {
    diagnostics.push_back(
        {test.place, fmt::format("duplicate id '{}': {} has it already", test.id, text(owner->second->place)), {}});
  }
}

std::string unique_slug(const model::TestCase& test, const IdOwners& owners) {
  const std::string base = slug(test.category, test.description);
  std::string id = base;
  for (int number = 2; owners.contains(id); ++number) {
    const std::string suffix = fmt::format("-{}", number);
    id = cut(base, kLongestId - suffix.size()) + suffix;
  }
  return id;
}

}  // namespace

bool is_case_id(std::string_view text) {
  return !text.empty() && text.size() <= kLongestId && is_lower_or_digit(text.front()) &&
         std::all_of(text.begin(), text.end(), [](char c) { return is_lower_or_digit(c) || c == '.' || c == '-'; });
}

std::string slug(std::string_view category, std::string_view description) {
  std::string id;
  for (const char c : fmt::format("{} {}", category, description)) {
    const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if (is_lower_or_digit(lower)) {
      id += lower;
    } else if (!id.empty() && id.back() != '-') {
      id += '-';
    }
  }
  id = cut(id, kLongestId);
  return id.empty() ? "case" : id;
}

void assign_ids(std::vector<model::Category>& categories, std::vector<Diagnostic>& diagnostics) {
  const std::vector<Variants> groups = variants_of(categories);
  IdOwners owners;
  for (const Variants& variants : groups) {
    check_floors_differ(variants, diagnostics);
    check_suites_agree(variants, diagnostics);
    share_id(variants, diagnostics);
    if (!variants.front()->id.empty()) {
      claim_id(*variants.front(), owners, diagnostics);
    }
  }
  // After all ids that files give, so that those stand whatever their order.
  for (const Variants& variants : groups) {
    if (variants.front()->id.empty()) {
      const std::string id = unique_slug(*variants.front(), owners);
      owners.emplace(id, variants.front());
      for (model::TestCase* test : variants) {
        test->id = id;
      }
    }
  }
}

}  // namespace opready::specs
