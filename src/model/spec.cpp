// SPDX-License-Identifier: Apache-2.0
// Reading of listed specs.
#include "opready/model/spec.hpp"

#include <charconv>
#include <system_error>

namespace opready::model {

std::optional<Spec> parse_listed_spec(std::string_view text) {
  for (std::size_t colon = text.find(':'); colon != std::string_view::npos; colon = text.find(':', colon + 1)) {
    int line = 0;
    const auto [end, error] = std::from_chars(text.data() + colon + 1, text.data() + text.size(), line);
    const std::string_view rest = text.substr(static_cast<std::size_t>(end - text.data()));
    if (error == std::errc() && rest.starts_with(": ")) {
      return Spec{.name = std::string(rest.substr(2)), .file = std::string(text.substr(0, colon)), .line = line};
    }
  }
  return std::nullopt;
}

}  // namespace opready::model
