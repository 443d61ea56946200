// SPDX-License-Identifier: Apache-2.0
// Pictures of a comparison in each form.
#include "opready/publish/comparison_report.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "opready/testing/golden.hpp"

#include "a_run.hpp"

namespace opready::publish {
namespace {

using namespace std::chrono_literals;
using model::Outcome;
using model::SpecStatus;
using opready::testing::expect_matches_golden;
using testing::ARun;

/// The run `newer` of `release` that has one of each change from the other.
model::RunRecord run(const std::string& release, const std::string& build, bool newer) {
  ARun run;
  run.started().time = base::Timestamp(newer ? 1769933730123ms : 1769847330123ms);
  run.started().run_id = newer ? "00000002" : "00000001";
  run.started().cluster.context = "practice";
  run.started().cluster.kubernetes_version = release;
  run.started().cluster.nodes = {{"win-0", "windows", build}};
  run.started().plan.suites = {{.name = "e2e", .version = release}};
  const auto spec = [](const std::string& name, SpecStatus status = SpecStatus::passed,
                       std::chrono::milliseconds duration = 1s) { return testing::ASpec{name, status, duration}; };
  const auto worse = newer ? SpecStatus::failed : SpecStatus::passed;
  run.of_case("dns", newer ? Outcome::failed : Outcome::passed, {spec("[sig-network] DNS <works> | @all #1", worse)})
      .kep("Core.Network.3");
  run.of_case("reboots", newer ? Outcome::not_run : Outcome::passed).kep("Core.Storage.1");
  run.of_case("odd", newer ? Outcome::timed_out : Outcome::crashed, {});
  run.of_case("mended", newer ? Outcome::passed : Outcome::failed,
              {spec("it was broken", newer ? SpecStatus::passed : SpecStatus::failed)});
  run.of_case("shaky", newer ? Outcome::failed : Outcome::passed, {spec("it may fail", worse)});
  run.attempt(Outcome::passed, {spec("it may fail")});
  run.of_case("slow", Outcome::passed, {spec("it takes long", SpecStatus::passed, newer ? 100s : 12s)});
  run.of_case(newer ? "called-new" : "called-old", Outcome::passed,
              {spec(newer ? "the same under a new name" : "the same under an old name")})
      .kep("Core.Network.9");
  run.of_case(newer ? "appeared" : "vanished", Outcome::passed);
  run.of_case("broken", Outcome::failed, {spec("it's broken", SpecStatus::failed)});
  model::RunRecord record = run.record();
  record.finished = model::RunFinished{};
  return record;
}

Comparison sample() {
  const model::RunRecord base = run("v1.35.2", "10.0.20348", false);
  const model::RunRecord newer = run("v1.36.3", "10.0.26100", true);
  return compare({base, "runs/1"}, {newer, "runs/2"}, kSlowerFactor);
}

TEST(ComparisonText, ShowsEveryChange) {
  expect_matches_golden("publish/comparison.txt", comparison_text(sample(), report::Terminal{}));
}

TEST(ComparisonText, PaintsWhatIsBadAndWhatIsGood) {
  const report::Terminal terminal{.colour = true};
  const std::string text = comparison_text(sample(), terminal);
  for (const auto& [words, tone] :
       {std::pair("Newly failing (1)", report::Tone::bad), std::pair("Fixed (1)", report::Tone::good),
        std::pair("Slower (1)", report::Tone::bold)}) {
    EXPECT_NE(text.find(report::painted(words, tone, terminal)), std::string::npos) << text;
  }
}

TEST(ComparisonText, SaysSoWhereNothingGotWorse) {
  const model::RunRecord one = run("v1.36.3", "10.0.20348", true);
  const std::string text = comparison_text(compare({one, "a"}, {one, "b"}, kSlowerFactor), report::Terminal{});
  EXPECT_TRUE(text.ends_with("\n\nNo regression; 3 cases fail as before.\n")) << text;
  model::RunRecord killed = one;
  killed.finished.reset();
  EXPECT_NE(
      comparison_text(compare({one, "a"}, {killed, "b"}, 2), report::Terminal{}).find("NOT READY (it was killed)"),
      std::string::npos);
}

TEST(ComparisonText, HasNoVerdictOfARunWithoutCases) {
  const model::RunRecord base = run("v1.36.3", "10.0.20348", false);
  model::RunRecord newer = base;
  newer.cases.clear();
  const Comparison comparison = compare({base, "a"}, {newer, "b"}, kSlowerFactor);
  const std::string text = comparison_text(comparison, report::Terminal{});
  EXPECT_NE(text.find("\nVerdict     NOT READY                 no verdict\n"), std::string::npos) << text;
  EXPECT_TRUE(text.ends_with("\n\nNo verdict: the new run has no case; 9 cases are gone.\n")) << text;
  const auto json = nlohmann::json::parse(comparison_json(comparison));
  EXPECT_TRUE(json["new"]["readiness"].is_null());
  EXPECT_TRUE(json["new"]["sentence"].is_null());
}

TEST(ComparisonMarkdown, StaysWithinItsLimit) {
  ARun base;
  ARun newer;
  for (int number = 0; number < 100; ++number) {
    base.of_case(fmt::format("case-{}", number), Outcome::passed, {});
    newer.of_case(fmt::format("case-{}", number), Outcome::failed, {});
  }
  constexpr std::size_t kLimit = 4096;
  const std::string text =
      comparison_markdown(compare({base.record(), "a"}, {newer.record(), "b"}, kSlowerFactor), kLimit);
  EXPECT_LE(text.size(), kLimit);
  EXPECT_NE(text.find("| `case-0` |  |  | `passed` | `failed: it has a reason` |\n"), std::string::npos) << text;
  EXPECT_TRUE(text.ends_with(" differences left out here; `--format json` has all.*\n")) << text;
}

TEST(ComparisonMarkdown, ShowsEveryChangeAndEscapesNames) {
  expect_matches_golden("publish/comparison.md", comparison_markdown(sample()));
}

TEST(ComparisonJson, HasEveryKey) {
  expect_matches_golden("publish/comparison.json", comparison_json(sample()));
}

TEST(ComparisonJson, HoldsAnyBytes) {
  const ARun base = ARun().of_case("dns", Outcome::passed, {});
  ARun newer = ARun().of_case("dns", Outcome::failed, {});
  const auto json =
      nlohmann::json::parse(comparison_json(compare({base.record(), "a\xFF"}, {newer.record(), "b"}, kSlowerFactor)));
  EXPECT_EQ(json["base"]["directory"], "a\xEF\xBF\xBD");
}

TEST(ComparisonText, KeepsForeignTextToItsLine) {
  const ARun base = ARun().of_case("dns", Outcome::passed, {{"a\x1b[31m\nspec"}});
  const ARun newer = ARun().of_case("dns", Outcome::failed, {{"a\x1b[31m\nspec", SpecStatus::failed}});
  const std::string text =
      comparison_text(compare({base.record(), "a"}, {newer.record(), "b"}, kSlowerFactor), report::Terminal{});
  EXPECT_NE(text.find("\n    a spec\n    passed -> failed\n"), std::string::npos) << text;
}

}  // namespace
}  // namespace opready::publish
