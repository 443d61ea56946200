// SPDX-License-Identifier: Apache-2.0
// "Did you mean ...?"
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace opready::base {

/// The candidate nearest to `word` by edit distance, letter case apart; nothing where none is near (a third of the
/// word's length, at least one edit).
[[nodiscard]] std::optional<std::string> closest(std::string_view word, std::span<const std::string> candidates);

/// ", did you mean 'x'?" or nothing.
[[nodiscard]] std::string did_you_mean(std::string_view word, std::span<const std::string> candidates);

}  // namespace opready::base
