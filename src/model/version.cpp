// SPDX-License-Identifier: Apache-2.0
// Reading and ordering of Kubernetes versions.
#include "opready/model/version.hpp"

#include <algorithm>
#include <charconv>
#include <vector>

#include <fmt/format.h>

namespace opready::model {
namespace {

/// Takes a number off the front of `text`.
std::optional<int> take_number(std::string_view& text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || number < 0) {
    return std::nullopt;
  }
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return number;
}

bool take(std::string_view& text, char expected) {
  if (!text.starts_with(expected)) {
    return false;
  }
  text.remove_prefix(1);
  return true;
}

/// Takes an identifier off a dotted list of them.
std::string_view take_identifier(std::string_view& list) {
  const std::string_view identifier = list.substr(0, list.find('.'));
  list.remove_prefix(std::min(list.size(), identifier.size() + 1));
  return identifier;
}

/// Semantic versioning, rule 11.4.
std::strong_ordering compare_identifiers(std::string_view left, std::string_view right) {
  const auto is_number = [](std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
  };
  if (is_number(left) && is_number(right)) {
    return left.size() != right.size() ? left.size() <=> right.size() : left <=> right;
  }
  if (is_number(left) != is_number(right)) {
    return is_number(left) ? std::strong_ordering::less : std::strong_ordering::greater;
  }
  return left <=> right;
}

std::strong_ordering compare_prereleases(std::string_view left, std::string_view right) {
  if (left.empty() || right.empty()) {
    return left.empty() <=> right.empty();  // The release itself, without a pre-release, is the higher one.
  }
  while (!left.empty() && !right.empty()) {
    const auto order = compare_identifiers(take_identifier(left), take_identifier(right));
    if (order != std::strong_ordering::equal) {
      return order;
    }
  }
  return !left.empty() <=> !right.empty();
}

}  // namespace

std::optional<Version> Version::parse(std::string_view text) {
  take(text, 'v');
  Version version;
  const auto major = take_number(text);
  if (!major || !take(text, '.')) {
    return std::nullopt;
  }
  const auto minor = take_number(text);
  if (!minor) {
    return std::nullopt;
  }
  version.major = *major;
  version.minor = *minor;
  if (take(text, '.')) {
    const auto patch = take_number(text);
    if (!patch) {
      return std::nullopt;
    }
    version.patch = *patch;
  }
  if (take(text, '-')) {
    version.prerelease = text.substr(0, text.find('+'));
    text.remove_prefix(version.prerelease.size());
    if (version.prerelease.empty()) {
      return std::nullopt;
    }
  }
  if (!text.empty() && !text.starts_with('+')) {
    return std::nullopt;
  }
  return version;
}

std::string Version::text() const {
  return fmt::format("v{}.{}.{}{}{}", major, minor, patch, prerelease.empty() ? "" : "-", prerelease);
}

std::string Version::minor_text() const {
  return fmt::format("{}.{}", major, minor);
}

std::strong_ordering operator<=>(const Version& left, const Version& right) {
  if (const auto order = left.major <=> right.major; order != std::strong_ordering::equal) {
    return order;
  }
  if (const auto order = left.minor <=> right.minor; order != std::strong_ordering::equal) {
    return order;
  }
  if (const auto order = left.patch <=> right.patch; order != std::strong_ordering::equal) {
    return order;
  }
  return compare_prereleases(left.prerelease, right.prerelease);
}

}  // namespace opready::model
