// SPDX-License-Identifier: Apache-2.0
// How a case is shown that another one ran for.
#include <chrono>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "opready/model/attempts.hpp"
#include "opready/model/verdict.hpp"
#include "opready/report/console_summary.hpp"
#include "opready/report/junit_report.hpp"
#include "opready/report/listing_json.hpp"
#include "opready/report/listing_text.hpp"
#include "opready/report/run_header.hpp"
#include "opready/report/status_lines.hpp"
#include "opready/report/stream_printer.hpp"
#include "opready/report/summary_json.hpp"

#include "sample_run.hpp"

namespace opready::report {
namespace {

using namespace std::chrono_literals;

/// "one" runs, for "two" as well.
model::RunStarted start() {
  model::RunStarted started = testing::sample_start();
  started.jobs = 1;
  started.categories = {"Core.Network"};
  started.plan.cases = {testing::sample_case("Core.Network", "one", 1), testing::sample_case("Core.Network", "two", 1)};
  started.plan.cases[1].specs = started.plan.cases[0].specs;
  started.plan.cases[1].same_as = "one";
  return started;
}

model::CaseFinished failed() {
  model::CaseResult result;
  result.outcome = model::Outcome::failed;
  result.reason = "its spec failed";
  result.specs = {{{"a spec", "x.go", 7}, model::SpecStatus::failed, 3s, "no", "no luck", {}}};
  return testing::finished("one", 42s, result);
}

model::RunRecord record() {
  model::RunRecord folded;
  for (const model::Event& event :
       {model::Event(start()), model::Event(testing::started("one")), model::Event(failed()),
        model::Event(model::RunFinished{testing::sample_time(), 43s, std::nullopt})}) {
    model::apply(folded, event);
  }
  return folded;
}

class Screen final : public TextOutput {
 public:
  void write(std::string_view text) override { text_ += text; }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
};

TEST(CreditedCase, IsCountedBeforeTheStart) {
  EXPECT_NE(
      run_header(start(), Terminal{}).find("\n1 case to run; 1 more gets the result of one with the same specs\n"),
      std::string::npos)
      << run_header(start(), Terminal{});
}

TEST(CreditedCase, IsListedWithTheOneThatRuns) {
  const std::string text = listing_text(start().plan, {}, Terminal{});
  EXPECT_NE(text.find("\ntwo\n  What two is about\n  runs as one, which selects the same specs\n"), std::string::npos)
      << text;
  EXPECT_NE(text.find("2 cases in 1 category: 1 to run with 1 spec, 1 as another with the same specs\n"),
            std::string::npos)
      << text;
  const auto json = nlohmann::json::parse(listing_json(start().plan, {}));
  EXPECT_EQ(json["cases"][0]["same_as"], nullptr);
  EXPECT_EQ(json["cases"][1]["same_as"], "one");
  EXPECT_EQ(json["totals"]["to_run"], 1);
  EXPECT_EQ(json["totals"]["credited"], 1);
}

TEST(CreditedCase, EndsOnTheScreenWithTheOneThatRan) {
  Screen screen;
  StreamPrinter printer(screen, Terminal{}, {});
  printer.on_event(start());
  printer.on_event(testing::started("one"));
  printer.on_event(failed());
  EXPECT_EQ(screen.text(),
            "[Core.Network] 1 / 1 - What one is about\n"
            "FAILED one in 42s: its spec failed\n"
            "FAILED two: ran as one\n");
}

TEST(CreditedCase, IsNoWorkToBeDone) {
  StatusLines status;
  status.on_event(start());
  status.on_event(testing::started("one"));
  EXPECT_EQ(status.lines({80, 24}),
            (std::vector<std::string>{"[....................] 0 of 1 done, 0.0s", "  0.0s one"}));
}

TEST(CreditedCase, PointsToTheLogOfTheOneThatRan) {
  const std::string text = console_summary(record(), "out", Terminal{});
  EXPECT_NE(text.find("\nFAILED two [Core.Network], ran as one\n"), std::string::npos) << text;
  EXPECT_EQ(text.find("cases/two"), std::string::npos) << text;
  const junit::Suite suite = junit_report(record(), JUnitAttempts::all).suites.at(0);
  EXPECT_EQ(suite.cases.at(1).name, "two: a spec");
  EXPECT_EQ(suite.cases.at(1).body, "no luck\n\nlog: cases/one/attempt-1/e2e.log");
  EXPECT_EQ(suite.cases.at(1).properties.back(), (junit::Property{"ran_as", "one"}));
  const auto two = nlohmann::json::parse(summary_json(record()))["cases"][1];
  EXPECT_EQ(two["ran_as"], "one");
  EXPECT_EQ(two["attempts"][0]["log"], "cases/one/attempt-1/e2e.log");
}

TEST(CreditedCase, TakesNoTimeOfItsOwn) {
  const junit::Suite suite = junit_report(record(), JUnitAttempts::all).suites.at(0);
  EXPECT_EQ(suite.cases.at(0).duration, 3s);
  EXPECT_EQ(suite.cases.at(1).duration, 0s);
  EXPECT_EQ(model::judge(record()).categories.at(0).duration, 42s);
  EXPECT_EQ(nlohmann::json::parse(summary_json(record()))["cases"][1]["duration_seconds"], 0.0);
}

TEST(CreditedCase, CountsInTheVerdict) {
  EXPECT_EQ(model::judge(record()).counts.failed, 2);
}

}  // namespace
}  // namespace opready::report
