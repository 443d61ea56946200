// SPDX-License-Identifier: Apache-2.0
// What category files say: categories and their test cases.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "opready/model/version.hpp"

namespace opready::model {

/// How much of its KEP item a case proves. `none` stands for an item that no upstream spec covers: the case is listed
/// with the reason and never planned. From the most to the least.
enum class Proves { all, part, none };

/// Where the pods of a case's specs must run for a pass to mean anything: `own` (the specs pin them), `windows` (all
/// on Windows nodes), `mixed` (both kinds of node open), `none` (no pods).
enum class Placement { own, windows, mixed, none };

/// What a case does to the nodes it runs on, judged from the specs' source. `starves` takes nearly all memory or CPU
/// of a node; like `reboots` it runs only with the user's consent (--allow-disruptive).
enum class Impact { none, load, starves, reboots };

/// The suite that is meant where a case names none: e2e.test.
constexpr std::string_view kE2eSuite = "e2e";

/// Where something stands in a file of ours or the user's; line and column from 1.
struct SourcePlace {
  std::string file;
  int line = 0;
  int column = 0;

  friend bool operator==(const SourcePlace&, const SourcePlace&) = default;
};

/// One entry of a category file: a set of Ginkgo specs, chosen by focus and skip, that proves one thing.
struct TestCase {
  std::string id;  ///< `[a-z0-9][a-z0-9.-]{0,62}`; stable, names files and JUnit rows.
  std::string category;
  std::string description;
  std::string kep;  ///< The KEP-2578 item it proves, such as "Core.Network.3"; empty where it bears on none.
  std::optional<Proves> proves;
  std::string missing;             ///< What `part` leaves out, or why there is `none`.
  std::vector<std::string> focus;  ///< RE2 patterns, joined by `|` as Ginkgo does; never holds an empty string.
  std::vector<std::string> skip;
  std::optional<int> expect;  ///< How many specs it means to select.
  std::vector<std::string> needs;
  /// Of its pods on Windows nodes: names in e2e's image registry, each perhaps with others for releases that lack it
  /// ("httpd|agnhost"), or whole references; see suite::find_image.
  std::vector<std::string> images;
  std::optional<Placement> placement;
  Impact impact = Impact::none;
  std::optional<std::chrono::milliseconds> timeout;
  bool serial = false;
  std::string suite{kE2eSuite};  ///< The Ginkgo binary that holds its specs.
  std::vector<Version> kubernetes_versions;
  std::vector<std::string> skip_providers;
  SourcePlace place;
};

struct Category {
  std::string name;
  std::vector<std::string> aliases;
  std::vector<TestCase> cases;
};

[[nodiscard]] std::string_view to_string(Proves proves);
[[nodiscard]] std::string_view to_string(Placement placement);
[[nodiscard]] std::string_view to_string(Impact impact);

[[nodiscard]] std::optional<Proves> parse_proves(std::string_view text);
[[nodiscard]] std::optional<Placement> parse_placement(std::string_view text);
[[nodiscard]] std::optional<Impact> parse_impact(std::string_view text);

}  // namespace opready::model
