// SPDX-License-Identifier: Apache-2.0
// How a run is shown that performs one part of a plan.
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "opready/report/console_summary.hpp"
#include "opready/report/listing_json.hpp"
#include "opready/report/listing_text.hpp"
#include "opready/report/plan_findings.hpp"
#include "opready/report/run_header.hpp"
#include "opready/report/summary_json.hpp"

#include "sample_run.hpp"

namespace opready::report {
namespace {

/// Shard 2 of 4: "here" of "here" and "there", which selects more than it means to.
model::RunStarted start() {
  model::RunStarted started = testing::sample_start();
  started.shard = {2, 4};
  started.jobs = 1;
  started.categories = {"Core.Network"};
  started.plan.cases = {testing::sample_case("Core.Network", "here", 1),
                        testing::sample_case("Core.Network", "there", 2)};
  started.plan.cases[1].test.expect = 1;
  started.plan.cases[1].not_run = model::NotRun::other_shard;
  started.plan.cases[1].not_run_detail = "in shard 3 of 4";
  return started;
}

TEST(Shard, IsNamedBeforeItsAmount) {
  EXPECT_EQ(run_header(start(), Terminal{}),
            "context practice at https://127.0.0.1:6443: 2 Windows and 2 Linux nodes ready, Kubernetes v1.36.3\n"
            "e2e.test v1.36.3 (./e2e.test)\n"
            "shard 2 of 4: 1 of 2 cases\n"
            "1 case to run\n"
            "\n");
}

TEST(Shard, IsListedWithWhatOthersHave) {
  const std::string text = listing_text(start().plan, {}, Terminal{});
  EXPECT_NE(text.find("\nthere\n  What there is about\n  not run here: in shard 3 of 4\n"), std::string::npos) << text;
  EXPECT_NE(text.find("2 cases in 1 category: 1 to run with 1 spec, 1 in other shards\n"), std::string::npos) << text;
  const auto json = nlohmann::json::parse(listing_json(start().plan, {}));
  EXPECT_EQ(json["cases"][1]["not_run"]["reason"], "other_shard");
  EXPECT_EQ(json["totals"]["in_other_shards"], 1);
  EXPECT_EQ(json["totals"]["not_run"], 0);
}

TEST(Shard, ReportsItsOwnCasesOnly) {
  model::RunRecord record;
  model::apply(record, start());
  const auto json = nlohmann::json::parse(summary_json(record));
  EXPECT_EQ(json["shard"], nlohmann::json::parse(R"({"number": 2, "count": 4})"));
  EXPECT_EQ(nlohmann::json::parse(metadata_json(record))["shard"], "2 of 4");
  EXPECT_EQ(json["cases"].size(), 1U);
  EXPECT_EQ(json["verdict"]["scope"], "shard 2 of 4 of Core.Network");
}

TEST(Shard, WithoutCasesSaysSo) {
  model::RunStarted started = start();
  started.plan.cases.erase(started.plan.cases.begin());
  model::RunRecord record;
  model::apply(record, started);
  model::apply(record, model::RunFinished{testing::sample_time(), std::chrono::seconds(1), std::nullopt});
  EXPECT_EQ(console_summary(record, "out", Terminal{}),
            "\nWindows readiness of shard 2 of 4 of Core.Network: no verdict, no case fell to it\n"
            "Took 1.0s; report: out\n");
}

}  // namespace
}  // namespace opready::report
