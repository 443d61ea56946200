// SPDX-License-Identifier: Apache-2.0
// A Ginkgo binary as the plan sees it: its version, flags and specs, from the cache where that knows them.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "opready/process/capture.hpp"
#include "opready/suite/cache.hpp"
#include "opready/suite/interview.hpp"
#include "opready/suite/suite_info.hpp"

namespace opready::suite {

/// The specs are read when they're first asked for: a selection seen before needs none of them.
class Suite {
 public:
  /// All known already, as from a shipped catalogue of names. Remembers nothing.
  explicit Suite(SuiteInfo info);

  /// The binary at `path`, which `locate` found for the suite `name`. `cache_root` empty: no cache. Throws what
  /// `interview` throws.
  Suite(const std::string& name, const std::string& path, const std::filesystem::path& cache_root, SpecSource source,
        process::Capture capture);

  [[nodiscard]] const std::string& name() const { return info_.name; }
  [[nodiscard]] const std::string& path() const { return info_.path; }
  [[nodiscard]] const std::string& description() const { return info_.description; }
  [[nodiscard]] const std::string& version() const { return info_.version; }
  /// As `build_of` the binary when it was opened; empty for a catalogue.
  [[nodiscard]] const std::string& build() const { return build_; }
  /// `flag` without dashes: "ginkgo.grace-period".
  [[nodiscard]] bool knows(std::string_view flag) const { return info_.flags.contains(flag); }
  [[nodiscard]] std::size_t spec_count() const { return spec_count_; }
  /// In the rare case that the cache was damaged meanwhile the binary is asked anew: that throws what `interview`
  /// throws, and what this object gave out before is gone.
  [[nodiscard]] const std::vector<model::Spec>& specs();

  /// Names of specs in Ordered containers. Throws what `ask_ordered_specs` throws.
  [[nodiscard]] SpecNames ordered_specs() const;
  [[nodiscard]] std::optional<Selection> remembered(const std::vector<SpecFilter>& filters) const;
  void remember(const std::vector<SpecFilter>& filters, const Selection& selection) const;

 private:
  void ask();

  SuiteInfo info_;
  std::string build_;
  std::size_t spec_count_ = 0;
  bool has_specs_ = false;
  SpecSource source_ = SpecSource::best;
  process::Capture capture_;
  std::optional<Cache> cache_;
};

}  // namespace opready::suite
