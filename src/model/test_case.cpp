// SPDX-License-Identifier: Apache-2.0
// Names of what category files may say.
#include "opready/model/test_case.hpp"

#include "opready/model/names.hpp"

namespace opready::model {
namespace {

constexpr Names<3> kProves = {"all", "part", "none"};
constexpr Names<4> kPlacements = {"own", "windows", "mixed", "none"};
constexpr Names<4> kImpacts = {"none", "load", "starves", "reboots"};

}  // namespace

std::string_view to_string(Proves proves) {
  return name_of(kProves, proves);
}
std::string_view to_string(Placement placement) {
  return name_of(kPlacements, placement);
}
std::string_view to_string(Impact impact) {
  return name_of(kImpacts, impact);
}

std::optional<Proves> parse_proves(std::string_view text) {
  return value_named<Proves>(kProves, text);
}
std::optional<Placement> parse_placement(std::string_view text) {
  return value_named<Placement>(kPlacements, text);
}
std::optional<Impact> parse_impact(std::string_view text) {
  return value_named<Impact>(kImpacts, text);
}

}  // namespace opready::model
