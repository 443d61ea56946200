// SPDX-License-Identifier: Apache-2.0
// Pictures of a small coverage in each form.
#include "opready/report/coverage.hpp"

#include <gtest/gtest.h>

#include "opready/testing/golden.hpp"

namespace opready::report {
namespace {

using model::Proves;
using opready::testing::expect_matches_golden;

model::Proof a_proof(const std::string& id, Proves proves, const std::string& missing,
                     std::vector<std::string> releases) {
  model::Proof proof;
  proof.test.id = id;
  proof.test.description = "A description";
  proof.level = proves;
  proof.missing = missing;
  if (proves != Proves::none) {
    proof.test.placement = model::Placement::own;
    proof.test.needs = {"gmsa"};
    proof.test.impact = model::Impact::reboots;
    proof.specs = {{"[sig-windows] [Feature:A_B] reads <file> | pipe", "test/e2e/windows/a.go", 7}};
  }
  proof.releases = std::move(releases);
  return proof;
}

model::Coverage sample() {
  const auto items = model::kep_items();
  const model::Proof dead = a_proof("dead", Proves::none, "Its patterns select no spec.", {"1.34", "1.36"});
  return {.releases = {"1.34", "1.36"},
          .notes = {"A note on releases."},
          .items = {{items[0], {Proves::all, Proves::all}, {a_proof("whole", Proves::all, "", {"1.34", "1.36"})}},
                    {items[1],
                     {Proves::part, Proves::none},
                     {a_proof("changes", Proves::part, "Half of it.", {"1.34"}),
                      a_proof("changes", Proves::none, "Nobody does.", {"1.36"})}},
                    {items[13], {Proves::none, Proves::none}, {dead}},
                    {items[14], {Proves::none, Proves::none}, {}}}};
}

TEST(CoverageText, ShowsEveryItem) {
  expect_matches_golden("report/coverage.txt", coverage_text(sample(), Terminal{}));
}

TEST(CoverageText, ColoursTheLevels) {
  const std::string text = coverage_text(sample(), Terminal{true, false, 80});
  EXPECT_NE(text.find("1.34 " + painted("part", Tone::doubtful, Terminal{true, false, 80})), std::string::npos) << text;
}

TEST(CoverageMarkdown, ShowsEveryItemAndEscapesNames) {
  expect_matches_golden("report/coverage.md", coverage_markdown(sample()));
}

TEST(CoverageJson, HasEveryKey) {
  expect_matches_golden("report/coverage.json", coverage_json(sample()));
}

}  // namespace
}  // namespace opready::report
