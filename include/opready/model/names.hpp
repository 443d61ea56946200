// SPDX-License-Identifier: Apache-2.0
// Enumerators by the names that files and reports use, one table an enum.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace opready::model {

/// Names of an enum whose enumerators count from 0, in their order.
template <std::size_t N>
using Names = std::array<std::string_view, N>;

template <typename Enum, std::size_t N>
[[nodiscard]] std::string_view name_of(const Names<N>& names, Enum value) {
  return names.at(static_cast<std::size_t>(value));
}

template <typename Enum, std::size_t N>
[[nodiscard]] std::optional<Enum> value_named(const Names<N>& names, std::string_view text) {
  const auto found = std::find(names.begin(), names.end(), text);
  if (found == names.end()) {
    return std::nullopt;
  }
  return static_cast<Enum>(found - names.begin());
}

}  // namespace opready::model
