// SPDX-License-Identifier: Apache-2.0
// Remembers what a binary said, so that asking again starts no child.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "opready/suite/ordered.hpp"
#include "opready/suite/suite_binary.hpp"
#include "opready/suite/suite_info.hpp"

namespace opready::suite {

/// A case's focus and skip patterns.
struct SpecFilter {
  std::vector<std::string> focus;
  std::vector<std::string> skip;

  friend bool operator==(const SpecFilter&, const SpecFilter&) = default;
};

/// What each of a list of filters selects, in the order of the filters.
using Selection = std::vector<std::vector<model::Spec>>;

/// Where caches belong: $XDG_CACHE_HOME, else ~/.cache; empty where neither is known. Arguments may be null.
[[nodiscard]] std::filesystem::path cache_root(const char* xdg_cache_home, const char* home);

/// The cache entries of one binary: a small file with its version and flags, a large one with its specs, and one for
/// each of the last few selections, so that a listing seen before reads small files only. A file that is damaged, of
/// another format or of an earlier build counts as absent; what can't be written is not remembered. Throws nothing.
class Cache {
 public:
  /// Where `root` is empty, nothing is remembered.
  Cache(const std::filesystem::path& root, BinaryIdentity binary);

  struct Summary {
    std::string description;
    std::string version;
    Flags flags;
    std::size_t spec_count = 0;
  };

  [[nodiscard]] std::optional<Summary> load_summary() const;
  [[nodiscard]] std::optional<std::vector<model::Spec>> load_specs() const;
  [[nodiscard]] std::optional<Selection> load_selection(const std::vector<SpecFilter>& filters) const;

  /// Names of specs in Ordered containers.
  [[nodiscard]] std::optional<SpecNames> load_ordered() const;
  /// Replaces all that is remembered of the binary and of earlier builds at its path.
  void store(const SuiteInfo& info) const;
  void store_ordered(const SpecNames& names) const;
  void store_selection(const std::vector<SpecFilter>& filters, const Selection& selection) const;

 private:
  std::filesystem::path directory_;
  BinaryIdentity binary_;
};

}  // namespace opready::suite
