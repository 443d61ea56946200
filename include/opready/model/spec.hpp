// SPDX-License-Identifier: Apache-2.0
// One spec of a Ginkgo suite.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace opready::model {

/// A Ginkgo `It`: its full text, and where it stands in the sources ("test/e2e/network/dns.go", 152; empty and 0 where
/// a binary doesn't say).
struct Spec {
  std::string name;
  std::string file;
  int line = 0;
  bool ordered = false;  ///< In a container whose specs need those before them; known only where it was asked for.

  friend bool operator==(const Spec&, const Spec&) = default;
};

/// Reads "<file>:<line>: <name>", as `e2e.test --list-tests` and catalogues write specs; nothing for any other text.
[[nodiscard]] std::optional<Spec> parse_listed_spec(std::string_view text);

}  // namespace opready::model
