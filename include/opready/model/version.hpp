// SPDX-License-Identifier: Apache-2.0
// Kubernetes versions.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace opready::model {

/// A Kubernetes version: "1.36", "v1.36.3", "v1.37.0-alpha.1+4711". An absent patch is 0; build metadata after '+' is
/// dropped. Ordered as semantic versions are: a pre-release is below its release.
struct Version {
  int major = 0;
  int minor = 0;
  int patch = 0;
  std::string prerelease;

  [[nodiscard]] static std::optional<Version> parse(std::string_view text);
  /// "v1.36.3" or "v1.37.0-alpha.1".
  [[nodiscard]] std::string text() const;
  /// "1.36": what category files and catalogues are keyed by.
  [[nodiscard]] std::string minor_text() const;

  /// The release that it's a patch or pre-release of: "1.36.0".
  [[nodiscard]] Version minor_release() const { return {major, minor, 0, ""}; }

  friend bool operator==(const Version&, const Version&) = default;
  friend std::strong_ordering operator<=>(const Version& left, const Version& right);
};

}  // namespace opready::model
